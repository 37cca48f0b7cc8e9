namespace KpiMetrics.Pipeline.Ledger;

/// <summary>The names of roles: <c>viewer</c>, <c>agency</c>, <c>operator</c>, <c>admin</c>.</summary>
public static class TokenRoleName
{
    /// <summary>What a message lists as allowed.</summary>
    public const string Allowed = "viewer, agency, operator, admin";

    public static string Name(this TokenRole role) =>
        role switch
        {
            TokenRole.Viewer => "viewer",
            TokenRole.Agency => "agency",
            TokenRole.Operator => "operator",
            _ => "admin",
        };

    public static bool TryParse(string name, out TokenRole role)
    {
        foreach (var known in Enum.GetValues<TokenRole>())
        {
            if (known.Name() == name)
            {
                role = known;
                return true;
            }
        }
        role = default;
        return false;
    }
}
