using KpiMetrics.Core.Alerting;
using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;
using KpiMetrics.Pipeline.Alerting;
using KpiMetrics.Pipeline.Catalog;
using KpiMetrics.Pipeline.Ledger;
using KpiMetrics.Pipeline.Ledger.Sqlite;
using KpiMetrics.Tests.Derivation.RealData;
using KpiMetrics.Tests.Obligations;
using KpiMetrics.Tests.Support;

namespace KpiMetrics.Tests.Alerting;

/// <summary>The set <c>cases/flood/flood.yaml</c>, with the thresholds of a river and of rain, and a ledger of its own. Every round is that of a worker just started.</summary>
internal sealed class FloodWorld : IDisposable
{
    public const string Set = "flood";

    private const string Country = "VN@1945-09-02";

    /// <summary>The level of the river at Lệ Thủy: báo động I, II, III at 1.2, 2.2, 2.7 m, falling back 0.2 m below.</summary>
    public static readonly SeriesKey River = new(Set, "FL-02", "FL-02.01", "lethuy", Country, Frequency.Hour);

    public static readonly CatalogSnapshot Catalog = Read();

    private readonly TempFolder folder = new();

    private FloodWorld() => Ledger = new(folder.File("ledger.db"));

    public SqliteLedger Ledger { get; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<FloodWorld> CreateAsync()
    {
        var world = new FloodWorld();
        await world.Ledger.MigrateAsync(DateTimeOffset.UnixEpoch, Token);
        return world;
    }

    public static SeriesKey Rain(string station) => River with { Indicator = "FL-01", Measure = "FL-01.01", Subject = station };

    public static string Key(string threshold, string level, bool isMissed = false) =>
        AlertKeys.OfLevel(new(Set, River.Measure, River.Subject, Country, threshold, level, isMissed));

    /// <summary>Levels of the river in one report, the first of the hour named: <c>2026-11-20T05</c>; null: taken back.</summary>
    public Task ReportAsync(string at, string hour, params IReadOnlyList<decimal?> values) =>
        ReportAsync(at, River, "dai", hour, values);

    public async Task ReportAsync(string at, SeriesKey series, string source, string hour, params IReadOnlyList<decimal?> values)
    {
        var instant = DutyWorld.At(at);
        await using var report = await Ledger.BeginAsync(new(Set, source, "gio", instant, false, instant, "test"), Token);
        foreach (var (number, value) in values.Index())
        {
            var (said, status) = value is { } known ? (FigureValue.Of(known), 'A') : (FigureValue.None, 'M');
            await report.AppendAsync(series, Period.Parse(hour).Shift(number), said, status, Vintage.Official, null, Token);
        }
        await report.CommitAsync(0, Token);
    }

    public static ThresholdAlerts Provider(SqliteLedger ledger, ILedger? read = null, CatalogSnapshot? catalog = null) =>
        new(catalog ?? Catalog, read ?? ledger, ledger, TestCatalog.Zone);

    /// <summary>What a round of all alerts came to: <c>fired muc-nuoc/bao-dong-1 2026-11-20T05</c>, with the hour that the alert is since.</summary>
    public async Task<IReadOnlyList<string>> RoundAsync(string at, CatalogSnapshot? catalog = null)
    {
        var stage = new AlertStage(Ledger, [Provider(Ledger, catalog: catalog)], AlertWorld.Round);
        var kept = await stage.RunAsync(DutyWorld.At(at), null, Token);
        return [.. await LinesAsync(kept.Events)];
    }

    /// <summary>The same by who looks right after intake, for one series.</summary>
    public async Task<IReadOnlyList<string>> TouchAsync(string at, SeriesKey series)
    {
        var touched = new TouchedAlerts(Ledger, Provider(Ledger), AlertWorld.Round);
        Assert.True(touched.IsWatched(series));
        var (changed, events) = await touched.RunAsync([series], DutyWorld.At(at), Token);
        Assert.Equal(events.Select(one => one.Key).Distinct().Order(), changed.Select(alert => alert.Key).Order());
        return [.. await LinesAsync(events)];
    }

    public async Task<Alert> FindAsync(string key) => Assert.Single(await Ledger.FindAlertsAsync([key], Token));

    public void Dispose() => folder.Dispose();

    private async Task<List<string>> LinesAsync(IEnumerable<AlertEvent> events)
    {
        var lines = new List<string>();
        foreach (var one in events)
        {
            var level = AlertKeys.LevelOf(one.Key) ?? throw new InvalidOperationException(one.Key);
            var since = (await FindAsync(one.Key)).Concern.Period;
            lines.Add($"{one.Step.Code()} {(level.IsMissed ? "missed " : "")}{level.Threshold}/{level.Level} {since}");
        }
        return lines;
    }

    private static CatalogSnapshot Read()
    {
        var reading = CatalogReader.Read(
            Path.Combine(Repository.Root, "seeds", "areas", "provinces.yaml"),
            Case.PathOf("flood/flood.yaml")
        );
        Assert.Empty(reading.Faults);
        return reading.Snapshot ?? throw new InvalidOperationException("flood.yaml has faults.");
    }
}
