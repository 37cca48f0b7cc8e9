namespace KpiMetrics.Core.Catalog.Rules;

/// <summary>Lists of the rules that every catalog must keep.</summary>
public static class CatalogRules
{
    public static IReadOnlyList<IAreaRule> ForAreas { get; } =
    [
        new AreaCodes(),
        new AreaValidity(),
        new AreaOverlap(),
        new AreaParents(),
        new AreaPredecessors(),
        new AreaWeights(),
        new AreaPosition(),
        new AreaText(),
    ];

    /// <summary>The rules of a set that need nothing but the set; <see cref="UniqueSets"/>, <see cref="WithinIsKnown"/>, <see cref="SeasonAreas"/>, <see cref="ThresholdAreas"/> and <see cref="EventAreas"/> need more.</summary>
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
        new OfficesDue(),
        new ValidityDates(),
        new FormerVersions(),
        new Replacements(),
        new SeasonDates(),
        new EventSpans(),
        new EventTargets(),
        new IdentityInputs(),
        new IdentityCounts(),
        new IdentitySubjects(),
        new MeasureRanges(),
        new OverTimeFits(),
        new ThresholdFits(),
        new ThresholdWindows(),
        new ThresholdLevels(),
        new ThresholdSubjects(),
        new UniqueThresholds(),
        new CleanText(),
    ];
}
