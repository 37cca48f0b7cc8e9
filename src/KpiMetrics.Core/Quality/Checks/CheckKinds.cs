using KpiMetrics.Core.Catalog;

namespace KpiMetrics.Core.Quality.Checks;

/// <summary>From the catalog's rules to kinds of checks, and from those to the codes of findings.</summary>
public static class CheckKinds
{
    public static CheckKind Of(IdentityRule rule) =>
        rule switch
        {
            IdentityRule.Ratio or IdentityRule.Share => CheckKind.IdentityRatio,
            IdentityRule.RatioOf => CheckKind.IdentityRatioOf,
            IdentityRule.Sum => CheckKind.IdentitySum,
            IdentityRule.SumOfSubjects => CheckKind.IdentitySumOfSubjects,
            IdentityRule.Difference => CheckKind.IdentityDifference,
            IdentityRule.AtMost => CheckKind.AtMost,
            _ => CheckKind.IdentityEqual,
        };

    public static CheckKind Of(DerivedRule rule) =>
        rule switch
        {
            DerivedRule.Ytd or DerivedRule.Sum => CheckKind.DerivedSum,
            DerivedRule.Difference => CheckKind.DerivedDifference,
            DerivedRule.Ratio or DerivedRule.Share or DerivedRule.Plan => CheckKind.DerivedQuotient,
            _ => CheckKind.DerivedChange,
        };

    /// <summary>The stable code of a contradiction: <c>identity-ratio</c>, <c>reconcile-months</c>, ...; a suspicion has that of its detection.</summary>
    public static string Code(this CheckKind kind) =>
        kind switch
        {
            CheckKind.IdentityRatio or CheckKind.IdentityRatioOf => "identity-ratio",
            CheckKind.IdentitySum or CheckKind.IdentitySumOfSubjects => "identity-sum",
            CheckKind.IdentityDifference => "identity-difference",
            CheckKind.IdentityEqual => "identity-equal",
            CheckKind.AtMost => "at-most",
            CheckKind.PeriodsSum or CheckKind.PeriodsLast or CheckKind.PeriodsOther => "reconcile-months",
            CheckKind.AreasSum or CheckKind.AreasRatio => "reconcile-areas",
            CheckKind.CumulativeOfFlows => "reconcile-cumulative",
            CheckKind.CumulativeFall => "cumulative-fall",
            CheckKind.Sources => "sources-differ",
            CheckKind.Statistical => "suspicious",
            _ => "reconcile-derived",
        };
}
