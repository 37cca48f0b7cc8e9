using System.Globalization;
using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;
using KpiMetrics.Pipeline.Ledger;
using KpiMetrics.Pipeline.Ledger.Postgres;
using KpiMetrics.ServerTests.Servers;
using KpiMetrics.Tests.Support;

namespace KpiMetrics.ServerTests.Ledger.Views;

/// <summary>Figures in views are those that count by the ledger's own rule, whatever was said in which order.</summary>
public sealed class ViewFiguresTest(SharedPostgres postgres) : IAsyncDisposable
{
    private static readonly string[] Sources = ["forms", "narrative", "inbox", "office", DemoSource.Name];

    private static readonly (Frequency Frequency, string[] Periods)[] Times =
    [
        (Frequency.Hour, ["2026-02-28T23", "1999-12-31T23"]),
        (Frequency.Day, ["2026-02-28", "2024-02-29"]),
        (Frequency.Week, ["2026-W53", "2025-W01", "2020-W53"]),
        (Frequency.Month, ["2025-12", "2026-01", "2026-09", "2026-10", "1980-01", "2199-12"]),
        (Frequency.Quarter, ["2025-Q4", "2026-Q1"]),
        (Frequency.HalfYear, ["2025-S2", "2026-S1"]),
        (Frequency.Year, ["2025", "2026", "2014"]),
    ];

    // Cut off on the 15th, with days from the evening before, from 2026 on.
    private static readonly IndicatorSet Set = TestCatalog.Set with
    {
        Regime =
        [
            new(new(2020, 1, 1), WindowRule.Calendar, null, null),
            new(new(2026, 1, 1), WindowRule.Cutoff15, null, null, new(19, 0)),
        ],
    };

    private readonly PostgresLedgers ledgers = new(postgres);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Figures_OfAnyHistory_AreThoseThatCount(int seed)
    {
        var database = await ledgers.CreateDatabaseAsync();
        var ledger = ledgers.Open(database);
        await using var views = new ViewReader(database);
        await ledger.KeepCatalogAsync(new([Set], TestCatalog.Snapshot.Areas), (_, _) => false, Token);
        await SayAsync(ledger, new Random(seed));

        var all = new List<(SeriesStatements Series, List<Figure> Figures)>();
        await foreach (var series in ledger.ReadAsync(new FigureQuery(), Token))
            all.Add((series, series.Figures(Set.TrustIn)));

        Assert.Contains(
            all,
            one => one.Figures.Exists(figure => figure.Revision > 1 && figure.Current.Value == FigureValue.None)
        );
        Assert.Equal(
            all.SelectMany(one => one.Figures.Select(figure => Row(one.Series.Key, figure))).Order(StringComparer.Ordinal),
            (await views.RowsAsync(Select("v_figure"))).Order(StringComparer.Ordinal)
        );
        Assert.Equal(
            all.Select(one => (one.Series, Figure: one.Figures.FindLast(figure => figure.Current.Value != FigureValue.None)))
                .Where(one => one.Figure is not null)
                .Select(one => Row(one.Series.Key, one.Figure!)) // asked for above
                .Order(StringComparer.Ordinal),
            (await views.RowsAsync(Select("v_latest"))).Order(StringComparer.Ordinal)
        );
        Assert.Equal(
            all.SelectMany(one => one.Figures.SelectMany(figure => Said(one.Series.Key, figure))).Order(StringComparer.Ordinal),
            (await views.RowsAsync($"{Select("v_revision", "is_current")} WHERE revision IS NOT NULL")).Order(
                StringComparer.Ordinal
            )
        );
        Assert.Equal(
            all.Sum(one => one.Series.Periods.Sum(period => period.Statements.Count)).ToString(CultureInfo.InvariantCulture),
            await views.OneAsync("SELECT count(*) FROM v_revision")
        );
    }

    [Fact]
    public async Task Latest_WhenTheNewestIsWithdrawn_IsTheOneBefore()
    {
        var database = await ledgers.CreateDatabaseAsync();
        var ledger = ledgers.Open(database);
        await using var views = new ViewReader(database);
        await SayAsync(ledger, "2026-01-01T00:00:00Z", "forms", ("2025-11", FigureValue.Of(1.50m)));
        await SayAsync(ledger, "2026-01-02T00:00:00Z", "forms", ("2025-12", FigureValue.Of(2m)));
        Assert.Equal("2025-12|2", await views.OneAsync("SELECT period, value FROM v_latest"));

        await SayAsync(ledger, "2026-01-03T00:00:00Z", "forms", ("2025-12", FigureValue.None));

        Assert.Equal("2025-11|1.50", await views.OneAsync("SELECT period, value FROM v_latest"));
        Assert.Equal(
            ["2025-11|False", "2025-12|True"],
            await views.RowsAsync("SELECT period, is_withdrawn FROM v_figure ORDER BY period")
        );
    }

    public ValueTask DisposeAsync() => ledgers.DisposeAsync();

    private static async Task SayAsync(PostgresLedger ledger, Random random)
    {
        Measure[] measures = [TestCatalog.Flow, TestCatalog.Stock, TestCatalog.Text];
        var begin = new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);
        for (var report = 0; report < 250; report++)
        {
            // Few instants, so that many coincide; some of them years ahead.
            var at = begin.AddMilliseconds(random.Next(12)).AddYears(random.Next(20) == 0 ? 30 : 0);
            var isStated = random.Next(3) > 0;
            await using var transaction = await ledger.BeginAsync(
                new("test", Sources[random.Next(Sources.Length)], $"{report}", at, isStated, at, "test"),
                Token
            );
            var figures = new List<ReportedFigure>();
            for (var row = 0; row < 12; row++)
            {
                var (frequency, periods) = Times[random.Next(Times.Length)];
                var measure = measures[random.Next(measures.Length)];
                FigureValue[] values =
                    measure.Kind == MeasureKind.Text
                        ? [FigureValue.None, FigureValue.Of("mưa"), FigureValue.Of("Mưa to"), FigureValue.Of("1")]
                        : [FigureValue.None, FigureValue.Of(1m), FigureValue.Of(1.0m), FigureValue.Of(-2.50m)];
                figures.Add(
                    new(
                        TestCatalog.Series(measure, frequency),
                        Period.Parse(periods[random.Next(periods.Length)]),
                        values[random.Next(values.Length)],
                        "AP"[random.Next(2)],
                        (Vintage)random.Next(1, 4),
                        null
                    )
                );
            }
            await transaction.AppendAsync(
                [.. figures.DistinctBy(figure => (figure.Series, figure.Period, figure.Vintage))],
                Token
            );
            await transaction.CommitAsync(0, Token);
        }
    }

    private static async Task SayAsync(
        PostgresLedger ledger,
        string at,
        string source,
        params (string Period, FigureValue Value)[] figures
    )
    {
        var instant = DateTimeOffset.Parse(at, CultureInfo.InvariantCulture);
        await using var report = await ledger.BeginAsync(new("test", source, "", instant, true, instant, "test"), Token);
        var series = TestCatalog.Series(TestCatalog.Flow, Frequency.Month);
        await report.AppendAsync(
            [
                .. figures.Select(figure => new ReportedFigure(
                    series,
                    Period.Parse(figure.Period),
                    figure.Value,
                    'A',
                    Vintage.Official,
                    null
                )),
            ],
            Token
        );
        await report.CommitAsync(0, Token);
    }

    private static string Select(string view, string last = "revision") =>
        $"""
            SELECT measure, freq, year, period, extract(epoch FROM starts_at)::bigint, COALESCE(value::text, text), status, vintage,
                (extract(epoch FROM received_at) * 1000)::bigint, source, {last} FROM {view}
            """;

    private static string Row(SeriesKey key, Figure figure) =>
        Row(key, figure.Period, figure.Current, figure.Revision.ToString(CultureInfo.InvariantCulture));

    private static IEnumerable<string> Said(SeriesKey key, Figure figure) =>
        figure
            .Earlier.Select(said => Row(key, figure.Period, said, "False"))
            .Append(Row(key, figure.Period, figure.Current, "True"));

    private static string Row(SeriesKey key, Period period, Statement said, string last) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{key.Measure}|{key.Frequency.Code()}|{period.Year}|{period}|{StartOf(period)}|{said.Value}|{said.Status}|{said.Vintage.Name()}|{said.ReceivedAt.ToUnixTimeMilliseconds()}|{said.Source}|{last}"
        );

    private static long StartOf(Period period) =>
        Set.WindowOf(Set.Indicators.Single(), period).OpensAt(TestCatalog.Zone).ToUnixTimeSeconds();
}
