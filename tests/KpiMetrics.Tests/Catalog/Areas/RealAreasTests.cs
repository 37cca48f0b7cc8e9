using KpiMetrics.Core.Catalog;
using KpiMetrics.Pipeline.Catalog;
using KpiMetrics.Pipeline.Catalog.Areas;
using KpiMetrics.Tests.Support;

namespace KpiMetrics.Tests.Catalog.Areas;

/// <summary>All areas of the country and their lineage, imported over the shipped ones.</summary>
public sealed class RealAreasTests : IDisposable
{
    // Island districts that had no communes: what they were made from has no commune code.
    private static readonly string[] WithoutPredecessor = ["11948", "19742", "20333", "21548", "26732"];

    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Import_ProvincesCommunesAndLineage_GiveBothMaps()
    {
        var on = new DateOnly(2025, 7, 1);
        var provinces = Import("provinces-2025", new() { Level = AreaLevel.Province, From = on });
        var communes = Import("communes-2025", new() { Level = AreaLevel.Commune, From = on });
        var lineage = Import("lineage-2025", new() { On = on });

        Assert.Equal((34, 31, 3, 0), (provinces.Rows, provinces.New, provinces.Known, provinces.Refused));
        Assert.Equal((3321, 3321, 0, 0), (communes.Rows, communes.New, communes.Known, communes.Refused));
        Assert.Equal((10602, 10597, 0, 5), (lineage.Rows, lineage.New, lineage.Known, lineage.Refused));
        Assert.All(
            lineage.Refusals,
            refusal => Assert.StartsWith("'old_code' is empty", refusal.Message, StringComparison.Ordinal)
        );
        var catalog = Catalog();
        Assert.Equal(34, Standing(catalog, AreaLevel.Province, on));
        Assert.Equal(3321, Standing(catalog, AreaLevel.Commune, on));
        Assert.Equal(63, Standing(catalog, AreaLevel.Province, on.AddDays(-1)));
        Assert.Equal(10035, Standing(catalog, AreaLevel.Commune, on.AddDays(-1)));

        var made = catalog.Areas.Where(area => area.Level == AreaLevel.Commune && area.From == on).ToList();
        Assert.Equal(WithoutPredecessor, made.Where(area => catalog.OriginsOf(area).Count == 0).Select(area => area.Code));
        var old = catalog.Areas.Where(area => area.Level == AreaLevel.Commune && area.To is not null).ToList();
        Assert.Equal(471, old.Count(area => catalog.SuccessorsOf(area).Count > 1));
        Assert.All(old, area => Assert.Equal(catalog.SuccessorsOf(area).Count > 1, catalog.SuccessorsOf(area)[0].Weight is null));
        Assert.All(old, area => Assert.NotEmpty(catalog.SuccessorsOf(area)));

        Assert.Equal("Tỉnh Bắc Giang", catalog.FindArea("24", new(2024, 6, 1))?.Name);
        Assert.Equal("Tỉnh Bắc Ninh", catalog.FindArea("24", new(2026, 6, 1))?.Name);
        var bacNinh = catalog.FindArea("24", on);
        Assert.Equal(
            ["24@1997-01-01", "27@1997-01-01"],
            bacNinh is null ? [] : catalog.OriginsOf(bacNinh).Select(link => link.Area.Id)
        );
        Assert.Equal(99, bacNinh is null ? 0 : catalog.ChildrenOf(bacNinh, on).Count());

        Assert.True(Read("provinces-2025", new() { Level = AreaLevel.Province, From = on }).ChangesNothing);
        Assert.True(Read("communes-2025", new() { Level = AreaLevel.Commune, From = on }).ChangesNothing);
        Assert.True(Read("lineage-2025", new() { On = on }).ChangesNothing);
    }

    private AreaStore Store => new(folder.File("areas"));

    private AreaImportResult Import(string name, AreaImportOptions options)
    {
        var result = Read(name, options);
        Store.Save(name, result, [CatalogFolder.RepositorySeeds], dryRun: false);
        return result;
    }

    private AreaImportResult Read(string name, AreaImportOptions options) =>
        AreaImport.Read(Repository.Shared($"data/areas/{name}.csv"), options, Catalog());

    private CatalogSnapshot Catalog()
    {
        var reading = CatalogReader.Read([CatalogFolder.RepositorySeeds, .. Store.Files]);
        Assert.Empty(reading.Faults);
        return reading.Snapshot ?? throw new InvalidOperationException();
    }

    private static int Standing(CatalogSnapshot catalog, AreaLevel level, DateOnly day) =>
        catalog.Areas.Count(area => area.Level == level && area.IsValidOn(day));
}
