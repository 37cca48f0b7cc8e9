namespace KpiMetrics.Core.Catalog.Rules;

/// <summary>
/// A derived measure's kind is one that its rule gives: comparisons and shares are ratios, a running total of the year is
/// cumulative. Ratios, sums and differences of rows may be of any kind (Ha per person is no percentage).
/// </summary>
public sealed class DerivedKinds : ICatalogRule
{
    public IEnumerable<RuleFault> Check(IndicatorSet set)
    {
        foreach (var measure in set.Measures)
        {
            if (measure.Derived is { Scheme.Length: > 0, Rule: not DerivedRule.Plan } other)
                yield return new(
                    other,
                    $"'scheme' is '{other.Scheme}', but rule '{Vocabularies.DerivedRules.Word(other.Rule)}' has no plan; only 'plan' has",
                    "scheme"
                );
            if (measure.Derived is null || measure.Kind == MeasureKind.Text)
                continue;
            if (Given(measure.Derived.Rule) is { } given && given != measure.Kind)
                yield return new(measure, Message(measure.Derived.Rule, measure.Kind, given), "kind", "derived");
        }
    }

    private static MeasureKind? Given(DerivedRule rule) =>
        rule switch
        {
            DerivedRule.Ytd => MeasureKind.Cumulative,
            DerivedRule.Ratio or DerivedRule.Sum or DerivedRule.Difference => null,
            _ => MeasureKind.Ratio,
        };

    private static string Message(DerivedRule rule, MeasureKind found, MeasureKind given) =>
        $"kind '{Vocabularies.Kinds.Word(found)}' does not fit: rule '{Vocabularies.DerivedRules.Word(rule)}' gives a {Vocabularies.Kinds.Word(given)}";
}
