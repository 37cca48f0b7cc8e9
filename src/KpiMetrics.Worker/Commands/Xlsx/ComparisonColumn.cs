using KpiMetrics.Core.Derivation;
using KpiMetrics.Pipeline.Derivation;

namespace KpiMetrics.Worker.Commands.Xlsx;

/// <summary>A column of the sheet of comparisons.</summary>
/// <param name="Title">Its header.</param>
/// <param name="Width">In characters.</param>
/// <param name="Write">Writes one cell, an empty one where nothing is known.</param>
internal sealed record ComparisonColumn(string Title, double Width, Action<SheetWriter, XlsxStyles, FigureRow> Write)
{
    /// <summary>All of them, from the left; another derivation is another line.</summary>
    public static readonly IReadOnlyList<ComparisonColumn> All =
    [
        new("Kỳ", 18, (sheet, styles, row) => sheet.Text(styles.Centred, PeriodVietnamese.Of(row.Derived.Figure.Period))),
        new("Số liệu", 18, WriteValue),
        new("So với kỳ trước", 15, (sheet, styles, row) => WriteChange(sheet, styles, row, row.Derived.Pop)),
        new("So với cùng kỳ năm trước", 15, (sheet, styles, row) => WriteChange(sheet, styles, row, row.Derived.Yoy)),
        new("Lũy kế từ đầu năm", 18, WriteTotal),
        new("Số kỳ có số liệu / số kỳ lũy kế", 14, WriteCoverage),
        new("Lũy kế so với cùng kỳ năm trước", 15, (sheet, styles, row) => WriteChange(sheet, styles, row, row.Derived.YtdYoy)),
        new("So với kế hoạch", 15, (sheet, styles, row) => WriteShare(sheet, styles, row.Derived.Plan)),
        new(
            "Loại số liệu",
            20,
            (sheet, styles, row) => sheet.Text(styles.Centred, VintageVietnamese.Of(row.Derived.Figure.Current))
        ),
    ];

    private static void WriteValue(SheetWriter sheet, XlsxStyles styles, FigureRow row)
    {
        var current = row.Derived.Figure.Current;
        FormCells.Write(sheet, styles, current.Value, VintageVietnamese.IsOrdinary(current));
    }

    private static void WriteTotal(SheetWriter sheet, XlsxStyles styles, FigureRow row)
    {
        if (row.Derived.Ytd.Total.Value is { } total)
            sheet.Number(styles.Number(total, isOrdinary: true), total);
        else
            sheet.Blank(styles.Centred);
    }

    private static void WriteCoverage(SheetWriter sheet, XlsxStyles styles, FigureRow row)
    {
        var ytd = row.Derived.Ytd;
        sheet.Text(styles.Centred, ytd.Total.Value is null ? "" : FormattableString.Invariant($"{ytd.Have}/{ytd.Need}"));
    }

    private static void WriteChange(SheetWriter sheet, XlsxStyles styles, FigureRow row, Derived change)
    {
        if (change.Value is { } value)
            sheet.Number(row.Measure.InPoints ? styles.PointChange : styles.PercentChange, value);
        else
            sheet.Blank(styles.Centred);
    }

    private static void WriteShare(SheetWriter sheet, XlsxStyles styles, Derived share)
    {
        if (share.Value is { } value)
            sheet.Number(styles.Percent, value);
        else
            sheet.Blank(styles.Centred);
    }
}
