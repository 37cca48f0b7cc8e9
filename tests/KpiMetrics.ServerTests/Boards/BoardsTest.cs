using KpiMetrics.ServerTests.Boards.Changes;
using KpiMetrics.ServerTests.Boards.Oracles;
using KpiMetrics.ServerTests.Support;

namespace KpiMetrics.ServerTests.Boards;

/// <summary>Every panel of every board on real stores: it answers, and what it shows is what the worker's commands say of the same.</summary>
[Collection(WorkerTests.Name)]
public sealed class BoardsTest(BoardWorld world) : IClassFixture<BoardWorld>
{
    private static readonly TimeSpan MostPatience = TimeSpan.FromSeconds(10);

    public static TheoryData<string> Panels => [.. Keys];

    private static IEnumerable<string> Keys =>
        BoardFile.All.SelectMany(board => board.Panels.Select(panel => Sight.KeyOf(board, panel)));

    [Theory]
    [MemberData(nameof(Panels))]
    public async Task Panel_OfABoard_ShowsWhatIsFoundOutOnAnotherRoad(string key)
    {
        Assert.True(AllOracles.ByPanel.TryGetValue(key, out var oracle), $"'{key}' has no oracle");
        var uid = key[..key.IndexOf(':', StringComparison.Ordinal)];
        var board = BoardFile.Of(uid);
        var sight = new Sight(world, board, board.Panels.Single(panel => Sight.KeyOf(board, panel) == key));

        await oracle.CompareAsync(sight);

        Assert.True(sight.Compared > 0, $"nothing of '{key}' was compared");
        TestContext.Current.TestOutputHelper?.WriteLine($"{sight.Compared} rows compared with {oracle.Road}");
    }

    [Fact]
    public void Oracles_All_AreOfPanelsThatThereAre() =>
        Assert.Empty(AllOracles.ByPanel.Keys.Except(Keys, StringComparer.Ordinal));

    [Fact]
    public async Task EveryPanel_OfEveryBoard_AnswersInTimeAndCanBeRead()
    {
        var folder = Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, "boards")).FullName;
        Assert.NotEmpty(BoardFile.All);
        foreach (var board in BoardFile.All)
        {
            var values = await world.Reader.OpenAsync(board);
            await using var text = new StreamWriter(Path.Combine(folder, board.Uid + ".txt"));
            await text.WriteLineAsync($"# {board.Title}");
            foreach (var panel in board.Panels)
            {
                var own = panel.Repeat is { } variable ? values.With(variable, values[variable][0]) : values;
                foreach (var frame in await world.Reader.ReadAsync(panel, own))
                    await text.WriteLineAsync(TableText.Of(panel.Title, frame, 12));
            }
        }
        var (took, query) = world.Reader.Slowest;
        TestContext.Current.TestOutputHelper?.WriteLine($"slowest {took.TotalMilliseconds:F0} ms: {query}");
        Assert.InRange(took, TimeSpan.Zero, MostPatience);
    }

    [Fact]
    public async Task Indicators_OfEveryShippedSet_AllReachABoard()
    {
        var shown = new HashSet<string>(StringComparer.Ordinal);
        foreach (var board in BoardFile.All.Where(board => board.Uid != "kpi-tong-quan"))
        {
            foreach (var panel in board.Panels.Where(one => one.Type == "table" && one.Targets.Count == 2))
            {
                var table = await world.Reader.TableAsync(panel, await world.Reader.OpenAsync(board));
                if (table.Has("Mã"))
                    shown.UnionWith(table.Records.Select(row => Cells.Text(row["Mã"])));
            }
        }
        var all = new List<string>();
        foreach (var set in new[] { "bac-ninh", "lao-cai", "cchc" })
        {
            var listed = await world.Installation.JsonAsync("catalog", "list", "--set", set, "--json");
            all.AddRange(
                listed
                    .EnumerateArray()
                    .SelectMany(indicator => indicator.GetProperty("measures").EnumerateArray())
                    .Select(measure => measure.GetProperty("code").GetString() ?? "")
            );
        }
        Assert.NotEmpty(all);
        Assert.Superset(all.ToHashSet(StringComparer.Ordinal), shown);
    }

    [Fact]
    public Task Correction_OfTheNewestFigure_ShowsWithWhatIsDerivedAndWhatWasSaidBefore() => ShowsAsync<Correction>();

    [Fact]
    public Task LateReport_OfAProvinceAndOfACommune_ShowsWhereItWasMissed() => ShowsAsync<LateReport>();

    [Fact]
    public Task Emergency_OfASecondCommune_ShowsWithItsHoursAndWhatTheyTell() => ShowsAsync<EmergencyDeclared>();

    [Fact]
    public Task MergedProvince_ComparedWithTheYearBefore_IsComparedWithTheSumOfBoth() => ShowsAsync<MergedArea>();

    [Fact]
    public Task Alert_DealtWithByCommand_ShowsWhoHoldsItAndWhatExplainsIt() => ShowsAsync<AlertDealtWith>();

    private async Task ShowsAsync<T>()
        where T : Story
    {
        var panels = await (await world.ChangesAsync()).CheckAsync<T>(world);
        TestContext.Current.TestOutputHelper?.WriteLine($"{panels} panels show it");
    }
}
