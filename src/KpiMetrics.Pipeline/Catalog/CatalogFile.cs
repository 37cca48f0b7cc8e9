using KpiMetrics.Pipeline.Catalog.Areas;

namespace KpiMetrics.Pipeline.Catalog;

/// <param name="Problem">Not null: there is nothing to read at the path, and this is why.</param>
internal sealed record CatalogFile(string Path, CatalogFileKind Kind, string? Problem = null)
{
    public bool IsAreas => Kind == CatalogFileKind.Areas;

    /// <summary>True for the lists that <c>areas import</c> writes, which are CSV.</summary>
    public bool IsList => IsAreas && AreaStore.IsList(Path);
}
