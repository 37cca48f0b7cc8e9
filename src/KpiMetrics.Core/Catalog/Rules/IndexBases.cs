using static System.FormattableString;

namespace KpiMetrics.Core.Catalog.Rules;

/// <summary>Only an index has bases; they stand in order of time, each but the first with a link that can be divided by.</summary>
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
            foreach (var entry in measure.Bases.Where(entry => entry.Link <= 0m))
                yield return new(entry, Invariant($"'link' is {entry.Link}; it must be greater than 0"), "link");
            if (measure.Bases is [{ Link: not null } first, ..])
                yield return new(first, "the first base has no base before it that 'link' could lead to", "link");
            foreach (var (before, next) in measure.Bases.Zip(measure.Bases.Skip(1)))
            {
                if (next.From.Start <= before.From.Start)
                    yield return new(next, $"'from' {next.From} does not come after {before.From} of the base before", "from");
            }
        }
    }
}
