namespace KpiMetrics.Core.Figures;

/// <summary>The names of vintages in files: <c>estimate</c>, <c>preliminary</c>, <c>official</c>.</summary>
public static class VintageName
{
    /// <summary>What a message lists as allowed.</summary>
    public const string Allowed = "estimate, preliminary, official";

    public static string Name(this Vintage vintage) =>
        vintage switch
        {
            Vintage.Estimate => "estimate",
            Vintage.Preliminary => "preliminary",
            _ => "official",
        };

    public static bool TryParse(string? text, out Vintage vintage)
    {
        vintage = text switch
        {
            "estimate" => Vintage.Estimate,
            "preliminary" => Vintage.Preliminary,
            _ => Vintage.Official,
        };
        return text is "estimate" or "preliminary" or "official";
    }
}
