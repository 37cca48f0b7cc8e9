using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Periods;
using KpiMetrics.Pipeline.Catalog;
using KpiMetrics.Tests.Support;
using KpiMetrics.Worker.Composition;
using KpiMetrics.Worker.Demo;

namespace KpiMetrics.Tests.Demo;

/// <summary>The shipped catalog with the demo's communes, and simple due dates.</summary>
internal static class DemoWorld
{
    public const int Seed = 2026;

    public static readonly string Seeds = Path.Combine(Repository.Root, "seeds");

    public static readonly CatalogSnapshot Catalog = Read(Seeds, Path.Combine(Seeds, "demo"));

    public static readonly DemoLevels Levels = DemoLevels.Read(Path.Combine(Seeds, "demo", "levels.csv"));

    public static readonly DateTimeOffset Now = new(2026, 11, 20, 10, 0, 0, TimeSpan.FromHours(7));

    public static DemoFigures Figures(int seed = Seed) => new(Catalog, Levels, seed);

    public static DemoReports Reports(int seed = Seed) =>
        new(new(Catalog, DateOnly.FromDateTime(Now.DateTime)), Figures(seed), Due, seed);

    public static (IndicatorSet Set, Indicator Indicator) Find(string set, string indicator) =>
        (
            Catalog.FindSet(set) ?? throw new ArgumentException(set, nameof(set)),
            Catalog.FindIndicator(set, indicator) ?? throw new ArgumentException(indicator, nameof(indicator))
        );

    public static decimal? Number(string set, string measure, string subject, string area, string period)
    {
        var (indicator, found) = Catalog.FindMeasure(set, measure) ?? throw new ArgumentException(measure, nameof(measure));
        return Figures().Of(Find(set, indicator.Code).Set, indicator, found, subject, area, Period.Parse(period))?.Number;
    }

    public static IEnumerable<Period> Periods(string first, string last)
    {
        for (var period = Period.Parse(first); period <= Period.Parse(last); period = period.Shift(1))
            yield return period;
    }

    public static CatalogSnapshot Read(params string[] paths)
    {
        var reading = CatalogReader.Read(paths);
        Assert.Empty(reading.Faults);
        return reading.Snapshot ?? throw new InvalidOperationException("A catalog without faults has a snapshot.");
    }

    public static (DateTimeOffset Closes, DateTimeOffset Due) Due(IndicatorSet set, Indicator indicator, Period period)
    {
        var closes = set.WindowOf(indicator, period).ClosesAt(VietnamTime.Zone);
        return period.Frequency switch
        {
            Frequency.Hour => (closes, closes.AddMinutes(15)),
            Frequency.Day => (closes, closes.AddHours(9)),
            Frequency.Week => (closes, closes.AddHours(17)),
            _ => (closes, closes.AddDays(4).AddHours(17)),
        };
    }
}
