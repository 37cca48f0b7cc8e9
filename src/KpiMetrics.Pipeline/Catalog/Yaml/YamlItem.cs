namespace KpiMetrics.Pipeline.Catalog.Yaml;

/// <summary>One node of a YAML file, with the line it begins on, from 1.</summary>
internal abstract record YamlItem(int Line)
{
    /// <summary>What a message calls the node.</summary>
    public abstract string Description { get; }
}
