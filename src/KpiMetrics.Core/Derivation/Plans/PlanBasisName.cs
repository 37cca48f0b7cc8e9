namespace KpiMetrics.Core.Derivation.Plans;

/// <summary>What the bases are called in explanations and exports.</summary>
public static class PlanBasisName
{
    public static string Name(this PlanBasis basis) =>
        basis switch
        {
            PlanBasis.Explicit => "explicit",
            PlanBasis.Seasonal => "seasonal",
            _ => "even",
        };
}
