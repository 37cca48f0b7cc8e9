namespace KpiMetrics.Pipeline.Catalog.Yaml;

/// <param name="Line">Of the key.</param>
internal readonly record struct YamlEntry(int Line, string Key, YamlItem Value);
