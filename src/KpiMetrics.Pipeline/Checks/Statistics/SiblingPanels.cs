using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;
using KpiMetrics.Core.Quality.Detectors;

namespace KpiMetrics.Pipeline.Checks.Statistics;

/// <summary>How one measure moved in areas of one level in one larger area: a panel for each period, made when the first of its figures is tested.</summary>
internal sealed class SiblingPanels(CatalogSnapshot catalog, MeasureKind kind)
{
    // The tested area and five others; fewer say nothing.
    private const int Fewest = 6;

    private readonly Dictionary<(string Subject, Frequency Frequency), List<(Area Area, SeriesHistory History)>> series = [];
    private readonly Dictionary<PanelKey, SiblingPanel?> panels = [];

    public void Add(SeriesKey key, Area area, SeriesHistory history)
    {
        if (!series.TryGetValue((key.Subject, key.Frequency), out var all))
            series[(key.Subject, key.Frequency)] = all = [];
        all.Add((area, history));
    }

    /// <summary>The other areas of the tested one's level that lay in the same larger area on the day; null where they are too few.</summary>
    /// <param name="day">The last of the period's window.</param>
    public Siblings? Of(SeriesKey key, Area area, Period period, DateOnly day)
    {
        // Running totals of other areas tell how the year went, not how the period did.
        if (kind == MeasureKind.Cumulative || catalog.ParentOf(area, day) is not { } parent)
            return null;
        var wanted = new PanelKey(key.Subject, period, area.Level, parent.Id);
        if (!panels.TryGetValue(wanted, out var panel))
            panels[wanted] = panel = Make(wanted, day);
        return panel?.Without(area.Id);
    }

    private SiblingPanel? Make(PanelKey wanted, DateOnly day)
    {
        var all = series.GetValueOrDefault((wanted.Subject, wanted.Period.Frequency)) ?? [];
        var siblings = all.Where(one => one.Area.Level == wanted.Level && catalog.ParentOf(one.Area, day)?.Id == wanted.Parent)
            .Select(one => new SiblingSeries(one.Area.Id, one.History.Until(wanted.Period)))
            .Where(one => one.Points.Count > 0)
            .ToList();
        return siblings.Count < Fewest ? null : SiblingPanel.Of(wanted.Period, kind, siblings);
    }

    private readonly record struct PanelKey(string Subject, Period Period, AreaLevel Level, string Parent);
}
