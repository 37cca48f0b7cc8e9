using static System.FormattableString;

namespace KpiMetrics.Core.Catalog.Rules;

/// <summary>
/// Levels ascend and do not grow less severe; a level can be reached, falls back before the one below it may, and can fall back at all.
/// </summary>
public sealed class ThresholdLevels : ICatalogRule
{
    public IEnumerable<RuleFault> Check(IndicatorSet set) =>
        from measure in set.Measures
        from threshold in measure.Thresholds
        from fault in Order(threshold).Concat(Margins(threshold)).Concat(Bounds(measure, threshold))
        select fault;

    private static IEnumerable<RuleFault> Order(Threshold threshold)
    {
        if (threshold.Levels.Count == 0)
            yield return new(threshold, "'levels' is empty; a threshold has at least one", "levels");
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var level in threshold.Levels)
        {
            if (level.Code.Length > 0 && !seen.Add(level.Code))
                yield return new(level, $"level code '{level.Code}' is already in this threshold", "code");
        }
        foreach (var (below, level) in threshold.Levels.Zip(threshold.Levels.Skip(1)))
        {
            if (level.At <= below.At)
                yield return new(level, Invariant($"'at' {level.At} is not above {below.At} of the level before"), "at");
            if (level.Severity < below.Severity)
                yield return new(
                    level,
                    $"'severity' {Vocabularies.Severities.Word(level.Severity)} is less than {Vocabularies.Severities.Word(below.Severity)} of the level before",
                    "severity"
                );
        }
    }

    private static IEnumerable<RuleFault> Margins(Threshold threshold) =>
        from pair in threshold.Levels.Zip(threshold.Levels.Skip(1))
        let gap = pair.Second.At - pair.First.At
        where gap > 0m && threshold.Margin >= gap
        select new RuleFault(
            threshold,
            Invariant(
                $"'margin' {threshold.Margin} is not smaller than the gap of {gap} between '{pair.First.Code}' and '{pair.Second.Code}'"
            ),
            "margin",
            "levels"
        );

    private static IEnumerable<RuleFault> Bounds(Measure measure, Threshold threshold)
    {
        if (threshold.Levels is not [var lowest, ..])
            yield break;
        if (threshold.Kind != ThresholdKind.Value && lowest.At <= 0m)
            yield return new(lowest, Invariant($"'at' is {lowest.At}; the level of a sum or rise must be greater than 0"), "at");
        else if (Least(measure, threshold) is { } least && lowest.At - threshold.Margin <= least)
            yield return new(
                threshold,
                Invariant(
                    $"'{lowest.Code}' could never fall back: {lowest.At} less 'margin' {threshold.Margin} is not above {least}, the least there can be"
                ),
                "margin",
                "levels"
            );
        if (threshold.Kind == ThresholdKind.Value && threshold.Levels[^1] is var highest && highest.At > measure.Max)
            yield return new(highest, Invariant($"'at' {highest.At} is above 'max' {measure.Max} of the measure"), "at");
    }

    // Rain is never negative, whatever else the measure holds; water that falls rises by less than nothing.
    private static decimal? Least(Measure measure, Threshold threshold) =>
        threshold.Kind switch
        {
            ThresholdKind.Sum => 0m,
            ThresholdKind.Value => measure.Min ?? (measure.MayBeNegative ? null : 0m),
            _ => null,
        };
}
