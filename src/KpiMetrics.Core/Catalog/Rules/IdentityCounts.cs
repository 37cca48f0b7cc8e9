using static System.FormattableString;

namespace KpiMetrics.Core.Catalog.Rules;

/// <summary>Each identity gets as many inputs as its rule can use.</summary>
public sealed class IdentityCounts : ICatalogRule
{
    public IEnumerable<RuleFault> Check(IndicatorSet set) =>
        from measure in set.Measures
        from identity in measure.Identities
        where !Fits(identity)
        select new RuleFault(identity, Message(identity), "inputs", "rule");

    private static bool Fits(MeasureIdentity identity) =>
        identity.Rule switch
        {
            IdentityRule.Ratio or IdentityRule.Share => identity.Inputs.Count == 2,
            IdentityRule.Sum or IdentityRule.Difference => identity.Inputs.Count >= 2,
            _ => identity.Inputs.Count == 1,
        };

    private static string Message(MeasureIdentity identity)
    {
        var needed = identity.Rule switch
        {
            IdentityRule.Ratio => "exactly 2 (numerator, denominator)",
            IdentityRule.Share => "exactly 2 (part, total)",
            IdentityRule.Sum or IdentityRule.Difference => "at least 2",
            _ => "exactly 1",
        };
        var rule = Vocabularies.IdentityRules.Word(identity.Rule);
        return Invariant($"rule '{rule}' has {identity.Inputs.Count} inputs; it takes {needed}");
    }
}
