using System.Text.Json;
using KpiMetrics.Tests.Catalog;
using KpiMetrics.Tests.Support;

namespace KpiMetrics.Tests.Commands;

public sealed class CatalogCommandTests : IDisposable
{
    private readonly Cli cli = new();

    public void Dispose() => cli.Dispose();

    [Fact]
    public async Task Check_SetsOfTheProgram_HaveNoFaults()
    {
        var result = await CheckAsync();

        Assert.Equal((0, ""), (result.Exit, result.Error));
        Assert.Matches(@"^4 sets, \d+ indicators, \d+ measures, \d+ areas, holidays of 2025, 2026: no faults\n$", result.Out);
    }

    [Fact]
    public async Task Check_FromOctoberOn_WarnsThatTheNextYearsHolidaysAreNotKnown()
    {
        var result = await cli.RunAsync("catalog", "check");

        Assert.Equal(0, result.Exit);
        Assert.StartsWith("warning: the holidays of 2027 are not known: Tết ", result.Error, StringComparison.Ordinal);
        Assert.Contains("add the year to a file in 'holidays'", result.Error, StringComparison.Ordinal);

        cli.Folder.Write(
            "mine/holidays/2027.yaml",
            "version: mine\nyears:\n  - {year: 2027, off: [{from: 2027-01-01, name: Tết}]}\n"
        );
        result = await cli.RunAsync("catalog", "check", "--sets", cli.Folder.File("mine"));
        Assert.Equal((0, ""), (result.Exit, result.Error));
        Assert.EndsWith("holidays of 2025, 2026, 2027: no faults\n", result.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_BrokenFolder_NamesEveryFaultByFileAndLine()
    {
        var set = cli.Folder.Write(
            "broken/demo.yaml",
            CatalogFolder
                .Set.Replace("frequencies: [M]", "frequencies: [X]", StringComparison.Ordinal)
                .Replace("kind: index", "kind: indx", StringComparison.Ordinal)
        );
        var other = cli.Folder.Write("broken/other.yaml", "- no set\n");

        var result = await cli.RunAsync("catalog", "check", "--sets", cli.Folder.File("broken"));

        Assert.Equal((1, ""), (result.Exit, result.Out));
        var faults = result.Error.TrimEnd('\n').Split('\n');
        Assert.Contains(faults, fault => fault.StartsWith($"{set}:18: ", StringComparison.Ordinal));
        Assert.Contains(faults, fault => fault.StartsWith($"{set}:22: ", StringComparison.Ordinal));
        Assert.Contains(faults, fault => fault.StartsWith($"{other}:1: ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task AnyCommand_BrokenSet_DoesNothing()
    {
        var set = cli.Folder.Write("sets/demo.yaml", "nope\n");

        var result = await cli.RunAsync("export", "--set", "cchc", "--sets", cli.Folder.File("sets"));

        result.FailedWith("The catalog has faults; nothing was done.\n");
        Assert.StartsWith($"{set}:1: ", result.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(cli.Data));
    }

    [Fact]
    public async Task Check_FolderThatBringsTheProgramsAreas_IsCheckedWithItsOwn()
    {
        var result = await CheckAsync(Path.Combine(Repository.Root, "seeds"));

        Assert.Equal((0, ""), (result.Exit, result.Error));
        Assert.StartsWith("4 sets, ", result.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sets")]
    [InlineData("sets/demo.yaml")]
    public async Task Check_PathWithoutAreas_IsCheckedWithThoseOfTheProgram(string path)
    {
        cli.DemoSets();

        var result = await cli.RunAsync("catalog", "check", cli.Folder.File(path));

        Assert.Equal((0, ""), (result.Exit, result.Error));
        Assert.StartsWith("1 set, 1 indicators, 4 measures, ", result.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_PathThatIsNotThere_IsSaid() =>
        (await cli.RunAsync("catalog", "check", "/no/such")).Failed("'/no/such' is neither a file nor a folder.");

    [Theory]
    [InlineData("catalog", "list")]
    [InlineData("export", "--set", "cchc")]
    public async Task AnyCommand_SetsFolderThatIsNotThere_IsSaid(params string[] command) =>
        (await cli.RunAsync([.. command, "--sets", "/no/such"])).Failed("'/no/such' is not a folder (--sets or Catalog:Sets).");

    [Fact]
    public async Task AnyCommand_SetsFolderOfTheSettings_IsReadAndAnEmptyOneIsNone()
    {
        var result = await cli.RunAsync("catalog", "list", $"--Catalog:Sets:0={cli.DemoSets()}", "--Catalog:Sets:1=");

        Assert.Equal((0, ""), (result.Exit, result.Error));
        Assert.Equal(5, result.Lines.Length);
        (await cli.RunAsync("catalog", "list", "--Catalog:Sets:0=/no/such")).Failed(
            "'/no/such' is not a folder (--sets or Catalog:Sets)."
        );
    }

    [Fact]
    public async Task Check_OwnVersionOfASetOfTheProgram_TakesItsPlaceAndSaysSo()
    {
        var shipped = await File.ReadAllTextAsync(
            Path.Combine(Repository.Root, "seeds", "lao-cai.yaml"),
            TestContext.Current.CancellationToken
        );
        var own = cli.Folder.Write("sets/lao-cai.yaml", shipped.Replace("at: 50,", "at: 60,", StringComparison.Ordinal));

        var check = await cli.RunAsync("catalog", "check", "--sets", cli.Folder.File("sets"));
        var list = await cli.RunAsync("catalog", "list", "--set", "lao-cai", "--json", "--sets", cli.Folder.File("sets"));

        Assert.Equal(0, check.Exit);
        Assert.StartsWith($"lao-cai: {own} takes the place of ", check.Lines[0], StringComparison.Ordinal);
        Assert.StartsWith("4 sets, ", check.Lines[1], StringComparison.Ordinal);
        Assert.Matches(@"""at"": *60\b", list.Out);
        Assert.DoesNotMatch(@"""at"": *50\b", list.Out);
    }

    [Fact]
    public async Task List_Json_HasTheShapeOfTheDesign()
    {
        using var json = JsonDocument.Parse((await cli.RunAsync("catalog", "list", "--set", "lao-cai", "--json")).Out);

        Assert.Equal(62, json.RootElement.GetArrayLength());
        var first = json.RootElement[0];
        Assert.Equal(
            ["code", "group", "number", "name", "agency", "frequencies", "database", "owner", "source", "measures"],
            first.EnumerateObject().Select(property => property.Name)
        );
        Assert.Equal("LC-A01", first.GetProperty("code").GetString());
        var measure = first.GetProperty("measures")[0];
        Assert.Subset(
            measure.EnumerateObject().Select(property => property.Name).ToHashSet(),
            new HashSet<string> { "code", "name", "unit", "kind" }
        );
        Assert.All(
            json.RootElement.EnumerateArray().SelectMany(indicator => indicator.GetProperty("measures").EnumerateArray()),
            each => Assert.True(each.TryGetProperty("reported", out _) || each.TryGetProperty("derived", out _))
        );
    }

    [Fact]
    public async Task List_JsonOfAllSets_NamesThem()
    {
        using var json = JsonDocument.Parse((await cli.RunAsync("catalog", "list", "--json")).Out);

        Assert.Equal(
            ["bac-ninh", "cchc", "lao-cai", "tay-ninh"],
            json.RootElement.EnumerateArray().Select(set => set.GetProperty("code").GetString())
        );
        Assert.All(json.RootElement.EnumerateArray(), set => Assert.Equal("[]", set.GetProperty("events").GetRawText()));
    }

    [Fact]
    public async Task List_JsonOfASetWithEvents_HasThem()
    {
        cli.Folder.Write(
            "sets/demo.yaml",
            CatalogFolder.With(8, "events: [{name: Rét hại, from: 2026-01-20, to: 2026-01-31, areas: [\"24\"]}]\nregime:")
        );

        var result = await cli.RunAsync("catalog", "list", "--json", "--sets", cli.Folder.File("sets"));

        using var json = JsonDocument.Parse(result.Out);
        var demo = json.RootElement.EnumerateArray().Single(set => set.GetProperty("code").GetString() == "demo");
        var known = Assert.Single(demo.GetProperty("events").EnumerateArray());
        Assert.Equal(
            ["name", "from", "to", "areas", "indicators", "origin"],
            known.EnumerateObject().Select(property => property.Name)
        );
        Assert.Equal("Rét hại", known.GetProperty("name").GetString());
        Assert.Equal("2026-01-20", known.GetProperty("from").GetString());
        Assert.Equal("2026-01-31", known.GetProperty("to").GetString());
        Assert.Equal("24", Assert.Single(known.GetProperty("areas").EnumerateArray()).GetString());
    }

    [Fact]
    public async Task List_Text_ShowsDecisionsAndIndicators()
    {
        Assert.Equal(4, (await cli.RunAsync("catalog", "list")).Lines.Length);
        Assert.Contains("LC-A01", (await cli.RunAsync("catalog", "list", "--set", "lao-cai")).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_UnknownSet_NamesThoseThereAre() =>
        (await cli.RunAsync("catalog", "list", "--set", "x")).Failed(
            "There is no set 'x'; allowed: bac-ninh, cchc, lao-cai, tay-ninh."
        );

    // In September nothing need be known of the next year.
    private Task<CliResult> CheckAsync(params string[] path) =>
        cli.RunAsync(
            ["catalog", "check", .. path],
            new ManualClock(Cli.Now.AddMonths(-2)),
            TestContext.Current.CancellationToken
        );
}
