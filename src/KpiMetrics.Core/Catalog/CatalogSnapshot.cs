using System.Collections.Frozen;
using KpiMetrics.Core.Obligations;

namespace KpiMetrics.Core.Catalog;

/// <summary>All sets and areas as read and checked together; immutable, found by code.</summary>
public sealed class CatalogSnapshot
{
    private readonly FrozenDictionary<string, IndicatorSet> sets;
    private readonly FrozenDictionary<(string Set, string Code), (Indicator Indicator, Measure Measure)> measures;
    private readonly FrozenDictionary<(string Set, string Code), Indicator> indicators;
    private readonly AreaIndex areasByCode;
    private readonly AreaLineage lineage;
    private readonly Dictionary<IndicatorSet, FrozenDictionary<AreaKey, DateOnly>> homes = new(
        ReferenceEqualityComparer.Instance
    );
    private readonly Dictionary<string, Area> areasById;

    public CatalogSnapshot(IReadOnlyList<IndicatorSet> sets, IReadOnlyList<Area> areas, WorkingCalendar? calendar = null)
    {
        Sets = sets;
        Areas = areas;
        Calendar = calendar ?? WorkingCalendar.WeekendsOnly;
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
        areasByCode = new(areas);
        areasById = areas.ToDictionary(area => area.Id, StringComparer.Ordinal);
        lineage = new(areas, areasByCode);
        foreach (var set in sets)
            homes[set] = HomesOf(set);
    }

    public IReadOnlyList<IndicatorSet> Sets { get; }

    public IReadOnlyList<Area> Areas { get; }

    /// <summary>The days that offices work; weekends only where no file of holidays was read.</summary>
    public WorkingCalendar Calendar { get; }

    public IndicatorSet? FindSet(string code) => sets.GetValueOrDefault(code);

    /// <summary>Null where the set has no such indicator.</summary>
    public Indicator? FindIndicator(string set, string code) => indicators.GetValueOrDefault((set, code));

    /// <summary>The measure and its indicator; null where the set has no such code.</summary>
    public (Indicator Indicator, Measure Measure)? FindMeasure(string set, string code) =>
        measures.TryGetValue((set, code), out var found) ? found : null;

    /// <summary>The area that bore the code on the day; null where none did. Two never do: the catalog is refused then.</summary>
    public Area? FindArea(string code, DateOnly day) => areasByCode.Find(code, day);

    /// <summary>The area with this identity; null where the catalog no longer has it.</summary>
    public Area? FindAreaById(string id) => areasById.GetValueOrDefault(id);

    /// <summary>Every area that ever bore the code.</summary>
    public IEnumerable<Area> AreasWithCode(string code) => areasByCode.WithCode(code);

    /// <summary>The areas that went into <paramref name="area"/> on its first day; empty where none are known.</summary>
    public IReadOnlyList<AreaOrigin> OriginsOf(Area area) => lineage.OriginsOf(area);

    /// <summary>The areas that <paramref name="area"/> went into, each with the part of it that went there.</summary>
    public IReadOnlyList<AreaOrigin> SuccessorsOf(Area area) => lineage.SuccessorsOf(area);

    /// <summary>The area, then its predecessors at any depth.</summary>
    public IEnumerable<Area> SameAndEarlier(Area area) => lineage.SameAndEarlier(area);

    /// <summary>True where <paramref name="earlier"/> is <paramref name="later"/> itself or a predecessor of it at any depth.</summary>
    public bool IsSameOrEarlier(Area later, Area earlier) => lineage.IsSameOrEarlier(later, earlier);

    /// <summary>The area it lay in on the day; null for the country, and where it is not known.</summary>
    /// <remarks>
    /// The parent's code means the area that bore it on the child's first day. A child that outlives it goes on in its successor; of
    /// several successors in the one that bears the parent's code; where none does, its parent is not known from then on.
    /// </remarks>
    public Area? ParentOf(Area area, DateOnly day) => lineage.ParentOf(area, day);

    /// <summary>The areas that lay directly in <paramref name="parent"/> on the day, in the catalog's order; empty on a day it did not stand.</summary>
    public IEnumerable<Area> ChildrenOf(Area parent, DateOnly day) => lineage.ChildrenOf(parent, day);

    /// <summary>Every area that this one ever lay in, one level up, in order of time.</summary>
    public IReadOnlyList<Area> ParentsOf(Area area) => lineage.ParentsOf(area);

    /// <summary>Every area that ever lay in this one, one level down.</summary>
    public IReadOnlyList<Area> EverWithin(Area parent) => lineage.EverWithin(parent);

    /// <summary>The area a set is of: who bore the code it names on the set's first day, or on that of its decision.</summary>
    public Area? HomeOf(IndicatorSet set) =>
        set.Within.Length > 0 && SetHome.DayOf(set) is { } day ? FindArea(set.Within, day) : null;

    /// <summary>
    /// The home of a set, then its predecessors at any depth; empty where there is no home.
    /// </summary>
    public IEnumerable<Area> HomeAndEarlier(IndicatorSet set) => HomeOf(set) is { } home ? lineage.SameAndEarlier(home) : [];

    /// <summary>
    /// True where a set takes figures of the area: it is of the set's level, and it is the set's home or lies in it on the day. A
    /// predecessor of the home counts as the home, an area that merely bears its code does not.
    /// </summary>
    public bool IsOf(IndicatorSet set, Area area, DateOnly day)
    {
        if (area.Level != set.Level)
            return false;
        var allowed = homes.GetValueOrDefault(set) ?? HomesOf(set);
        for (var place = area; place is not null; place = ParentOf(place, day))
        {
            if (allowed.TryGetValue(AreaKey.Of(place), out var last) && day <= last)
                return true;
        }
        return false;
    }

    private FrozenDictionary<AreaKey, DateOnly> HomesOf(IndicatorSet set) =>
        HomeAndEarlier(set).ToFrozenDictionary(AreaKey.Of, area => area.To ?? DateOnly.MaxValue);
}
