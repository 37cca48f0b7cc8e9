using System.Globalization;
using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Obligations;
using KpiMetrics.Core.Periods;
using KpiMetrics.Core.Quality.Checks;
using KpiMetrics.Core.Quality.Detectors;
using KpiMetrics.Pipeline.Ledger;
using KpiMetrics.Pipeline.Ledger.Postgres;
using KpiMetrics.ServerTests.Servers;
using KpiMetrics.Tests.Ledger;
using KpiMetrics.Tests.Obligations;
using KpiMetrics.Tests.Support;

namespace KpiMetrics.ServerTests.Ledger.Views;

/// <summary>The counts of the six words, by hand.</summary>
public sealed class ViewQualityTest(SharedPostgres postgres) : IAsyncDisposable
{
    private static readonly DateTimeOffset Now = DutyWorld.At("2026-06-10T12:00:00");
    private static readonly Period May = Period.Parse("2026-05");

    // Cut off on the 15th, with days from the evening before, from 2026 on.
    private static readonly IndicatorSet Turning = TestCatalog.Set with
    {
        Regime =
        [
            new(new(2020, 1, 1), WindowRule.Calendar, null, null),
            new(new(2026, 1, 1), WindowRule.Cutoff15, null, null, new(19, 0)),
        ],
    };

    private readonly PostgresLedgers ledgers = new(postgres);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Quality_OfASmallLedger_IsWhatIsCountedByHand()
    {
        var database = await ledgers.CreateDatabaseAsync();
        var store = ledgers.Open(database);
        var ledger = new DutyLedger(store);
        await using var views = new ViewReader(database);
        var catalog = DutyWorld.CatalogOf(DutyWorld.Monthly, DutyWorld.Hourly);
        await store.KeepCatalogAsync(catalog, (_, _) => false, Token);

        // Of the first commune three months were due within the year, and two came; of the second one, which did not come, one was waived; what is due later, and what was
        // due before, does not count.
        await ledger.CreateAsync(
            Due("2025-03", DutyWorld.One, "2025-04-05"),
            Due("2026-03", DutyWorld.One, "2026-04-05"),
            Due("2026-04", DutyWorld.One, "2026-05-05"),
            Due("2026-05", DutyWorld.One, "2026-06-05"),
            Due("2026-06", DutyWorld.One, "2026-07-05"),
            Due("2026-04", DutyWorld.Two, "2026-05-05") with
            {
                Agency = "Sở Hai",
            },
            Due("2026-05", DutyWorld.Two, "2026-06-05") with
            {
                Agency = "Sở Hai",
            }
        );
        var waived = new ObligationKey(DutyWorld.Months, May, DutyWorld.Two.Id);
        await ledger.Obligations.ExemptAsync([waived], new(ExemptionKind.Waiver, Now.AddDays(-9), "a", "b"), Token);

        // May 2025 was over before the year began, June 2025 reaches into it; what was said twice is one figure.
        foreach (var month in (string[])["2025-05", "2025-06", "2026-04", "2026-05", "2026-06"])
            await SayAsync(ledger, DutyWorld.Months, month, DutyWorld.One, ("LC-A01.01", 1));
        await SayAsync(ledger, DutyWorld.Months, "2026-05", DutyWorld.One, ("LC-A01.01", 2), ("LC-A01.02", 3));
        await SayAsync(ledger, DutyWorld.Months, "2026-05", DutyWorld.Two, ("LC-A01.01", 4));
        await SayAsync(ledger, DutyWorld.Days, "2025-06-09", DutyWorld.One, ("LC-C01.01", 1));
        await SayAsync(ledger, DutyWorld.Days, "2025-06-10", DutyWorld.One, ("LC-C01.01", 1));
        await SayAsync(ledger, DutyWorld.Days, "2026-06-09", DutyWorld.One, ("LC-C01.01", 1), ("LC-C01.02", 1));

        // Two contradictions of one figure, one of a month long past, one that is resolved, one that is none.
        var amount = DutyWorld.Measure("LC-A01.01");
        var resolved = Of(amount, "2026-06", CheckKind.AtMost);
        await KeepAsync(store, amount, resolved);
        await KeepAsync(
            store,
            amount,
            Of(amount, "2026-05", CheckKind.AtMost),
            Of(amount, "2026-05", CheckKind.CumulativeOfFlows),
            Of(amount, "2025-05", CheckKind.AtMost),
            Of(amount, "2026-04", CheckKind.AtMost) with
            {
                Verdict = FindingVerdict.NotComputable,
                Reason = new(Incomputable.ZeroDenominator, [], 1m),
            }
        );
        await KeepAsync(store, DutyWorld.Growth, Of(DutyWorld.Growth, "2026-05", CheckKind.Sources));
        await views.DoAsync(
            $"""
            INSERT INTO finding (set_code, indicator, measure, subject, area, freq, period, code, source, against, sentence, stated, found_at, checked_at)
            VALUES ('lc', 'LC-C01', 'LC-C01.01', '', '{DutyWorld.One.Id}', 'D', {Period.Parse(
                "2026-06-09"
            ).Index}, 'unit-slip', '', '', 'x', 1, 0, 0)
            """
        );
        // Refused: a figure, and a point that nobody reported.
        await views.DoAsync(
            $"""
            INSERT INTO refused_point SELECT s.id, p, 'x', 0 FROM series s CROSS JOIN unnest(ARRAY[{May.Index}, {May.Index
                - 3}]) AS p
            WHERE s.measure = 'LC-A01.01' AND s.area = '{DutyWorld.One.Id}'
            """
        );
        await views.StopClockAsync(Now);

        Assert.Equal(
            [
                // figures, wrong, suspicious, disagreeing, refused, expected, received, duties, alive
                "Sở Hai|LC-A01|Chỉ số LC-A01|Xã Hai|0|0|0|0|0|1|0|1|0",
                "Sở Một|LC-A01|Chỉ số LC-A01|Xã Hai|1|0|0|0|0|0|0|0|0",
                "Sở Một|LC-A01|Chỉ số LC-A01|Xã Một|5|1|0|1|1|3|2|1|1",
                "Sở Một|LC-C01|Chỉ số LC-C01|Xã Một|3|0|1|0|0|0|0|0|0",
            ],
            await views.RowsAsync(
                """
                SELECT agency, indicator, indicator_name, area_name, figures, wrong, suspicious, disagreeing, refused, expected, received, duties, alive
                FROM v_quality WHERE set_code = 'lc' ORDER BY indicator, agency COLLATE "C", area_name COLLATE "C"
                """
            )
        );
        Assert.Empty(await views.RowsAsync("SELECT * FROM v_quality WHERE set_code = 'other'"));
        Assert.Equal(
            "4|2",
            await views.OneAsync("SELECT sum(expected), sum(received) FROM v_reporting_rate WHERE month >= '2025-06-01 00:00+07'")
        );
    }

    [Fact]
    public async Task Sign_OfEveryCheck_IsWrongUnlessSourcesDifferOrNothingIsContradicted()
    {
        await using var views = new ViewReader(await ledgers.CreateDatabaseAsync());

        foreach (var kind in Enum.GetValues<CheckKind>())
        {
            var sign = await views.OneAsync($"SELECT finding_sign('{kind.Code()}')");
            var meant = kind switch
            {
                CheckKind.Sources => "disagreeing",
                CheckKind.Statistical => "suspicious",
                _ => "wrong",
            };
            Assert.Equal((kind, meant), (kind, sign));
        }
        foreach (var kind in Enum.GetValues<DetectorKind>())
        {
            var sign = await views.OneAsync($"SELECT finding_sign('{kind.Code()}')");
            Assert.Equal((kind, kind.IsSuspicion() ? "suspicious" : "wrong"), (kind, sign));
        }
        Assert.Equal(
            "none|suspicious",
            await views.OneAsync("SELECT finding_sign('not-computable'), finding_sign('level-shift')")
        );
    }

    [Fact]
    public async Task Periods_OfAnyFrequencyAtAnyInstant_AreThoseWhoseWindowReachesIntoTheYear()
    {
        var database = await ledgers.CreateDatabaseAsync();
        var ledger = ledgers.Open(database);
        await using var views = new ViewReader(database);
        await ledger.KeepCatalogAsync(new([Turning], TestCatalog.Snapshot.Areas), (_, _) => false, Token);
        foreach (var frequency in Enum.GetValues<Frequency>())
            await SayAsync(ledger, TestCatalog.Series(TestCatalog.Flow, frequency), Period.Of(frequency, 2026));

        foreach (var local in Instants(new Random(11)))
        {
            var now = new DateTimeOffset(local, TimeSpan.FromHours(7));
            await views.StopClockAsync(now);
            var since = new DateTimeOffset(local.AddMonths(-12), TimeSpan.FromHours(7));
            Assert.Equal(
                Enum.GetValues<Frequency>()
                    .Select(frequency => $"{now:O} {Reaching(frequency, since, now)}")
                    .Order(StringComparer.Ordinal),
                (await views.RowsAsync("SELECT concat(freq, '|', first, '|', last) FROM quality_period"))
                    .Select(row => $"{now:O} {row}")
                    .Order(StringComparer.Ordinal)
            );
        }
    }

    public ValueTask DisposeAsync() => ledgers.DisposeAsync();

    // Around the ends of windows, and anywhere; from the year before the regime turns to the year after.
    private static IEnumerable<DateTime> Instants(Random random)
    {
        foreach (
            var edge in (string[])
                [
                    "2025-12-14T19:00",
                    "2025-12-15T00:00",
                    "2026-01-01T00:00",
                    "2026-12-14T19:00",
                    "2027-01-04T00:00",
                    "2027-02-28T19:00",
                ]
        )
        {
            var at = DateTime.Parse(edge, CultureInfo.InvariantCulture);
            yield return at.AddMilliseconds(-1);
            yield return at;
        }
        for (var n = 0; n < 20; n++)
            yield return new DateTime(2025, 6, 1, 0, 0, 0, DateTimeKind.Unspecified).AddMinutes(random.Next(1_000_000));
    }

    private static string Reaching(Frequency frequency, DateTimeOffset since, DateTimeOffset now)
    {
        var indicator = Turning.Indicators.Single();
        // From well before to well after; the calendar's own are never further away than that.
        var first = Period.At(frequency, since.DateTime).Shift(-4);
        while (Turning.WindowOf(indicator, first).ClosesAt(TestCatalog.Zone) <= since)
            first = first.Shift(1);
        var last = Period.At(frequency, now.DateTime).Shift(4);
        while (Turning.WindowOf(indicator, last).OpensAt(TestCatalog.Zone) > now)
            last = last.Shift(-1);
        return string.Create(CultureInfo.InvariantCulture, $"{frequency.Code()}|{first.Index}|{last.Index}");
    }

    private static Obligation Due(string month, Area area, string due)
    {
        var at = DutyWorld.At(due);
        var times = new ObligationTimes(at.AddDays(-5), at, TimeSpan.FromDays(1), TimeSpan.FromDays(3), "default");
        return new(DutyWorld.Months, Period.Parse(month), area.Id, "Sở Một", times, ["LC-A01.01"], at.AddDays(-30));
    }

    private static Task SayAsync(
        DutyLedger ledger,
        Duty duty,
        string period,
        Area area,
        params (string Measure, decimal? Value)[] figures
    ) => ledger.ReportAsync("2026-06-09", duty, period, area.Id, figures);

    private static async Task SayAsync(PostgresLedger ledger, SeriesKey series, Period period)
    {
        await using var report = await ledger.BeginAsync(new("test", "forms", "", Now, false, Now, "test"), Token);
        await report.AppendAsync(series, period, FigureValue.Of(1m), 'A', Vintage.Official, null, Token);
        await report.CommitAsync(0, Token);
    }

    private static Task<FindingChanges> KeepAsync(PostgresLedger findings, Measure measure, params Finding[] found) =>
        findings.KeepFindingsAsync(DutyWorld.SetCode, measure.Code, found, Now, null, Token);

    private static Finding Of(Measure measure, string month, CheckKind kind)
    {
        var place = Place.Of(DutyWorld.Set(DutyWorld.Monthly), measure);
        var value = PrintedNumber.Of(1m, measure);
        return new()
        {
            Kind = kind,
            Verdict = FindingVerdict.Contradiction,
            Set = DutyWorld.SetCode,
            Indicator = "LC-A01",
            Place = place,
            Subject = "",
            Area = DutyWorld.One.Id,
            Period = Period.Parse(month),
            Stated = value,
            Source = "forms",
            Inputs = [new(place, value, Source: "narrative")],
            Recomputed = 2m,
            Difference = -1m,
        };
    }
}
