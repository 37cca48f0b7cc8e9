namespace KpiMetrics.Core.Catalog.Rules;

/// <summary>The rules that every catalog must keep.</summary>
public static class CatalogRules
{
    public static IReadOnlyList<IAreaRule> ForAreas { get; } =
    [new AreaCodes(), new AreaValidity(), new AreaOverlap(), new AreaParents(), new AreaText()];

    /// <summary>The rules of a set that need nothing but the set.</summary>
    public static IReadOnlyList<ICatalogRule> ForOneSet { get; } =
    [
        new CodeShapes(),
        new UniqueCodes(),
        new UniqueSubjects(),
        new UniqueNames(),
        new IndicatorCodes(),
        new MeasureCodes(),
        new FrequencyOrder(),
        new DerivedInputs(),
        new DerivedCounts(),
        new DerivedCycles(),
        new DerivedKinds(),
        new TextMeasures(),
        new IndexBases(),
        new AggregationFits(),
        new RegimeDates(),
        new CleanText(),
    ];

    /// <summary>The rules that need the other sets, or the areas, of the catalog.</summary>
    public static IReadOnlyList<ICatalogRule> ForSetAmong(IReadOnlyList<IndicatorSet> sets, IReadOnlyList<Area> areas) =>
        [new UniqueSets(sets), new WithinIsKnown(areas)];
}
