using System.Text.Json;

namespace KpiMetrics.ServerTests.Boards;

/// <summary>A board as it is shipped.</summary>
internal sealed class BoardFile
{
    private readonly JsonElement json;

    private BoardFile(JsonElement json) => this.json = json;

    public static IReadOnlyList<BoardFile> All { get; } =
    [
        .. Directory
            .GetFiles(Folder(), "*.json", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal)
            .Select(file => new BoardFile(JsonElement.Parse(File.ReadAllText(file)))),
    ];

    public string Uid => json.GetProperty("uid").GetString() ?? "";

    public string Title => json.GetProperty("title").GetString() ?? "";

    public string From => json.GetProperty("time").GetProperty("from").GetString() ?? "";

    public IEnumerable<JsonElement> Variables => json.GetProperty("templating").GetProperty("list").EnumerateArray();

    /// <summary>All but the headings.</summary>
    public IEnumerable<BoardPanel> Panels =>
        json.GetProperty("panels")
            .EnumerateArray()
            .Where(panel => panel.GetProperty("type").GetString() != "row")
            .Select(panel => new BoardPanel(panel));

    public static BoardFile Of(string uid) => All.Single(board => board.Uid == uid);

    public BoardPanel Panel(string title) => Panels.Single(panel => panel.Title == title);

    public override string ToString() => Title;

    private static string Folder()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "KpiMetrics.sln")))
            folder = folder.Parent;
        return Path.Combine(folder?.FullName ?? throw new InvalidOperationException("No KpiMetrics.sln above."), "dashboards");
    }
}
