using KpiMetrics.Core.Periods;

namespace KpiMetrics.Core.Catalog.Rules;

/// <summary>Thresholds stand on reported numbers that come by the hour, in one unit, and add up only what can be added up.</summary>
public sealed class ThresholdFits : ICatalogRule
{
    public IEnumerable<RuleFault> Check(IndicatorSet set) =>
        from indicator in set.Indicators
        from measure in indicator.Measures
        where measure.Thresholds.Count > 0
        from fault in OfMeasure(indicator, measure).Concat(measure.Thresholds.SelectMany(each => OfThreshold(measure, each)))
        select fault;

    private static IEnumerable<RuleFault> OfMeasure(Indicator indicator, Measure measure)
    {
        if (measure.Derived is not null)
            yield return new(
                measure,
                "a derived measure is computed; only a reported one has thresholds",
                "thresholds",
                "derived"
            );
        if (measure.Kind == MeasureKind.Text)
            yield return new(measure, "kind 'text' cannot have thresholds; it is no number", "thresholds", "kind");
        if (indicator.AllFrequencies is { Count: > 0 } frequencies && !frequencies.Contains(Frequency.Hour))
            yield return new(
                measure,
                $"thresholds need figures by the hour (H); {indicator.Code} is reported at {string.Join(", ", frequencies.Select(FrequencyCode.Code))}",
                "thresholds"
            );
    }

    private static IEnumerable<RuleFault> OfThreshold(Measure measure, Threshold threshold)
    {
        if (threshold.Kind == ThresholdKind.Sum && !AddsUp(measure, threshold))
            yield return new(
                threshold,
                $"kind 'sum' does not fit a measure of kind '{Vocabularies.Kinds.Word(measure.Kind)}'; it fits flow, and stock where 'subjects' names what adds up",
                "kind",
                "subjects"
            );
        if (measure.Unit is { } printed && threshold.Unit is { } own)
            yield return new(threshold, $"'unit' is '{own}', but the measure prints '{printed}'; leave it out", "unit");
        if ((measure.Unit ?? threshold.Unit) is null)
            yield return new(threshold, "'unit' is missing; the measure prints none", "unit");
    }

    // One row of a decision may ask for rain, wind and levels at once: it is a state as a whole, its rain still adds up.
    private static bool AddsUp(Measure measure, Threshold threshold) =>
        measure.Kind == MeasureKind.Flow || measure.Kind == MeasureKind.Stock && threshold.Subjects.Count > 0;
}
