using KpiMetrics.Core.Figures;

namespace KpiMetrics.Worker.Commands;

/// <summary>Texts in CSV that a spreadsheet shows and never runs.</summary>
internal static class SpreadsheetSafe
{
    /// <summary>A number as reported: none begins a formula. A bulletin is somebody's words.</summary>
    public static string Of(FigureValue value) => value.Text is { } text ? Of(text) : value.ToString();

    public static string Of(string text) => text is ['=' or '+' or '-' or '@' or '\t' or '\r', ..] ? $"'{text}" : text;
}
