using KpiMetrics.Pipeline.Derivation;

namespace KpiMetrics.Worker.Commands.Xlsx;

/// <summary>One series' figures, oldest first, and all that is known of its last.</summary>
internal sealed class FormSeries(FigureRow first)
{
    private readonly List<FormFigure> figures = [];

    public IReadOnlyList<FormFigure> Figures => figures;

    public FigureRow Last { get; private set; } = first;

    public FormFigure Add(FigureRow row)
    {
        Last = row;
        var (period, current) = (row.Derived.Figure.Period, row.Derived.Figure.Current);
        var figure = new FormFigure(period, current.Value, VintageVietnamese.IsOrdinary(current));
        figures.Add(figure);
        return figure;
    }
}
