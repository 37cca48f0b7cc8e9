namespace KpiMetrics.Pipeline.Catalog.Yaml;

internal sealed record YamlList(int Line, IReadOnlyList<YamlItem> Items) : YamlItem(Line)
{
    public override string Description => "a list";
}
