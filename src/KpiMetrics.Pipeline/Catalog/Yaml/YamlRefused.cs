namespace KpiMetrics.Pipeline.Catalog.Yaml;

/// <summary>A node that was refused while the tree was built; its fault is already reported.</summary>
internal sealed record YamlRefused(int Line) : YamlItem(Line)
{
    public override string Description => "refused";
}
