using System.Text;

namespace KpiMetrics.Tests.Commands;

public sealed class AreasImportTests : IDisposable
{
    private const string Communes =
        "code,name,type,province_code,lat,lon,area_km2\n07101,Mới 1,Phường,24,21.1,106.1,12.5\n07102,Mới 2,Xã,24,,,\n";

    private readonly Cli cli = new();

    public void Dispose() => cli.Dispose();

    [Fact]
    public async Task List_New_IsKeptAndKnownTheSecondTime()
    {
        Assert.Equal(new(0, "2 areas: 2 new, 0 already known, 0 refused; kept as 'in'\n", ""), await ListAsync(Communes));
        var kept = await File.ReadAllTextAsync(Kept("in"), TestContext.Current.CancellationToken);

        Assert.Equal(new(0, "2 areas: 0 new, 2 already known, 0 refused; nothing changed\n", ""), await ListAsync(Communes));
        Assert.Equal(kept, await File.ReadAllTextAsync(Kept("in"), TestContext.Current.CancellationToken));
        Assert.Equal([Kept("in")], Directory.GetFiles(Path.Combine(cli.Data, "areas")));
    }

    [Theory]
    [InlineData(true, NormalizationForm.FormC)]
    [InlineData(false, NormalizationForm.FormD)]
    public async Task List_ByteOrderMarkOrDecomposed_IsTheSame(bool hasMark, NormalizationForm form)
    {
        var file = cli.Folder.File("in.csv");
        await File.WriteAllTextAsync(
            file,
            Communes.Normalize(form).Replace(',', ';'),
            new UTF8Encoding(hasMark),
            TestContext.Current.CancellationToken
        );

        Assert.Equal(0, (await cli.RunAsync("areas", "import", file, "--level", "commune", "--from", "2025-07-01")).Exit);
        Assert.Equal("07101  Phường Mới 1", (await cli.RunAsync("areas", "show", "07101")).Lines[0]);
    }

    [Fact]
    public async Task List_WhileAnotherIsImported_IsNotKept()
    {
        Directory.CreateDirectory(cli.Data);
        await using (new FileStream(Path.Combine(cli.Data, "areas.lock"), FileMode.Create, FileAccess.ReadWrite, FileShare.None))
        {
            var result = await ListAsync(Communes);

            Assert.Equal(1, result.Exit);
            Assert.Contains("one list at a time; nothing was changed", result.Error, StringComparison.Ordinal);
        }
        Assert.Equal(0, (await ListAsync(Communes)).Exit);
    }

    [Fact]
    public async Task List_DryRun_KeepsNothing()
    {
        var result = await ListAsync(Communes, "--dry-run");

        Assert.Equal(new(0, "2 areas: 2 new, 0 already known, 0 refused (dry run: nothing was kept)\n", ""), result);
        Assert.Empty(Directory.GetFiles(Path.Combine(cli.Data, "areas")));
    }

    [Fact]
    public async Task List_KnownProvinceWithItsPosition_IsCompleted()
    {
        var result = await ListAsync(
            "code,name,lat,lon\n24,Tỉnh Bắc Ninh,21.2,106.1\n01,Thành phố Hà Nội,21,105.7\n",
            "--level",
            "province"
        );

        Assert.Equal("2 areas: 1 new, 1 already known (1 completed), 0 refused; kept as 'in'\n", result.Out);
        Assert.Contains("position      21.2 N, 106.1 E", (await cli.RunAsync("areas", "show", "24")).Lines);
        Assert.Contains("lies in       VN@1945-09-02 Việt Nam", (await cli.RunAsync("areas", "show", "01")).Lines);
    }

    [Fact]
    public async Task List_MoreUnderTheSameName_IsAdded()
    {
        await ListAsync(Communes);

        await ListAsync("code,name,province_code,lat,lon\n07102,Mới 2,24,21,106\n07103,Mới 3,24,,\n");

        Assert.Equal([Kept("in")], Directory.GetFiles(Path.Combine(cli.Data, "areas")));
        Assert.Equal(
            "07101 07102 07103",
            string.Join(' ', (await cli.RunAsync("areas", "list", "--level", "commune")).Lines.Select(line => line[..5]))
        );
        Assert.Contains("position      21 N, 106 E", (await cli.RunAsync("areas", "show", "07102")).Lines);
    }

    [Theory]
    [InlineData("07101,,24,", "area '07101': 'code' and 'name' are needed")]
    [InlineData("07101,Mới,99,", "parent '99' is no area above a commune on 2025-07-01")]
    [InlineData("7101,Mới,24,", "code '7101' has fewer than the 5 digits of a commune; was a leading zero lost")]
    [InlineData("xa-1,Mới,24,", "code 'xa-1' is not made of upper-case letters")]
    [InlineData("07101,Mới,24,\"21,5\"", "area '07101': 'latitude' is '21,5'; expected a number such as 12 or 0.5")]
    [InlineData("07101,Mới,24", "3 cells; the header has 4")]
    [InlineData("07109,Một,24,22", "area '07109': line 3 has the same code and first day")]
    public async Task List_BadRow_IsRefusedAndTheOthersKept(string row, string expected)
    {
        var result = await ListAsync($"code,name,province_code,lat\n07108,Tốt,24,\n07109,Một,24,21\n{row}\n");

        Assert.Equal((2, "3 areas: 2 new, 0 already known, 1 refused; kept as 'in'\n"), (result.Exit, result.Out));
        Assert.StartsWith($"{cli.Folder.File("in.csv")}:4: {expected}", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("24,Tỉnh Bắc Giang,2025-07-01", "'name' is 'Tỉnh Bắc Giang'; the catalog has 'Tỉnh Bắc Ninh'")]
    [InlineData("24,Tỉnh Bắc Ninh,2025-08-01", "the code is borne by 24@2025-07-01 (Tỉnh Bắc Ninh), which stands then")]
    public async Task List_AgainstTheCatalog_IsRefused(string row, string expected)
    {
        var result = await ListAsync($"code,name,from\n{row}\n", "--level", "province");

        Assert.Equal((2, "1 areas: 0 new, 0 already known, 1 refused; nothing changed\n"), (result.Exit, result.Out));
        Assert.EndsWith($":2: area '24': {expected}\n", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("code,name\n01,\"Hà Nội\n04,Cao Bằng\n", "in.csv:2: a quote that is opened here is not closed on its line")]
    [InlineData("code,name\n01,Hà Nội\n", "The list has no 'level' in every row: give --level province or --level commune.")]
    [InlineData("mã,tên\n01,Hà Nội\n", "in.csv:1: the first line must name the columns, among them code or old_code")]
    [InlineData("", "in.csv:1: the first line must name the columns")]
    [InlineData("code,name,code\n", "column 'code' is there twice")]
    [InlineData("old_code,new_code\n07001,07101\n", "The file is a lineage: give --on with the first day of the new areas")]
    public async Task Import_NotAnAreaFile_SaysWhatIsNeeded(string text, string expected) =>
        (await cli.RunAsync("areas", "import", cli.Folder.Write("in.csv", text), "--from", "2025-07-01")).FailedWith(expected);

    [Fact]
    public async Task Import_NameThatIsNoFileName_IsRefused() =>
        (await ListAsync(Communes, "--name", "../ledger")).FailedWith("The import cannot be called '../ledger'; give a --name");

    [Fact]
    public async Task Lineage_WithProvinces_AddsBothOldMapsAndLinks()
    {
        var result = await LineageAsync(
            "old_code,old_name,old_province_code,old_province,new_code,new_province_code,divided",
            "07001,Xã Một,24,Tỉnh Bắc Giang,07101,24,0",
            "09001,Xã Ngoài,33,Tỉnh Hưng Yên,07101,24,0"
        );

        Assert.Equal(
            new(0, "2 links: 2 new, 0 already known, 0 refused; 3 old areas were added; kept as 'lineage'\n", ""),
            result
        );
        Assert.Contains(
            "lies in       24@1997-01-01 Tỉnh Bắc Giang",
            (await cli.RunAsync("areas", "show", "07001", "--at", "2025-06-30")).Lines
        );
        Assert.Contains(
            "went into     24@2025-07-01 Tỉnh Bắc Ninh: whole",
            (await cli.RunAsync("areas", "show", "33", "--at", "2025-06-30")).Lines
        );
    }

    [Theory]
    [InlineData(",Xã,24,07101,0,", "'old_code' is empty; without its code an area has no identity")]
    [InlineData("07001,Xã,24,07199,0,", "no area bears code '07199' on 2025-07-01; import the list of the new areas first")]
    [InlineData("07001,,24,07101,0,", "no area bears old_code '07001' on 2025-06-30, and 'old_name' is empty")]
    [InlineData("07001,Xã,99,07101,0,", "no area bears old_province_code '99' on 2025-06-30, and 'old_province' is empty")]
    [InlineData("7001,Xã,24,07101,0,", "code '7001' has fewer than the 5 digits")]
    [InlineData("07001,Xã,24,07101,1,", "'07001' is said to be divided, but only 07101@2025-07-01 is named; name the others")]
    [InlineData("07001,Xã,24,07101,có,", "'divided' is 'có'; allowed: 0, 1 or empty")]
    [InlineData("07001,Xã,24,07101,1,0.x", "'weight' is '0.x'; expected a number")]
    public async Task Lineage_BadRow_IsRefusedAndRowsOfOtherAreasKept(string row, string expected)
    {
        var result = await LineageAsync(
            "old_code,old_name,old_province_code,new_code,divided,weight",
            "07002,Xã Hai,24,07102,0,",
            row
        );

        Assert.Equal(
            (2, "2 links: 1 new, 0 already known, 1 refused; 1 old areas were added; kept as 'lineage'\n"),
            (result.Exit, result.Out)
        );
        Assert.StartsWith($"{cli.Folder.File("lineage.csv")}:3: {expected}", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lineage_OneRowIsBad_RefusesWhatHangsTogetherWithIt()
    {
        var result = await LineageAsync(
            "old_code,old_name,old_province_code,new_code,divided",
            ",Xã Không Mã,24,07101,0",
            "07001,Xã Một,24,07101,1",
            "07001,Xã Một,24,07102,1",
            "07002,Xã Hai,24,07102,0"
        );

        Assert.Equal((2, "4 links: 0 new, 0 already known, 4 refused; nothing changed\n"), (result.Exit, result.Out));
        Assert.Contains(
            ":3: a new area's predecessors are taken together or not at all, and line 2, which also has new_code '07101', is refused\n",
            result.Error,
            StringComparison.Ordinal
        );
        Assert.Contains(":5: a new area's predecessors are taken together", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0.25", "0.75", 0)]
    [InlineData("0.25", "0.5", 2)]
    [InlineData("0.25", "", 2)]
    public async Task Lineage_Weights_AreTakenWhereTheyAddUp(string one, string two, int exit)
    {
        var result = await LineageAsync(
            "old_code,old_name,old_province_code,new_code,divided,weight",
            $"07001,Xã Một,24,07101,1,{one}",
            $"07001,Xã Một,24,07102,1,{two}"
        );

        Assert.Equal(exit, result.Exit);
        if (exit == 0)
            Assert.Contains(
                "made from     07001@2004-07-08 Xã Một: 0.25 of it, divided into 07101@2025-07-01, 07102@2025-07-01",
                (await cli.RunAsync("areas", "show", "07101")).Lines
            );
    }

    [Fact]
    public async Task Lineage_SaidToBeWholeButInTwo_IsTakenAsDividedAndNoted()
    {
        var result = await LineageAsync(
            "old_code,old_name,old_province_code,new_code,divided",
            "07001,Xã Một,24,07101,0",
            "07001,Xã Một,24,07102,0"
        );

        Assert.Equal(0, result.Exit);
        Assert.EndsWith(
            "lineage.csv: line 2: '07001' is said to be whole, but went into 2 areas: taken as divided\n",
            result.Error,
            StringComparison.Ordinal
        );
        Assert.Contains("no weights", (await cli.RunAsync("areas", "show", "07101")).Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("24", "", "", 0)]
    [InlineData("27", "Tỉnh Bắc Ninh", "", 0)]
    [InlineData("27", "Tỉnh Khác", "'old_name' is 'Tỉnh Khác'; 27@1997-01-01 is 'Tỉnh Bắc Ninh'", 2)]
    public async Task Lineage_OfProvincesThatAreKnown_UsesThem(string code, string name, string error, int exit)
    {
        var file = cli.Folder.Write("provinces.csv", $"old_code,old_name,new_code\n{code},{name},24\n");

        var result = await cli.RunAsync("areas", "import", file, "--on", "2025-07-01");

        Assert.Equal(exit, result.Exit);
        Assert.DoesNotContain("old areas were added", result.Out, StringComparison.Ordinal);
        if (exit > 0)
            Assert.Contains(error, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_BrokenFileInTheFolder_IsNamedByEveryCommand()
    {
        var file = cli.Folder.Write("data/areas/broken.csv", "x\n");

        (await cli.RunAsync("catalog", "list")).FailedWith($"{file}:1: the first line must name the columns");
    }

    private string Kept(string name) => Path.Combine(cli.Data, "areas", $"{name}.csv");

    private Task<CliResult> ListAsync(string text, params string[] options)
    {
        string[] level = options.Contains("--level") ? [] : ["--level", "commune"];
        return cli.RunAsync(["areas", "import", cli.Folder.Write("in.csv", text), "--from", "2025-07-01", .. level, .. options]);
    }

    private async Task<CliResult> LineageAsync(params string[] lines)
    {
        Assert.Equal(0, (await ListAsync(Communes)).Exit);
        var file = cli.Folder.Write("lineage.csv", string.Join('\n', [.. lines, ""]));
        return await cli.RunAsync("areas", "import", file, "--on", "2025-07-01");
    }
}
