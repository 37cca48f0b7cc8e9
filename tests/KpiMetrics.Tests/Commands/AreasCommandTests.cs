using System.Text.Json;

namespace KpiMetrics.Tests.Commands;

public sealed class AreasCommandTests : IDisposable
{
    private readonly Cli cli = new();

    public void Dispose() => cli.Dispose();

    [Theory]
    [InlineData("2024-06-01", "24  Tỉnh Bắc Giang", "went into     24@2025-07-01 Tỉnh Bắc Ninh: whole")]
    [InlineData("2026-06-01", "24  Tỉnh Bắc Ninh", "made from     27@1997-01-01 Tỉnh Bắc Ninh: whole")]
    public async Task Show_CodeUsedAgain_IsTheAreaOfTheDay(string at, string first, string contained)
    {
        var result = await cli.RunAsync("areas", "show", "24", "--at", at);

        Assert.Equal((0, first), (result.Exit, result.Lines[0]));
        Assert.Contains(contained, result.Lines);
    }

    [Fact]
    public async Task Show_WithoutDay_IsOfToday() =>
        Assert.Contains("identity      24@2025-07-01", (await cli.RunAsync("areas", "show", "24")).Lines);

    [Theory]
    [InlineData("27", "No area bears code '27' on 2026-11-20; it was borne by Tỉnh Bắc Ninh from 1997-01-01 to 2025-06-30.\n")]
    [InlineData("99", "No area bears code '99' on 2026-11-20; no area of the catalog ever did.\n")]
    public async Task Show_CodeNobodyBears_SaysWhoEverDid(string code, string message) =>
        Assert.Equal(new(1, "", message), await cli.RunAsync("areas", "show", code));

    [Theory]
    [InlineData("2025-13-01")]
    [InlineData("1/7/2025")]
    public async Task Show_NoDay_IsRefused(string at) =>
        (await cli.RunAsync("areas", "show", "24", "--at", at)).FailedWith($"--at '{at}' is no day from 1900 to 2199");

    [Fact]
    public async Task Show_Json_HasPredecessorsWithTheirWeights()
    {
        using var json = JsonDocument.Parse((await cli.RunAsync("areas", "show", "24", "--json")).Out);

        var area = json.RootElement;
        Assert.Equal(
            ("24@2025-07-01", "VN@1945-09-02"),
            (area.GetProperty("id").GetString(), area.GetProperty("parent").GetString())
        );
        Assert.Equal(
            [("24@1997-01-01", 1m), ("27@1997-01-01", 1m)],
            area.GetProperty("predecessors")
                .EnumerateArray()
                .Select(part => (part.GetProperty("id").GetString(), part.GetProperty("weight").GetDecimal()))
        );
    }

    [Fact]
    public async Task Show_DividedCommune_SaysIntoWhichAndThatNoWeightsAreKnown()
    {
        await ImportCommunesAsync();
        await ImportLineageAsync("07001,Xã Một,24,07101,1", "07001,Xã Một,24,07102,1", "07002,Xã Hai,24,07102,0");

        var result = await cli.RunAsync("areas", "show", "07102");

        Assert.Contains(
            "made from     07001@2004-07-08 Xã Một: divided into 07101@2025-07-01, 07102@2025-07-01, no weights",
            result.Lines
        );
        Assert.Contains("made from     07002@2004-07-08 Xã Hai: whole", result.Lines);
    }

    [Theory]
    [InlineData("2026-01-01", "province", "15 24 80")]
    [InlineData("2025-06-30", "province", "10 15 24 27 72 80")]
    [InlineData("2025-06-30", "country", "VN")]
    public async Task List_OnADay_IsTheMapOfThatDay(string at, string level, string codes)
    {
        var result = await cli.RunAsync("areas", "list", "--at", at, "--level", level);

        Assert.Equal(codes, string.Join(' ', result.Lines.Select(line => line.Split(' ')[0])));
    }

    [Fact]
    public async Task List_WithinAProvince_IsItsCommunes()
    {
        await ImportCommunesAsync();

        using var json = JsonDocument.Parse((await cli.RunAsync("areas", "list", "--within", "24", "--json")).Out);

        Assert.Equal(
            ["Phường Mới 1", "Phường Mới 2"],
            json.RootElement.EnumerateArray().Select(area => area.GetProperty("name").GetString())
        );
        Assert.Equal("no areas on 2026-11-20\n", (await cli.RunAsync("areas", "list", "--within", "15")).Out);
    }

    [Fact]
    public async Task Remove_AnImport_UndoesIt()
    {
        await ImportCommunesAsync();

        Assert.Equal(0, (await cli.RunAsync("areas", "remove", "communes")).Exit);

        (await cli.RunAsync("areas", "show", "07101")).FailedWith("no area of the catalog ever did");
        (await cli.RunAsync("areas", "remove", "communes")).FailedWith("no imported list 'communes'; allowed: none");
    }

    [Fact]
    public async Task Remove_WhatAnotherImportBuildsOn_IsRefused()
    {
        await ImportCommunesAsync();
        await ImportLineageAsync("07001,Xã Một,24,07101,0");

        var result = await cli.RunAsync("areas", "remove", "communes");

        result.FailedWith("no file defines the area 07101@2025-07-01; here something is only added to it");
        Assert.Equal(0, (await cli.RunAsync("areas", "show", "07101")).Exit);
    }

    [Fact]
    public async Task CatalogCheck_AfterAnImport_CountsItsAreas()
    {
        await ImportCommunesAsync();

        Assert.Contains(
            " 12 areas, holidays of 2025, 2026: no faults",
            (await cli.RunAsync("catalog", "check")).Out,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Import_FiguresOfTheYearBefore_AreTakenForBothPredecessorsAndNoOther()
    {
        var result = await cli.ImportAsync(
            [],
            "CC-F101,CC-F101.01,24,2024,60,",
            "CC-F101,CC-F101.01,27,2024,61,",
            "CC-F101,CC-F101.01,15,2024,62,"
        );

        Assert.Equal((2, "3 rows: 2 recorded, 0 repeated, 1 refused\n"), (result.Exit, result.Out));
        Assert.Contains(
            ":4: area '15' (Tỉnh Yên Bái) on 2024-12-14 is not of this set; ",
            result.Error,
            StringComparison.Ordinal
        );
    }

    private async Task ImportCommunesAsync()
    {
        var file = cli.Folder.Write(
            "communes.csv",
            "code,name,type,province_code\n07101,Mới 1,Phường,24\n07102,Mới 2,Phường,24\n"
        );
        Assert.Equal(0, (await cli.RunAsync("areas", "import", file, "--level", "commune", "--from", "2025-07-01")).Exit);
    }

    private async Task ImportLineageAsync(params string[] lines)
    {
        var file = cli.Folder.Write(
            "lineage.csv",
            string.Join('\n', ["old_code,old_name,old_province_code,new_code,divided", .. lines, ""])
        );
        Assert.Equal(0, (await cli.RunAsync("areas", "import", file, "--on", "2025-07-01")).Exit);
    }
}
