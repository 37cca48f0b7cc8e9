using KpiMetrics.Core.Catalog;
using KpiMetrics.Pipeline.Catalog;
using KpiMetrics.Pipeline.Catalog.Areas;
using KpiMetrics.Tests.Catalog;
using KpiMetrics.Tests.Support;

namespace KpiMetrics.Tests.Derivation.RealData;

/// <summary>The 34 provinces, the 3,321 communes and what they were made from, imported once for a class of tests; skips where they are not there.</summary>
public sealed class RealAreas : IDisposable
{
    private static readonly DateOnly On = new(2025, 7, 1);

    private readonly TempFolder folder = new();
    private readonly AreaStore store;

    private (AreaImportResult Provinces, AreaImportResult Communes, AreaImportResult Lineage)? imported;

    public RealAreas() => store = new(folder.File("areas"));

    public AreaImportResult Provinces => Imported().Provinces;

    public AreaImportResult Communes => Imported().Communes;

    public AreaImportResult Lineage => Imported().Lineage;

    /// <summary>The lists for the catalog to read.</summary>
    public IReadOnlyList<string> Files
    {
        get
        {
            Imported();
            return store.Files;
        }
    }

    public void Dispose() => folder.Dispose();

    /// <summary>A further lineage on top, in a folder of its own: columns old_code, new_code, weight.</summary>
    internal IReadOnlyList<string> With(TempFolder own, string lineage)
    {
        var result = AreaImport.Read(own.Write("weights.csv", lineage), new() { On = On }, Catalog(Files));
        Assert.Empty(result.Refusals);
        var weights = new AreaStore(own.File("areas"));
        weights.Save("weights", result, [CatalogFolder.RepositorySeeds, .. Files], dryRun: false);
        return [.. Files, .. weights.Files];
    }

    // By the first test that asks, in the test itself: a fixture that threw would fail the tests and not skip them.
    private (AreaImportResult Provinces, AreaImportResult Communes, AreaImportResult Lineage) Imported() =>
        imported ??= (
            Import("provinces-2025", new() { Level = AreaLevel.Province, From = On }),
            Import("communes-2025", new() { Level = AreaLevel.Commune, From = On }),
            Import("lineage-2025", new() { On = On })
        );

    private AreaImportResult Import(string name, AreaImportOptions options)
    {
        var result = AreaImport.Read(Repository.Shared($"data/areas/{name}.csv"), options, Catalog(store.Files));
        store.Save(name, result, [CatalogFolder.RepositorySeeds], dryRun: false);
        return result;
    }

    private static CatalogSnapshot Catalog(IReadOnlyList<string> files) =>
        CatalogReader.Read([CatalogFolder.RepositorySeeds, .. files]).Snapshot ?? throw new InvalidOperationException();
}
