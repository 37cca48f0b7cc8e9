using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Periods;

namespace KpiMetrics.Worker.Commands.Xlsx;

/// <summary>A group as its document lays it out: its rows down, the periods across, one block of rows for each area.</summary>
internal sealed class FormSheet(XlsxBook book, ExportScope scope, IndicatorGroup group, GroupFigures figures)
{
    private readonly XlsxStyles styles = book.Styles;
    private readonly IReadOnlyList<Period> periods = figures.Periods;
    private readonly Dictionary<Period, int> places = figures
        .Periods.Select((period, at) => KeyValuePair.Create(period, at))
        .ToDictionary();

    private readonly IReadOnlyList<FormArea> areas = figures.Areas;
    private readonly IReadOnlyList<FormLine> lines = FormLines.Of(group, scope, figures.SubjectsOf);

    public void Write()
    {
        var name = book.NameOf($"{group.Code} {group.Name}");
        var title = FormTitle.Of(
            scope,
            styles,
            group.Name,
            figures.HasDemo ? FormTitle.Demo : null,
            areas.Count == 1 ? $"Địa bàn: {areas[0].Title}" : null,
            areas.Count == 0 ? "Chưa có số liệu" : null,
            figures.HasProvisional ? "Số in nghiêng: ước tính, sơ bộ hoặc có mã trạng thái; xem trang “So sánh”" : null
        );
        var blocks = Math.Max(areas.Count, 1);
        var rowsOfBlock = lines.Count + (areas.Count > 1 ? 1 : 0);
        XlsxLimits.Check(name, title.Count + 1 + (long)blocks * rowsOfBlock, FormCells.NameColumns + periods.Count);
        var shape = new SheetShape(
            [.. FormCells.NameWidths, new(Width(), periods.Count)],
            title.Count + 1,
            Folds: areas.Count > 1
        );
        using var sheet = book.Sheet(name, shape);
        foreach (var (style, text) in title)
            sheet.Line(style, text);
        FormCells.Header(sheet, styles, periods.Select(PeriodVietnamese.Of));
        if (areas.Count <= 1)
            Rows(sheet, areas.Count == 1 ? areas[0].Id : null, isFoldable: false);
        else
            Blocks(sheet);
        sheet.Complete();
    }

    private void Blocks(SheetWriter sheet)
    {
        foreach (var area in areas)
        {
            FormCells.Block(sheet, styles, area.Title, FormCells.NameColumns + periods.Count);
            Rows(sheet, area.Id, isFoldable: true);
        }
    }

    private void Rows(SheetWriter sheet, string? area, bool isFoldable)
    {
        var cells = new FormFigure?[periods.Count];
        foreach (var line in lines)
        {
            sheet.Row(isFoldable);
            FormCells.Write(sheet, styles, line);
            Array.Clear(cells);
            if (area is not null && line.Measure is not null)
            {
                foreach (var figure in figures.Of(area, line.Measure, line.Subject).SelectMany(series => series.Figures))
                    cells[places[figure.Period]] = figure;
            }
            foreach (var cell in cells)
            {
                if (cell is { } figure)
                    FormCells.Write(sheet, styles, figure.Value, figure.IsOrdinary);
                else
                    sheet.Blank(styles.Centred);
            }
        }
    }

    // Wide enough for the longest number with its separators, and for bulletins to be read.
    private double Width() => figures.HasTexts ? 40 : Math.Clamp(figures.WidestNumber * 4 / 3 + 3, 14, 40);
}
