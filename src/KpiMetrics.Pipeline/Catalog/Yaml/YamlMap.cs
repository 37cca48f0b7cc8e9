namespace KpiMetrics.Pipeline.Catalog.Yaml;

/// <summary>Keys and values in the order of the file; a key that comes twice is still there twice.</summary>
internal sealed record YamlMap(int Line, IReadOnlyList<YamlEntry> Entries) : YamlItem(Line)
{
    public override string Description => "a mapping of keys";
}
