namespace KpiMetrics.Core.Catalog.Rules;

/// <summary>How fine figures make a coarse one must suit what they are (DESIGN 4.5).</summary>
public sealed class OverTimeFits : ICatalogRule
{
    public IEnumerable<RuleFault> Check(IndicatorSet set) =>
        from measure in set.Measures
        let fault = Fault(measure)
        where fault is not null
        select new RuleFault(measure, fault, "over_time", "kind");

    private static string? Fault(Measure measure)
    {
        if (measure.DeclaredOverTime is not { } how || how == OverTime.None)
            return null;
        var kind = Vocabularies.Kinds.Word(measure.Kind);
        var word = Vocabularies.OverTimes.Word(how);
        return how switch
        {
            _ when measure.Kind == MeasureKind.Text => $"over_time '{word}' does not fit kind 'text'; it fits none",
            OverTime.Sum when measure.Kind != MeasureKind.Flow => $"over_time 'sum' does not fit kind '{kind}'; it fits flow",
            OverTime.GeometricMean when measure.Kind is not (MeasureKind.Index or MeasureKind.Ratio) =>
                $"over_time 'geometric-mean' does not fit kind '{kind}'; it fits index, ratio",
            OverTime.GeometricMean when measure.MayBeNegative || measure.Min < 0m =>
                "over_time 'geometric-mean' does not fit figures that may be negative",
            OverTime.RatioOfSums when measure.Ratio is null =>
                "over_time 'ratio-of-sums' needs the two measures whose quotient it is: an identity or a derivation 'ratio' or 'share'",
            _ => null,
        };
    }
}
