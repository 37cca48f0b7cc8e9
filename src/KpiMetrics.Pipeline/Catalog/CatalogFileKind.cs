namespace KpiMetrics.Pipeline.Catalog;

/// <summary>What a file of a catalog holds, by the folder it lies in.</summary>
internal enum CatalogFileKind
{
    Set,
    Areas,
    Holidays,
}
