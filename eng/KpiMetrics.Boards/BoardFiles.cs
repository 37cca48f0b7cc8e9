using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using KpiMetrics.Boards.Model;
using KpiMetrics.Boards.Shipped;

namespace KpiMetrics.Boards;

/// <summary>The boards as files, one for each, in the folders that Grafana shows.</summary>
internal static class BoardFiles
{
    private static readonly JsonSerializerOptions Options = new()
    {
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Every board that is shipped.</summary>
    public static IReadOnlyList<Board> All { get; } =
    [
        OverviewBoard.Board,
        IndicatorBoard.Board,
        .. FieldBoards.All,
        CommunesBoard.Board,
        EmergencyBoard.Board,
        ReformBoard.Board,
        ProgressBoard.Board,
        QualityBoard.Board,
        EngineBoard.Board,
    ];

    /// <summary>Path below the folder of boards, and content.</summary>
    public static IEnumerable<(string Path, string Text)> Files() =>
        All.Select(board => (Path.Combine(board.Folder, board.Uid + ".json"), Text(board)));

    /// <summary>Writes all files, and removes those of boards that are no more.</summary>
    public static int Write(string folder, TextWriter output)
    {
        var files = Files().ToDictionary(file => Path.GetFullPath(Path.Combine(folder, file.Path)), file => file.Text);
        foreach (var (path, text) in files)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path) ?? folder);
            File.WriteAllText(path, text);
        }
        foreach (var path in Directory.GetFiles(folder, "*.json", SearchOption.AllDirectories).Select(Path.GetFullPath))
        {
            if (!files.ContainsKey(path))
                File.Delete(path);
        }
        output.WriteLine($"{files.Count} boards in {folder}");
        return 0;
    }

    private static string Text(Board board) => BoardJson.Of(board).ToJsonString(Options) + "\n";
}
