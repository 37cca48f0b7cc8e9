namespace KpiMetrics.Pipeline.Sources;

/// <summary>One cell as a sender wrote it, before anything is read into it.</summary>
/// <param name="Text">The text, trimmed, in NFC; for a number typed by a machine (JSON, a numeric XLSX cell) its invariant
/// digits, with % behind them where the cell shows a percentage: to be read by <see cref="Core.Figures.MachineNumber"/>.</param>
/// <param name="Kind">What the file says the cell is.</param>
/// <param name="Address">Where it stands in its file where lines are not enough: <c>Sheet1!E7</c>, <c>$.data[3].value</c>; else empty.</param>
public readonly record struct RawCell(string Text, CellKind Kind, string Address)
{
    public static readonly RawCell Empty = new("", CellKind.Text, "");

    public bool IsEmpty => Text.Length == 0 && Kind == CellKind.Text;
}
