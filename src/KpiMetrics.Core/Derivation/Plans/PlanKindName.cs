namespace KpiMetrics.Core.Derivation.Plans;

/// <summary>What the kinds of plan are called in files.</summary>
public static class PlanKindName
{
    /// <summary>What a message lists as allowed.</summary>
    public const string Allowed = "assigned (giao), adjusted (dieu-chinh)";

    public static string Name(this PlanKind kind) => kind == PlanKind.Adjusted ? "adjusted" : "assigned";

    /// <summary>Reads the English name, or the Vietnamese one with or without its marks.</summary>
    public static bool TryParse(string text, out PlanKind kind)
    {
        var name = text.ToLowerInvariant();
        kind = name is "adjusted" or "dieu-chinh" or "điều chỉnh" ? PlanKind.Adjusted : PlanKind.Assigned;
        return kind == PlanKind.Adjusted || name is "assigned" or "giao";
    }
}
