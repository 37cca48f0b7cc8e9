using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;

namespace KpiMetrics.Core.Derivation;

/// <summary>Derives a whole series, or the part of it that a correction touches; the results are the same.</summary>
public static class SeriesDerivation
{
    /// <summary>One result for each figure that has a value, in order of the periods.</summary>
    /// <param name="measure">The measure the series is of.</param>
    /// <param name="frequency">The series' frequency.</param>
    /// <param name="figures">
    /// Figures in order of their periods, reaching back at least to <see cref="Dependents.InputsFrom"/> of the first one wanted.
    /// </param>
    public static IEnumerable<DerivedFigure> Derive(Measure measure, Frequency frequency, IReadOnlyList<Figure> figures)
    {
        var columns = SeriesColumns.From(frequency, figures);
        var pop = PeriodOnPeriod.Over(columns, measure);
        var yoy = YearOnYear.Over(columns, measure);
        var ytd = YearToDate.Over(columns, measure);
        foreach (var figure in figures)
        {
            if (columns.PositionOf(figure.Period) is >= 0 and var at)
                yield return new(figure, pop[at], yoy[at], ytd[at]);
            else if (figure.Current.Value.Text is not null)
                yield return new(figure, NotComparable(figure), NotComparable(figure), new(NotComparable(figure), 1, 1));
        }
    }

    private static Derived NotComparable(Figure figure) => Derived.Missing(Absence.NotComparable, figure.Period);
}
