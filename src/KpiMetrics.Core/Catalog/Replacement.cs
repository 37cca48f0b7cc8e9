namespace KpiMetrics.Core.Catalog;

/// <summary>Which indicator or measure of the set one takes the place of (DESIGN 4.10).</summary>
/// <param name="Continues">True where the history of the old one is the history of the new one; false where counting begins anew.</param>
public sealed record Replacement(string Code, bool Continues);
