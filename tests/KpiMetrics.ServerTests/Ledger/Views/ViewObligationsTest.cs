using System.Globalization;
using KpiMetrics.Core.Obligations;
using KpiMetrics.Core.Periods;
using KpiMetrics.Pipeline.Ledger;
using KpiMetrics.ServerTests.Servers;
using KpiMetrics.Tests.Ledger;
using KpiMetrics.Tests.Obligations;

namespace KpiMetrics.ServerTests.Ledger.Views;

/// <summary>Obligations in views stand as the rules say, whatever they are and whenever it is asked.</summary>
public sealed class ViewObligationsTest(SharedPostgres postgres) : IAsyncDisposable
{
    private static readonly DateTimeOffset Begin = new(2026, 6, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly Duty[] Duties = [DutyWorld.Months, DutyWorld.Days, DutyWorld.Hours];

    private readonly PostgresLedgers ledgers = new(postgres);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Obligations_OfAnyHistoryAtAnyInstant_StandAsTheRulesSay(int seed)
    {
        var random = new Random(seed);
        var database = await ledgers.CreateDatabaseAsync();
        var ledger = new DutyLedger(ledgers.Open(database));
        await using var views = new ViewReader(database);
        await ((ICatalogNames)ledger.Ledger).KeepCatalogAsync(
            DutyWorld.CatalogOf(DutyWorld.Monthly, DutyWorld.Hourly),
            (_, indicator) => indicator == DutyWorld.Months.Indicator,
            Token
        );
        await LiveAsync(ledger, random);
        var all = await ledger.AllAsync(new(WithVoid: true));
        var asked = await AskedAsync(ledger, all);

        var seen = new HashSet<string>();
        foreach (var at in Instants(all, random))
        {
            await views.StopClockAsync(at);
            var standing = all.Where(one => !(one.VoidAt <= at)).ToList();
            var rows = standing
                .Select(one => Row(one, at, Blaming.Of(one, asked(one), at)))
                .Order(StringComparer.Ordinal)
                .ToList();
            Assert.Equal((at, string.Join('\n', rows)), (at, string.Join('\n', await RowsAsync(views))));
            seen.UnionWith(rows.Select(row => row.Split('|')[4]));

            var rate = standing.Aggregate(default(ReportingRate), (sum, one) => sum.With(one, at));
            Assert.Equal(
                $"{rate.Expected}|{rate.Received}|{rate.OnTime}|True",
                await views.OneAsync(
                    """
                    SELECT COALESCE(sum(expected), 0), COALESCE(sum(received), 0), COALESCE(sum(on_time), 0),
                        COALESCE(bool_and(received_percent BETWEEN 0 AND 100 AND on_time_percent BETWEEN 0 AND received_percent), TRUE)
                    FROM v_reporting_rate
                    """
                )
            );
        }
        Assert.Equal(ObligationStateName.Allowed.Split(", ").Order(StringComparer.Ordinal), seen.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Alerts_OfWhatIsLate_AreThereUntilItCameAndNameOfficeAndArea()
    {
        var database = await ledgers.CreateDatabaseAsync();
        var ledger = new DutyLedger(ledgers.Open(database));
        await using var views = new ViewReader(database);
        await ((ICatalogNames)ledger.Ledger).KeepCatalogAsync(DutyWorld.CatalogOf(DutyWorld.Monthly), (_, _) => false, Token);
        await ledger.CreateAsync(
            DutyWorld
                .Plan(DutyWorld.CatalogOf(DutyWorld.Monthly))
                .Of(DutyWorld.Months, Period.Parse("2026-04"), DutyWorld.At("2026-03-01"))
                .ToList()
        );
        await ledger.ReportAsync("2026-05-02", DutyWorld.Months, "2026-04", DutyWorld.Two.Id, [("LC-A01.01", 1)]);
        var due = (await ledger.AllAsync())[0].Times.Due;

        await views.StopClockAsync(due);
        Assert.Empty(await views.RowsAsync("SELECT * FROM v_alerts"));
        await views.StopClockAsync(due.AddSeconds(1));
        Assert.Equal(
            [
                "overdue|warning|Quá hạn báo cáo: Chỉ số LC-A01, Xã Ba, kỳ 2026-04 (Sở Một)",
                "overdue|warning|Quá hạn báo cáo: Chỉ số LC-A01, Xã Kế, kỳ 2026-04 (Sở Một)",
                "overdue|warning|Quá hạn báo cáo: Chỉ số LC-A01, Xã Một, kỳ 2026-04 (Sở Một)",
            ],
            await views.RowsAsync("""SELECT kind, severity, title FROM v_alerts ORDER BY title COLLATE "C" """)
        );
        Assert.Equal("Sở Một|3|3|0|", await views.OneAsync("SELECT agency, late, overdue, missing, next_due_at FROM v_agency"));

        await views.StopClockAsync(due.AddDays(10));
        await ledger.ReportAsync("2026-05-16", DutyWorld.Months, "2026-04", DutyWorld.One.Id, [("LC-A01.01", 1)]);
        Assert.Equal(
            ["missing|critical|Xã Ba", "missing|critical|Xã Kế"],
            await views.RowsAsync("""SELECT kind, severity, area_name FROM v_alerts ORDER BY area_name COLLATE "C" """)
        );
    }

    public ValueTask DisposeAsync() => ledgers.DisposeAsync();

    private static async Task LiveAsync(DutyLedger ledger, Random random)
    {
        var obligations = (
            from duty in Duties
            from later in Enumerable.Range(0, 5)
            from area in new[] { DutyWorld.One.Id, DutyWorld.Two.Id, DutyWorld.Three.Id }
            select Any(duty, Period.At(duty.Frequency, Begin.DateTime).Shift(-later), area, random)
        ).ToList();
        await ledger.CreateAsync(obligations);
        for (var step = 0; step < 60; step++)
        {
            var one = obligations[random.Next(obligations.Count)];
            var key = ObligationKey.Of(one);
            var at = Some(random);
            switch (random.Next(10))
            {
                case 0:
                    await ledger.Obligations.ExemptAsync([key], new(ExemptionKind.Extension, at, "a", "b", Some(random)), Token);
                    break;
                case 1:
                    await ledger.Obligations.ExemptAsync([key], new((ExemptionKind)random.Next(2, 5), at, "a", "b"), Token);
                    break;
                case 2:
                    await ledger.Obligations.ExemptAsync([key], new(ExemptionKind.Waiver, at, "a", "b"), Token);
                    break;
                case 3:
                    await ledger.Obligations.VoidAsync([key], "so", at, null, Token);
                    break;
                case 4 or 5:
                    await ledger.Askings.SaveAskingsAsync(one.Duty, [AnyAsking(one.Period, random)], null, Token);
                    break;
                default:
                    await ledger.ReportAsync(
                        at.ToOffset(TimeSpan.FromHours(7)).ToString("yyyy-MM-ddTHH:mm:ss.fff", CultureInfo.InvariantCulture),
                        one.Duty,
                        one.Period.ToString(),
                        one.Area,
                        [.. one.Needs.Where(_ => random.Next(3) > 0).Select(measure => (measure, (decimal?)1m))],
                        stated: true
                    );
                    break;
            }
        }
    }

    private static Obligation Any(Duty duty, Period period, string area, Random random)
    {
        var opens = Some(random);
        var times = new ObligationTimes(
            opens,
            opens.AddMilliseconds(random.Next(2) == 0 ? 0 : random.Next(10_000_000)),
            TimeSpan.FromMilliseconds(random.Next(3_600_000)),
            TimeSpan.FromMilliseconds(random.Next(2) == 0 ? 0 : random.Next(3_600_000)),
            "default"
        );
        var needs = duty.Indicator == DutyWorld.Months.Indicator ? ["LC-A01.01"] : new[] { "LC-C01.01", "LC-C01.02" };
        return new(duty, period, area, random.Next(2) == 0 ? "Sở Một" : "Sở Hai", times, needs, Some(random));
    }

    private static Asking AnyAsking(Period period, Random random)
    {
        var first = Some(random);
        DateTimeOffset? answered = random.Next(2) == 0 ? null : first.AddMilliseconds(random.Next(3_600_000));
        return new("so" + random.Next(2), period, 1, answered is null ? 1 : 0, first, first, answered, answered, first, "said");
    }

    // Within a quarter of an hour, so that much coincides to the second.
    private static DateTimeOffset Some(Random random) =>
        Begin.AddMilliseconds(random.Next(2) == 0 ? random.Next(900) * 1000 : random.Next(900_000));

    private static IEnumerable<DateTimeOffset> Instants(List<Obligation> all, Random random)
    {
        for (var n = 0; n < 60; n++)
        {
            var one = all[random.Next(all.Count)];
            DateTimeOffset[] edges =
            [
                one.Times.Opens,
                one.Times.Due - one.Times.Lead,
                one.Times.Due.AddSeconds(1),
                (one.Times.Due + one.Times.Grace).AddSeconds(1),
                one.FirstAt ?? Begin,
                one.CompleteAt ?? Begin,
                one.VoidAt ?? Begin,
                one.Exemptions.Count > 0 ? one.Exemptions[0].At : Some(random),
            ];
            yield return edges[random.Next(edges.Length)].AddTicks((random.Next(3) - 1) * TimeSpan.TicksPerMillisecond);
        }
    }

    private static async Task<Func<Obligation, IReadOnlyList<Asking>?>> AskedAsync(DutyLedger ledger, List<Obligation> all)
    {
        var asked = new Dictionary<(Duty, Period), IReadOnlyList<Asking>>();
        foreach (var (duty, period) in all.Select(one => (one.Duty, one.Period)).Distinct())
            asked[(duty, period)] = await ledger.Askings.ReadAskingsAsync(duty, period, period, Token);
        return one => one.Duty.Indicator == DutyWorld.Months.Indicator ? asked[(one.Duty, one.Period)] : null;
    }

    private static async Task<List<string>> RowsAsync(ViewReader views) =>
        [
            .. (
                await views.RowsAsync(
                    """
                    SELECT indicator, freq, period, area, state, state_name, agency, is_late, is_due, lacks, needs, fault,
                        (extract(epoch FROM due_at) * 1000)::bigint, (extract(epoch FROM first_due_at) * 1000)::bigint,
                        (extract(epoch FROM received_at) * 1000)::bigint, (extract(epoch FROM first_received_at) * 1000)::bigint,
                        is_received
                    FROM v_obligations
                    """
                )
            ).Order(StringComparer.Ordinal),
        ];

    private static string Row(Obligation one, DateTimeOffset at, Blame fault)
    {
        var state = one.StateAt(at);
        object?[] columns =
        [
            one.Duty.Indicator,
            one.Duty.Frequency.Code(),
            one.Period,
            one.Area,
            state.Code(),
            state.Vietnamese(),
            one.Agency,
            one.IsLateAt(at),
            one.IsDueAt(at),
            string.Join(' ', one.Lacks),
            string.Join(' ', one.Needs),
            fault.Code(),
            one.DueAt(at).ToUnixTimeMilliseconds(),
            one.Times.Due.ToUnixTimeMilliseconds(),
            one.CompleteAt <= at ? one.CompleteAt?.ToUnixTimeMilliseconds() : null,
            one.FirstAt <= at ? one.FirstAt?.ToUnixTimeMilliseconds() : null,
            state is ObligationState.Received or ObligationState.ReceivedLate,
        ];
        return string.Join('|', columns.Select(column => Convert.ToString(column, CultureInfo.InvariantCulture)));
    }
}
