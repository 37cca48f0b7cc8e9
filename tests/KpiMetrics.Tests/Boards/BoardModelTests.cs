using System.Text.Json;
using System.Text.RegularExpressions;
using KpiMetrics.Boards;
using KpiMetrics.Pipeline.Publishing;
using KpiMetrics.Tests.Support;

namespace KpiMetrics.Tests.Boards;

/// <summary>The boards as files: what Grafana 9.4 to 13 load, what every reader needs, and names that exist.</summary>
public sealed partial class BoardModelTests
{
    /// <summary>Panels that every Grafana since 9.4 brings along.</summary>
    private static readonly string[] Types = ["stat", "table", "timeseries", "barchart", "geomap"];

    private static readonly string[] Sources = ["kpi-influxdb", "kpi-postgres", "-- Mixed --"];

    private static string Folder => Path.Combine(Repository.Root, "dashboards");

    public static TheoryData<string> Paths => [.. BoardFiles.Files().Select(file => file.Path)];

    [Fact]
    public void Files_OfTheFolder_AreWhatTheGeneratorWrites()
    {
        var generated = BoardFiles.Files().ToDictionary(file => Path.Combine(Folder, file.Path), file => file.Text);

        Assert.Equal(
            generated.Keys.Order(StringComparer.Ordinal),
            Directory.GetFiles(Folder, "*.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
        );
        // dotnet run --project eng/KpiMetrics.Boards
        Assert.All(generated, file => Assert.Equal(file.Value, File.ReadAllText(file.Key)));
    }

    [Fact]
    public void Boards_AllOfThem_HaveUidsOfTheirOwnAndAQuestion()
    {
        var boards = BoardFiles.Files().Select(file => JsonElement.Parse(file.Text)).ToList();

        Assert.Equal(boards.Count, boards.Select(board => Text(board, "uid")).Distinct(StringComparer.Ordinal).Count());
        Assert.All(boards, board => Assert.EndsWith("?", Text(board, "description"), StringComparison.Ordinal));
        Assert.All(boards, board => Assert.InRange(Text(board, "uid").Length, 1, 40));
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public void Board_ItsModel_IsTheClassicOne(string path)
    {
        var board = Board(path);

        Assert.Equal(37, board.GetProperty("schemaVersion").GetInt32());
        Assert.False(board.TryGetProperty("id", out _)); // of a database, not of a file
        Assert.Equal("Asia/Ho_Chi_Minh", Text(board, "timezone"));
        var panels = Panels(board).ToList();
        Assert.NotEmpty(panels);
        Assert.Equal(panels.Count, panels.Select(panel => panel.GetProperty("id").GetInt32()).Distinct().Count());
        foreach (var panel in panels)
        {
            var at = panel.GetProperty("gridPos");
            Assert.InRange(at.GetProperty("x").GetInt32() + at.GetProperty("w").GetInt32(), 1, 24);
        }
        Assert.Empty(Overlaps(panels));
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public void Board_EveryPanel_SaysWhatItShowsInWhichUnitAndWhatNothingMeans(string path)
    {
        foreach (var panel in Panels(Board(path)).Where(panel => Text(panel, "type") != "row"))
        {
            Assert.Contains(Text(panel, "type"), Types);
            Assert.NotEmpty(Text(panel, "title"));
            Assert.InRange(Text(panel, "description").Length, 20, 600);
            var defaults = panel.GetProperty("fieldConfig").GetProperty("defaults");
            Assert.NotEmpty(Text(defaults, "unit"));
            Assert.True(defaults.TryGetProperty("noValue", out _));
            Assert.NotEmpty(panel.GetProperty("targets").EnumerateArray());
        }
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public void Board_EveryQuery_NamesWhatExists(string path)
    {
        var board = Board(path);
        var variables = board.GetProperty("templating").GetProperty("list").EnumerateArray().ToList();
        var known = variables.Select(variable => Text(variable, "name")).ToHashSet(StringComparer.Ordinal);
        var texts = variables
            .Where(variable => Text(variable, "type") == "query")
            .Select(variable => (Text(variable, "query"), IsInflux: false))
            .ToList();
        foreach (var panel in Panels(board).Where(panel => Text(panel, "type") != "row"))
        {
            Assert.Contains(Text(panel.GetProperty("datasource"), "uid"), Sources);
            var targets = panel.GetProperty("targets").EnumerateArray().ToList();
            Assert.Equal(targets.Count, targets.Select(target => Text(target, "refId")).Distinct(StringComparer.Ordinal).Count());
            foreach (var target in targets)
            {
                var isInflux = Text(target.GetProperty("datasource"), "uid") == "kpi-influxdb";
                texts.Add((Text(target, isInflux ? "query" : "rawSql"), isInflux));
            }
        }
        string[] names =
        [
            InfluxNames.Kpi,
            .. InfluxNames.Tags,
            .. InfluxNames.Numbers,
            InfluxNames.Text,
            InfluxNames.Engine,
            InfluxNames.Worker,
            .. InfluxNames.EngineFields,
        ];
        foreach (var (text, isInflux) in texts)
        {
            Assert.All(Variable().Matches(text), match => Assert.Contains(match.Groups["name"].Value, known));
            if (isInflux)
                Assert.All(
                    Quoted().Matches(text).Select(match => match.Groups["name"].Value),
                    name =>
                        Assert.True(names.Contains(name) || name.StartsWith("mua", StringComparison.Ordinal), $"{name} in {text}")
                );
            else
                Assert.All(
                    Table().Matches(text).Select(match => match.Groups["name"].Value),
                    name =>
                        Assert.True(
                            name.StartsWith("v_", StringComparison.Ordinal)
                                || text.Contains($"WITH {name} AS", StringComparison.Ordinal),
                            $"{name} in {text}"
                        )
                );
        }
    }

    [Fact]
    public void Links_BetweenBoards_LeadSomewhere()
    {
        var uids = BoardFiles.All.Select(board => board.Uid).ToHashSet(StringComparer.Ordinal);
        var links = BoardFiles
            .Files()
            .SelectMany(file => Link().Matches(file.Text).Concat(Way().Matches(file.Text)))
            .Select(match => match.Groups["uid"].Value)
            .ToList();

        Assert.NotEmpty(links);
        Assert.All(links, uid => Assert.Contains(uid, uids));
    }

    [Fact]
    public void Readme_EveryQuestion_NamesABoardAndAPanelThatExist()
    {
        var rows = File.ReadAllLines(Path.Combine(Folder, "README.md"))
            .Where(line => line.StartsWith("| ", StringComparison.Ordinal) && !line.StartsWith("| ---", StringComparison.Ordinal))
            .Select(line => line.Trim('|', ' ').Split(" | "))
            .ToList();
        var boards = rows.SkipWhile(row => row[0] != "Bảng").Skip(1).TakeWhile(row => row[0] != "Câu hỏi").ToList();
        var questions = rows.SkipWhile(row => row[0] != "Câu hỏi").Skip(1).ToList();

        Assert.Equal(
            BoardFiles.All.Select(board => (board.Title, board.Folder, board.Question)).Order(),
            boards.Select(row => (row[0], row[1], row[2])).Order()
        );
        Assert.True(questions.Count >= 25, $"{questions.Count} questions");
        Assert.All(
            questions,
            row =>
                Assert.Contains(row[2], BoardFiles.All.Single(board => board.Title == row[1]).Panels.Select(panel => panel.Title))
        );
    }

    private static JsonElement Board(string path) => JsonElement.Parse(BoardFiles.Files().Single(file => file.Path == path).Text);

    private static JsonElement.ArrayEnumerator Panels(JsonElement board) => board.GetProperty("panels").EnumerateArray();

    private static string Text(JsonElement of, string name) => of.GetProperty(name).GetString() ?? "";

    private static IEnumerable<(int One, int Other)> Overlaps(List<JsonElement> panels) =>
        from one in panels
        from other in panels
        where one.GetProperty("id").GetInt32() < other.GetProperty("id").GetInt32()
        let a = Place(one)
        let b = Place(other)
        where a.X < b.X + b.W && b.X < a.X + a.W && a.Y < b.Y + b.H && b.Y < a.Y + a.H
        select (one.GetProperty("id").GetInt32(), other.GetProperty("id").GetInt32());

    private static (int X, int Y, int W, int H) Place(JsonElement panel)
    {
        var at = panel.GetProperty("gridPos");
        return (
            at.GetProperty("x").GetInt32(),
            at.GetProperty("y").GetInt32(),
            at.GetProperty("w").GetInt32(),
            at.GetProperty("h").GetInt32()
        );
    }

    [GeneratedRegex(@"\$\{(?<name>\w+):", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Variable();

    [GeneratedRegex("\"(?<name>\\w+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Quoted();

    [GeneratedRegex(@"\b(FROM|JOIN)\s+(LATERAL\s+)?(?<name>[a-z_]+)\s+[a-zA-Z]", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Table();

    [GeneratedRegex(@"/d/(?<uid>[a-z0-9-]+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Link();

    // In a query, for the rows of which it is known only there.
    [GeneratedRegex("'(?<uid>kpi-[a-z0-9-]+)['?]", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Way();
}
