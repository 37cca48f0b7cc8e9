using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;

namespace KpiMetrics.Core.Derivation.Graph;

/// <summary>Rows of indicators with rules of their own: the same name of a period, but not the same days. Such figures never meet.</summary>
internal static class SameWindows
{
    public static bool Hold(SeriesFormula formula, SeriesKey input, SeriesEvaluator series, Period period) =>
        series.FormulaOf(input) is not { } of || of.WindowOf(period) == formula.WindowOf(period);

    /// <summary>The figure where all its inputs cover the same days as it does; otherwise that reason.</summary>
    public static Figure Only(
        SeriesFormula formula,
        FormulaKind kind,
        IEnumerable<SeriesKey> inputs,
        SeriesEvaluator series,
        Figure figure
    )
    {
        var period = figure.Period;
        if (figure.Current.Value == FigureValue.None || inputs.All(input => Hold(formula, input, series, period)))
            return figure;
        var (have, need) = figure.Computed is { } computed ? (computed.Have, computed.Need) : (1, 1);
        return ComputedFigure.Of(period, kind, Derived.Missing(Absence.WindowsDiffer, period), have, need, [figure]);
    }
}
