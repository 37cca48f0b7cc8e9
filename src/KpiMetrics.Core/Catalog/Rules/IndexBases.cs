namespace KpiMetrics.Core.Catalog.Rules;

/// <summary>Only an index has bases, and they stand in order of time.</summary>
public sealed class IndexBases : ICatalogRule
{
    public IEnumerable<RuleFault> Check(IndicatorSet set)
    {
        foreach (var measure in set.Measures)
        {
            if (measure.Bases.Count > 0 && measure.Kind != MeasureKind.Index)
            {
                var kind = Vocabularies.Kinds.Word(measure.Kind);
                yield return new(measure, $"kind '{kind}' cannot have bases; only 'index' has", "bases", "kind");
            }
            foreach (var (before, next) in measure.Bases.Zip(measure.Bases.Skip(1)))
            {
                if (next.From.Start <= before.From.Start)
                    yield return new(next, $"'from' {next.From} does not come after {before.From} of the base before", "from");
            }
        }
    }
}
