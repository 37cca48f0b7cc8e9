using static System.FormattableString;

namespace KpiMetrics.Core.Catalog.Rules;

/// <summary>A threshold looks at a window that is allowed for its kind, and does not fall back at the first wobble.</summary>
public sealed class ThresholdWindows : ICatalogRule
{
    public IEnumerable<RuleFault> Check(IndicatorSet set) =>
        from measure in set.Measures
        from threshold in measure.Thresholds
        from fault in Of(threshold)
        select fault;

    private static IEnumerable<RuleFault> Of(Threshold threshold)
    {
        if (Hours(threshold) is { } wrong)
            yield return new(threshold, wrong, "hours", "kind");
        if (threshold.Margin < 0m)
            yield return new(threshold, Invariant($"'margin' is {threshold.Margin}; it must not be negative"), "margin");
        if (threshold.Readings is < 1 or > Threshold.MostReadings)
            yield return new(
                threshold,
                Invariant($"'readings' is {threshold.Readings}; allowed: 1 to {Threshold.MostReadings}"),
                "readings"
            );
        if (threshold is { Margin: 0m, Readings: 1 })
            yield return new(
                threshold,
                "neither 'margin' nor 'readings' above 1 is there; a figure that hovers about a level would raise and resolve it again and again",
                "margin",
                "readings"
            );
    }

    private static string? Hours(Threshold threshold)
    {
        if (threshold.Kind == ThresholdKind.Value)
            return threshold.Hours == 1
                ? null
                : "'hours' is there, but kind 'value' looks at one hour; only sum and rise have it";
        var allowed = threshold.Kind == ThresholdKind.Sum ? Threshold.SumHours : Threshold.RiseHours;
        if (allowed.Contains(threshold.Hours))
            return null;
        var found = threshold.Hours == 0 ? "missing" : Invariant($"{threshold.Hours}");
        return $"'hours' is {found}; allowed for '{Vocabularies.ThresholdKinds.Word(threshold.Kind)}': {string.Join(", ", allowed)}";
    }
}
