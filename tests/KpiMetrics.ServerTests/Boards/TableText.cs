using System.Globalization;
using System.Text;

namespace KpiMetrics.ServerTests.Boards;

/// <summary>A table that a person can read, with Vietnamese numbers.</summary>
internal static class TableText
{
    private const int Longest = 40;
    private static readonly CultureInfo Vietnam = CultureInfo.GetCultureInfo("vi-VN");
    private static readonly TimeSpan Ahead = TimeSpan.FromHours(7);

    public static string Of(string title, Frame frame, int rows)
    {
        var cells = frame.Rows.Take(rows).Select(row => row.Select(Text).ToList()).ToList();
        var widths = frame
            .Columns.Select((column, place) => cells.Select(row => row[place].Length).Append(column.Length).Max())
            .Select(width => Math.Min(width, Longest))
            .ToList();
        var text = new StringBuilder($"== {title} ({frame.Rows.Count} dòng)\n");
        text.AppendLine(Line(frame.Columns, widths));
        foreach (var row in cells)
            text.AppendLine(Line(row, widths));
        if (frame.Rows.Count > rows)
            text.AppendLine(CultureInfo.InvariantCulture, $"... và {frame.Rows.Count - rows} dòng nữa");
        return text.ToString();
    }

    private static string Line(IEnumerable<string> cells, List<int> widths) =>
        string.Join(" | ", cells.Select((cell, place) => Cut(cell).PadRight(widths[place]))).TrimEnd();

    private static string Cut(string cell) => cell.Length > Longest ? cell[..(Longest - 1)] + "…" : cell;

    private static string Text(object? cell) =>
        cell switch
        {
            null => "",
            DateTime at => new DateTimeOffset(at.ToUniversalTime()).ToOffset(Ahead).ToString("dd/MM/yyyy HH:mm", Vietnam),
            double or decimal => Convert.ToDecimal(cell, CultureInfo.InvariantCulture).ToString("#,##0.###", Vietnam),
            _ => Frame.Text(cell) ?? "",
        };
}
