using System.Globalization;

namespace KpiMetrics.Core.Catalog.Rules;

/// <summary>A set has at least one rule of its regime, and they stand in order of their dates.</summary>
public sealed class RegimeDates : ICatalogRule
{
    public IEnumerable<RuleFault> Check(IndicatorSet set)
    {
        if (set.Regime.Count == 0)
            yield return new(set, "'regime' is empty; a set has at least one rule", "regime");
        foreach (var (before, next) in set.Regime.Zip(set.Regime.Skip(1)))
        {
            if (next.From <= before.From)
                yield return new(
                    next,
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"'from' {next.From:yyyy-MM-dd} does not come after {before.From:yyyy-MM-dd} of the rule before"
                    ),
                    "from"
                );
        }
    }
}
