using System.Collections.Frozen;

namespace KpiMetrics.Core.Catalog;

/// <summary>All sets and areas as read and checked together; immutable, found by code.</summary>
public sealed class CatalogSnapshot
{
    private readonly FrozenDictionary<string, IndicatorSet> sets;
    private readonly FrozenDictionary<(string Set, string Code), (Indicator Indicator, Measure Measure)> measures;
    private readonly FrozenDictionary<(string Set, string Code), Indicator> indicators;
    private readonly ILookup<string, Area> areasByCode;
    private readonly FrozenDictionary<string, Area> areasById;

    public CatalogSnapshot(IReadOnlyList<IndicatorSet> sets, IReadOnlyList<Area> areas)
    {
        Sets = sets;
        Areas = areas;
        this.sets = sets.ToFrozenDictionary(set => set.Code, StringComparer.Ordinal);
        indicators = sets.SelectMany(
                set => set.Indicators,
                (set, indicator) => KeyValuePair.Create((set.Code, indicator.Code), indicator)
            )
            .ToFrozenDictionary();
        measures = (
            from set in sets
            from indicator in set.Indicators
            from measure in indicator.Measures
            select KeyValuePair.Create((set.Code, measure.Code), (indicator, measure))
        ).ToFrozenDictionary();
        areasByCode = areas.ToLookup(area => area.Code, StringComparer.Ordinal);
        areasById = areas.ToFrozenDictionary(area => area.Id, StringComparer.Ordinal);
    }

    public IReadOnlyList<IndicatorSet> Sets { get; }

    public IReadOnlyList<Area> Areas { get; }

    public IndicatorSet? FindSet(string code) => sets.GetValueOrDefault(code);

    /// <summary>Null where the set has no such indicator.</summary>
    public Indicator? FindIndicator(string set, string code) => indicators.GetValueOrDefault((set, code));

    /// <summary>The measure and its indicator; null where the set has no such code.</summary>
    public (Indicator Indicator, Measure Measure)? FindMeasure(string set, string code) =>
        measures.TryGetValue((set, code), out var found) ? found : null;

    /// <summary>The area that bore the code on the day; null where none did. Two never do: the catalog is refused then.</summary>
    public Area? FindArea(string code, DateOnly day)
    {
        foreach (var area in areasByCode[code])
        {
            if (area.IsValidOn(day))
                return area;
        }
        return null;
    }

    /// <summary>The area with this identity; null where the catalog no longer has it.</summary>
    public Area? FindAreaById(string id) => areasById.GetValueOrDefault(id);

    /// <summary>Every area that ever bore the code.</summary>
    public IEnumerable<Area> AreasWithCode(string code) => areasByCode[code];
}
