using System.Globalization;
using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Derivation.Graph;
using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Obligations;
using KpiMetrics.Core.Periods;
using KpiMetrics.Core.Quality.Detectors;

namespace KpiMetrics.Pipeline.Checks.Statistics;

/// <summary>
/// What is known to move the figures of a series: declared emergencies, the merger its area came from, a new base of an index, a break that its office
/// named itself. Tết the detectors know by themselves.
/// </summary>
internal sealed class KnownEvents(CatalogSnapshot catalog, IReadOnlyList<Emergency> emergencies)
{
    // No summer time since long before any figure here.
    private static readonly TimeSpan Vietnam = TimeSpan.FromHours(7);

    private readonly Dictionary<string, List<Emergency>> byArea = new(StringComparer.Ordinal);

    /// <param name="figures">Of the series.</param>
    public IReadOnlyList<KnownEvent> Of(SeriesFormula formula, IReadOnlyList<Figure> figures)
    {
        var known = new List<KnownEvent>();
        if (formula.Area is { } area)
        {
            known.AddRange(EmergenciesOf(area).Select(emergency => Of(formula, emergency)).OfType<KnownEvent>());
            if (Merger(formula, area) is { } merger)
                known.Add(merger);
        }
        known.AddRange(formula.Measure.Bases.Skip(1).Select(named => NewBase(formula, named)));
        known.AddRange(figures.Where(IsBreak).Select(figure => Break(figure.Period)));
        return known;
    }

    // A flood of days is no reason for a half-year to be odd, and would leave a series of years without baseline.
    private static KnownEvent? Of(SeriesFormula formula, Emergency emergency)
    {
        if (emergency.From >= emergency.Until || formula.Key.Frequency > Frequency.Quarter)
            return null;
        var (from, until) = (emergency.From.ToOffset(Vietnam).DateTime, emergency.Until.ToOffset(Vietnam).DateTime.AddTicks(-1));
        return Holding(formula, from) is { } first && Holding(formula, until) is { } last
            ? new($"Tình trạng khẩn cấp theo {emergency.Order}", first, last)
            : null;
    }

    // Its past is the sum of the areas it was made from: comparable, but what came first was counted by an office that was new as well.
    private KnownEvent? Merger(SeriesFormula formula, Area area) =>
        catalog.OriginsOf(area).Count > 0 && Holding(formula, area.From.ToDateTime(new TimeOnly(12, 0))) is { } first
            ? new(
                string.Create(CultureInfo.InvariantCulture, $"Sắp xếp đơn vị hành chính ngày {area.From:dd'/'MM'/'yyyy}"),
                first,
                first
            )
            : null;

    private static KnownEvent NewBase(SeriesFormula formula, IndexBase named)
    {
        var first = Period.At(formula.Key.Frequency, named.From.Start);
        return new($"Đổi gốc so sánh: {named.Base}", first, first, Breaks: true);
    }

    private static KnownEvent Break(Period period) => new("Ngắt chuỗi số liệu", period, period, Breaks: true);

    private static bool IsBreak(Figure figure) => figure is { Computed: null, Current.Status: ObsStatus.Break };

    // The period whose window holds the moment: under other windows than the calendar's it may be the one after.
    private static Period? Holding(SeriesFormula formula, DateTime local)
    {
        if (local.Year is <= Period.FirstYear or >= Period.LastYear)
            return null;
        var at = Period.At(formula.Key.Frequency, local);
        for (var shift = -1; shift <= 1; shift++)
        {
            var period = at.Shift(shift);
            var window = formula.WindowOf(period);
            if (window.Start <= local && local < window.End)
                return period;
        }
        return null;
    }

    private List<Emergency> EmergenciesOf(Area area)
    {
        if (!byArea.TryGetValue(area.Id, out var found))
            byArea[area.Id] = found = [.. emergencies.Where(emergency => Concerns(emergency, area))];
        return found;
    }

    // Of the area itself, of a larger one it lies in, or of one within it: its total has that one's figures.
    private bool Concerns(Emergency emergency, Area area)
    {
        var day = DateOnly.FromDateTime(emergency.From.ToOffset(Vietnam).DateTime);
        var listed = emergency.Areas.Select(catalog.FindAreaById).OfType<Area>();
        return listed.Any(one => LiesIn(area, one, day) || LiesIn(one, area, day));
    }

    private bool LiesIn(Area inner, Area outer, DateOnly day)
    {
        for (var place = inner; place is not null; place = catalog.ParentOf(place, day))
        {
            if (place.Id == outer.Id)
                return true;
        }
        return false;
    }
}
