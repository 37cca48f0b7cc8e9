using System.Globalization;

namespace KpiMetrics.Core.Catalog.Rules;

/// <summary>Each rule of derivation gets as many inputs as it can use.</summary>
public sealed class DerivedCounts : ICatalogRule
{
    public IEnumerable<RuleFault> Check(IndicatorSet set)
    {
        foreach (var measure in set.Measures)
        {
            if (measure.Derived is { } derived && !Fits(derived))
                yield return new(derived, Message(derived), "inputs", "rule");
        }
    }

    private static bool Fits(MeasureDerivation derived) =>
        derived.Rule switch
        {
            DerivedRule.Ratio or DerivedRule.Share => derived.Inputs.Count == 2,
            DerivedRule.Sum or DerivedRule.Difference => derived.Inputs.Count >= 2,
            _ => derived.Inputs.Count >= 1,
        };

    private static string Message(MeasureDerivation derived)
    {
        var needed = derived.Rule switch
        {
            DerivedRule.Ratio => "exactly 2 (numerator, denominator)",
            DerivedRule.Share => "exactly 2 (part, total)",
            DerivedRule.Sum or DerivedRule.Difference => "at least 2",
            _ => "at least 1",
        };
        var rule = Vocabularies.DerivedRules.Word(derived.Rule);
        return string.Create(CultureInfo.InvariantCulture, $"rule '{rule}' has {derived.Inputs.Count} inputs; it takes {needed}");
    }
}
