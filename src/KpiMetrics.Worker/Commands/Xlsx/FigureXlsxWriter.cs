using KpiMetrics.Core.Catalog;
using KpiMetrics.Pipeline.Derivation;

namespace KpiMetrics.Worker.Commands.Xlsx;

/// <summary>A workbook laid out like the documents' forms: a sheet for each group of the set, then one with the comparisons.</summary>
/// <remarks>Which columns there are is known only at the end, so all figures are kept until then; nothing is written before.</remarks>
internal sealed class FigureXlsxWriter : IFigureWriter
{
    private readonly Stream output;
    private readonly ExportScope scope;
    private readonly List<(IndicatorGroup Group, GroupFigures Figures)> groups;
    private readonly Dictionary<string, GroupFigures> byIndicator = [];

    public FigureXlsxWriter(Stream output, ExportScope scope)
    {
        (this.output, this.scope) = (output, scope);
        groups =
        [
            .. scope
                .Set.Groups.Where(group => FormLines.Of(group, scope, _ => []).Count > 0)
                .Select(group => (group, new GroupFigures())),
        ];
        foreach (var (group, figures) in groups)
        {
            foreach (var indicator in group.Indicators)
                byIndicator[indicator.Code] = figures;
        }
    }

    public void Write(FigureRow row)
    {
        if (!FigureText.IsNothing(row))
            byIndicator[row.Series.Indicator].Add(row);
    }

    public void Complete()
    {
        using var book = new XlsxBook(output);
        var comparison = new ComparisonSheet(book, scope, groups);
        foreach (var (group, figures) in groups)
            new FormSheet(book, scope, group, figures).Write();
        comparison.Write();
        book.Complete();
    }

    public void Dispose()
    {
        // Nothing is open between calls, and the output belongs to the caller.
    }
}
