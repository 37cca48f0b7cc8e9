using KpiMetrics.Core.Catalog;
using KpiMetrics.Pipeline.Catalog.Areas;
using KpiMetrics.Tests.Commands;
using KpiMetrics.Tests.Support;

namespace KpiMetrics.Tests.Demo;

public sealed class DemoAreasTests : IDisposable
{
    private static readonly string Demo = Path.Combine(DemoWorld.Seeds, "demo");

    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void DemoAreas_WithoutTheFolder_AreNotInTheCatalog()
    {
        Assert.Null(DemoWorld.Read(DemoWorld.Seeds).FindArea("02647", new(2026, 1, 1)));
        Assert.Equal("Phường Lào Cai", DemoWorld.Catalog.FindArea("02647", new(2026, 1, 1))?.FullName);
        Assert.Equal(9, DemoWorld.Catalog.Areas.Count(area => area.Level == AreaLevel.Commune));
    }

    [Fact]
    public void DemoAreas_AllCommunesImportedWithoutThem_AgreeWithTheDemoOnAndOff()
    {
        var list = Import(DemoWorld.Seeds);

        Assert.Equal(9, DemoWorld.Catalog.Areas.Count(area => area.Level == AreaLevel.Commune));
        Assert.Equal(3321, Communes(DemoWorld.Read(DemoWorld.Seeds, list)));
        Assert.Equal(3321, Communes(DemoWorld.Read(DemoWorld.Seeds, Demo, list)));
        var laoCai = DemoWorld.Read(DemoWorld.Seeds, Demo, list).FindArea("02647", new(2026, 1, 1));
        Assert.Equal(("Phường Lào Cai", "15", 22.4979m), (laoCai?.FullName, laoCai?.Parent, laoCai?.Latitude));
    }

    [Theory]
    [InlineData("true")]
    [InlineData("false")]
    public async Task DemoAreas_CommuneImportedWhileTheDemoIsOn_IsThereWhetherItIsOnOrOff(string isOn)
    {
        using var cli = new Cli();
        var file = cli.Folder.Write("communes.csv", "code,name,type,parent,lat,lon\n02647,Lào Cai,Phường,15,22.4979,104.015\n");

        var imported = await cli.RunAsync(
            "areas",
            "import",
            file,
            "--level",
            "commune",
            "--from",
            "2025-07-01",
            "--Demo:Enabled=true"
        );
        var shown = await cli.RunAsync("areas", "show", "02647", $"--Demo:Enabled={isOn}");

        Assert.Equal((0, 0), (imported.Exit, shown.Exit));
        Assert.Equal("02647  Phường Lào Cai", shown.Lines[0]);
    }

    private string Import(params string[] catalog)
    {
        var on = new DateOnly(2025, 7, 1);
        var store = new AreaStore(folder.File("areas"));
        foreach (var (name, level) in new[] { ("provinces-2025", AreaLevel.Province), ("communes-2025", AreaLevel.Commune) })
        {
            var file = Repository.Shared($"data/areas/{name}.csv");
            var read = AreaImport.Read(file, new() { Level = level, From = on }, DemoWorld.Read([.. catalog, .. store.Files]));
            Assert.Equal(0, read.Refused);
            store.Save("all", read, catalog, dryRun: false);
        }
        return store.Files.Single();
    }

    private static int Communes(CatalogSnapshot catalog) => catalog.Areas.Count(area => area.Level == AreaLevel.Commune);
}
