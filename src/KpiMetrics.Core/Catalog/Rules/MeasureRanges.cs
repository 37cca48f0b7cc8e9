using static System.FormattableString;

namespace KpiMetrics.Core.Catalog.Rules;

/// <summary>A range leaves room for a figure, and says of negative ones the same as the flag.</summary>
public sealed class MeasureRanges : ICatalogRule
{
    public IEnumerable<RuleFault> Check(IndicatorSet set) => from measure in set.Measures from fault in Of(measure) select fault;

    private static IEnumerable<RuleFault> Of(Measure measure)
    {
        if (measure.Kind == MeasureKind.Text && (measure.Min ?? measure.Max) is not null)
            yield return new(measure, "kind 'text' cannot have a range; it is no number", "min", "max", "kind");
        if (measure.Max < measure.Min)
            yield return new(measure, Invariant($"'max' {measure.Max} is less than 'min' {measure.Min}"), "max", "min");
        else if (measure is { Max: < 0m, Min: null, MayBeNegative: false })
            yield return new(
                measure,
                Invariant($"'max' {measure.Max} is negative; say 'signed: true' or give a 'min'"),
                "max",
                "min",
                "signed"
            );
        if (measure is { MayBeNegative: true, Min: >= 0m })
            yield return new(
                measure,
                Invariant($"'signed' says that figures may be negative, 'min' {measure.Min} that they are not"),
                "signed",
                "min"
            );
    }
}
