using System.Globalization;

namespace KpiMetrics.Core.Catalog.Rules;

/// <summary>A set has at least one rule of its regime; its rules, and those of an indicator, stand in order of their dates.</summary>
public sealed class RegimeDates : ICatalogRule
{
    public IEnumerable<RuleFault> Check(IndicatorSet set)
    {
        if (set.Regime.Count == 0)
            yield return new(set, "'regime' is empty; a set has at least one rule", "regime");
        foreach (var fault in set.Indicators.Select(indicator => indicator.Regime).Append(set.Regime).SelectMany(Unordered))
            yield return fault;
    }

    private static IEnumerable<RuleFault> Unordered(IReadOnlyList<RegimeRule> regime)
    {
        foreach (var (before, next) in regime.Zip(regime.Skip(1)))
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
