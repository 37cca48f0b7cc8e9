namespace KpiMetrics.Pipeline.Catalog;

/// <summary>A set whose place was taken by another of its code, from a folder named later.</summary>
/// <param name="File">Where the one stands that counts.</param>
/// <param name="Earlier">Where the one stands that does not.</param>
public sealed record ReplacedSet(string Code, string File, string Earlier);
