using KpiMetrics.Tests.Commands;

namespace KpiMetrics.Tests.Derivation.RealData;

/// <summary>The same by the commands: both maps can be asked, the old provinces keep their own figures, and a break is status B.</summary>
public sealed class MergedProvinceCommandTest : IDisposable
{
    private readonly Cli cli = new();

    public void Dispose() => cli.Dispose();

    [Fact]
    public async Task Areas_BeforeAndAfterTheMerger_AreBothShown()
    {
        var before = await cli.RunAsync("areas", "show", "24", "--at", "2025-06-30");
        var after = await cli.RunAsync("areas", "show", "24", "--at", "2025-07-01");

        Assert.Equal(("24  Tỉnh Bắc Giang", "identity      24@1997-01-01"), (before.Lines[0], before.Lines[1]));
        Assert.Contains("went into     24@2025-07-01 Tỉnh Bắc Ninh: whole", before.Lines);
        Assert.Equal(("24  Tỉnh Bắc Ninh", "identity      24@2025-07-01"), (after.Lines[0], after.Lines[1]));
        Assert.Contains("made from     24@1997-01-01 Tỉnh Bắc Giang: whole", after.Lines);
        Assert.Contains("made from     27@1997-01-01 Tỉnh Bắc Ninh: whole", after.Lines);
    }

    [Fact]
    public async Task Export_AcrossTheMerger_KeepsBothMapsApart()
    {
        await ImportAsync("MG-01.01,24,2024-01,560", "MG-01.01,24,2025-01,700", "MG-01.01,27,2025-01,300");
        var old = await ExportAsync("--area", "27");
        await ImportAsync("MG-01.01,24,2026-01,1200");

        Assert.Equal(old, await ExportAsync("--area", "27"));
        Assert.Contains(
            "merger,MG-01,MG-01.01,,27,M,2025-01,300,Tấn,A,official,1,",
            Assert.Single(old),
            StringComparison.Ordinal
        );
        var both = await ExportAsync("--area", "24");
        // Bắc Giang against itself; the new province, by hand, 1200 against 700 + 300; of 2024 Bắc Ninh is missing.
        Assert.Equal(
            ["2024-01,560,,1", "2025-01,700,25,1", "2025-01,1000,,", "2026-01,1200,20,1"],
            both.Select(line => line.Split(',')).Select(cell => $"{cell[6]},{cell[7]},{cell[14]},{cell[11]}")
        );
    }

    [Fact]
    public async Task Export_OfABreak_HasStatusBAndSaysWhy()
    {
        await ImportAsync("MG-01.05,24,2025-01,90", "MG-01.05,27,2025-01,75", "MG-01.05,24,2026-01,95");

        var line = Assert.Single(
            await ExportAsync("--area", "24", "--to", "2025-01"),
            line => line.Contains(",B,", StringComparison.Ordinal)
        );
        Assert.StartsWith("merger,MG-01,MG-01.05,,24@2025-07-01,M,2025-01,,%,B,official,,", line, StringComparison.Ordinal);
        var json = await cli.RunAsync("export", "--set", "merger", "--sets", Sets, "--from", "2026-01", "--format", "json");
        Assert.Contains(
            "\"yoy_why\": \"break in the series: Tỉnh Bắc Giang (24@1997-01-01), Tỉnh Bắc Ninh (27@1997-01-01) became one, ",
            json.Out,
            StringComparison.Ordinal
        );
    }

    private static string Sets => Case.PathOf("merger");

    private async Task ImportAsync(params string[] rows)
    {
        var lines = rows.Select(row => $"MG-01,{row},");
        var result = await cli.RunAsync("import", cli.Csv("in.csv", [.. lines]), "--set", "merger", "--sets", Sets);
        Assert.Equal((0, ""), (result.Exit, result.Error));
    }

    // By month only; without the header.
    private async Task<string[]> ExportAsync(params string[] options)
    {
        var result = await cli.RunAsync(["export", "--set", "merger", "--sets", Sets, "--freq", "M", .. options]);
        Assert.Equal((0, ""), (result.Exit, result.Error));
        return result.Lines[1..];
    }
}
