using System.Globalization;
using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Derivation.Graph;
using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Obligations;
using KpiMetrics.Core.Periods;
using KpiMetrics.Core.Quality.Detectors;

namespace KpiMetrics.Pipeline.Checks.Statistics;

/// <summary>
/// What is known to move the figures of a series: declared emergencies and the events that its set names, the merger its area came from, a new base of an
/// index, a break that its office named itself. Tết the detectors know by themselves.
/// </summary>
internal sealed class KnownEvents(CatalogSnapshot catalog, IReadOnlyList<Emergency> emergencies)
{
    private readonly Dictionary<string, List<Occurrence>> byArea = new(StringComparer.Ordinal);
    private List<Occurrence>? occurrences;

    /// <param name="figures">Of the series.</param>
    public IReadOnlyList<KnownEvent> Of(SeriesFormula formula, IReadOnlyList<Figure> figures)
    {
        var known = new List<KnownEvent>();
        if (formula.Area is { } area)
        {
            foreach (var occurrence in OccurrencesIn(area))
            {
                if (Of(formula, occurrence) is { } moved)
                    known.Add(moved);
            }
            if (Merger(formula, area) is { } merger)
                known.Add(merger);
        }
        known.AddRange(formula.Measure.Bases.Skip(1).Select(named => NewBase(formula, named)));
        known.AddRange(figures.Where(IsBreak).Select(figure => Break(figure.Period)));
        return known;
    }

    // A flood of days is no reason for a half-year to be odd, and would leave a series of years without baseline.
    private static KnownEvent? Of(SeriesFormula formula, Occurrence occurrence) =>
        formula.Key.Frequency <= Frequency.Quarter
        && occurrence.IsOf(formula)
        && Holding(formula, occurrence.First) is { } first
        && Holding(formula, occurrence.Last) is { } last
            ? new(occurrence.Name, first, last)
            : null;

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

    private List<Occurrence> OccurrencesIn(Area area)
    {
        if (byArea.TryGetValue(area.Id, out var found))
            return found;
        occurrences ??=
        [
            .. emergencies.Select(emergency => Occurrence.Of(emergency, catalog)).OfType<Occurrence>(),
            .. catalog.Sets.SelectMany(set => set.Events, (set, known) => Occurrence.Of(known, set, catalog)),
        ];
        return byArea[area.Id] = [.. occurrences.Where(occurrence => Concerns(occurrence, area))];
    }

    // Of the area itself, of a larger one it lies in, or of one within it: its total has that one's figures. So has the past of an area that was made of others.
    private bool Concerns(Occurrence occurrence, Area area) =>
        catalog
            .SameAndEarlier(area)
            .Any(place =>
                occurrence.Areas.Any(one => LiesIn(place, one, occurrence.FirstDay) || LiesIn(one, place, occurrence.FirstDay))
            );

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
