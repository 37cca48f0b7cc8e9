using KpiMetrics.Core.Figures;

namespace KpiMetrics.Worker.Commands.Xlsx;

/// <summary>The cells that all tables have in common.</summary>
internal static class FormCells
{
    /// <summary>How many columns say what a row is.</summary>
    public const int NameColumns = 3;

    private static readonly string[] NameHeaders = ["STT", "Chỉ tiêu", "Đơn vị tính"];

    /// <summary>The widths of those columns.</summary>
    public static readonly IReadOnlyList<SheetColumns> NameWidths = [new(8), new(58), new(16)];

    /// <summary>The table's header.</summary>
    /// <param name="others">The columns after those that say what a row is.</param>
    public static void Header(SheetWriter sheet, XlsxStyles styles, IEnumerable<string> others)
    {
        sheet.Row();
        foreach (var text in NameHeaders.Concat(others))
            sheet.Text(styles.Header, text);
    }

    /// <summary>The printed number, name and unit of a row.</summary>
    public static void Write(SheetWriter sheet, XlsxStyles styles, FormLine line)
    {
        var isStrong = line.Kind == FormLineKind.Indicator;
        sheet.Text(isStrong ? styles.CentredStrong : styles.Centred, line.Number);
        sheet.Text(
            line.Kind switch
            {
                FormLineKind.Indicator => styles.NameStrong,
                FormLineKind.Heading => styles.Heading,
                _ => styles.NameAt(line.Indent),
            },
            line.Name
        );
        sheet.Text(styles.Centred, line.Unit);
    }

    /// <summary>A reported number or text; an empty cell where there is neither.</summary>
    public static void Write(SheetWriter sheet, XlsxStyles styles, FigureValue value, bool isOrdinary)
    {
        if (value.Number is { } number)
            sheet.Number(styles.Number(number, isOrdinary), number);
        else
            sheet.Text(styles.Text, value.Text ?? "");
    }

    /// <summary>A bar over the width of the table.</summary>
    public static void Block(SheetWriter sheet, XlsxStyles styles, string text, int columns)
    {
        sheet.Row();
        sheet.Text(styles.Block, text);
        sheet.Blank(styles.Block, columns - 1);
    }
}
