using KpiMetrics.Core.Catalog;

namespace KpiMetrics.Worker.Commands.Xlsx;

/// <summary>Each series' last figure with its comparisons, in document order; rows without figures are left out.</summary>
internal sealed class ComparisonSheet(
    XlsxBook book,
    ExportScope scope,
    IReadOnlyList<(IndicatorGroup Group, GroupFigures Figures)> groups
)
{
    private const string Name = "So sánh";

    private static readonly int Width = FormCells.NameColumns + ComparisonColumn.All.Count;

    private readonly XlsxStyles styles = book.Styles;

    /// <summary>Takes the sheet's name before the groups' sheets can.</summary>
    private readonly string name = book.NameOf(Name);

    public void Write()
    {
        var blocks = groups.SelectMany(group => Blocks(group.Group, group.Figures)).ToList();
        var title = FormTitle.Of(
            scope,
            styles,
            "So sánh số liệu kỳ gần nhất của từng chỉ tiêu",
            groups.Any(group => group.Figures.HasDemo) ? FormTitle.Demo : null,
            blocks.Count == 0 ? "Chưa có số liệu" : "Chỉ tiêu tính bằng tỷ lệ được so sánh bằng điểm phần trăm"
        );
        XlsxLimits.Check(name, title.Count + 1 + blocks.Sum(block => block.Rows.Count + 1L), Width);
        var widths = ComparisonColumn.All.Select(column => new SheetColumns(column.Width));
        using var sheet = book.Sheet(name, new([.. FormCells.NameWidths, .. widths], title.Count + 1, Folds: true));
        foreach (var (style, text) in title)
            sheet.Line(style, text);
        FormCells.Header(sheet, styles, ComparisonColumn.All.Select(column => column.Title));
        foreach (var (heading, rows) in blocks)
        {
            FormCells.Block(sheet, styles, heading, Width);
            foreach (var (line, series) in rows)
                Row(sheet, line, series);
        }
        sheet.Complete();
    }

    private IEnumerable<(string Heading, List<(FormLine Line, FormSeries? Series)> Rows)> Blocks(
        IndicatorGroup group,
        GroupFigures figures
    )
    {
        var lines = FormLines.Of(group, scope, figures.SubjectsOf);
        foreach (var area in figures.Areas)
            yield return ($"{group.Name} – {area.Title}", [.. Rows(lines, figures, area)]);
    }

    // A line without figures is written only where one beneath it has some.
    private static IEnumerable<(FormLine Line, FormSeries? Series)> Rows(
        IReadOnlyList<FormLine> lines,
        GroupFigures figures,
        FormArea area
    )
    {
        var above = new List<FormLine>();
        foreach (var line in lines)
        {
            above.RemoveAll(heading => heading.Kind >= line.Kind);
            var series = line.Measure is null ? [] : figures.Of(area.Id, line.Measure, line.Subject);
            if (series.Count == 0)
            {
                above.Add(line);
                continue;
            }
            foreach (var heading in above)
                yield return (heading, null);
            above.Clear();
            foreach (var one in series)
                yield return (line, one);
        }
    }

    private void Row(SheetWriter sheet, FormLine line, FormSeries? series)
    {
        sheet.Row(isFoldable: true);
        FormCells.Write(sheet, styles, line);
        foreach (var column in ComparisonColumn.All)
        {
            if (series is null)
                sheet.Blank(styles.Centred);
            else
                column.Write(sheet, styles, series.Last);
        }
    }
}
