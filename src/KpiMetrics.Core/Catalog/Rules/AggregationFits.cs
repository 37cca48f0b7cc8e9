namespace KpiMetrics.Core.Catalog.Rules;

/// <summary>Percentages, indices, points and texts of two areas do not add up.</summary>
public sealed class AggregationFits : ICatalogRule
{
    public IEnumerable<RuleFault> Check(IndicatorSet set) =>
        from measure in set.Measures
        where
            measure
                is {
                    Aggregation: Aggregation.Sum,
                    Kind: MeasureKind.Ratio or MeasureKind.Index or MeasureKind.Score or MeasureKind.Text
                }
        select new RuleFault(
            measure,
            $"aggregation 'sum' does not fit kind '{Vocabularies.Kinds.Word(measure.Kind)}'; it fits flow, stock, cumulative",
            "aggregation",
            "kind"
        );
}
