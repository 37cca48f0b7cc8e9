namespace KpiMetrics.Pipeline.Catalog;

/// <summary>The keys that one kind of mapping in a catalog file must and may have.</summary>
/// <param name="Name">The name of its definition in the JSON Schema: <c>measure</c>.</param>
/// <param name="Noun">What messages call it.</param>
public sealed record CatalogShape(string Name, string Noun, IReadOnlyList<string> Required, IReadOnlyList<string> Optional)
{
    /// <summary>The key whose value messages call the mapping by; null for <c>code</c>, or <c>set</c> where there is none.</summary>
    public string? NamedBy { get; init; }

    public bool Has(string key) => Required.Concat(Optional).Contains(key, StringComparer.Ordinal);

    internal string Allowed => string.Join(", ", Required.Concat(Optional));
}
