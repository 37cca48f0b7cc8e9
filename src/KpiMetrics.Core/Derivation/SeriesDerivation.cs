using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Derivation.Plans;
using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;

namespace KpiMetrics.Core.Derivation;

/// <summary>Derives a whole series, or the part of it that a correction touches; the results are the same.</summary>
public static class SeriesDerivation
{
    /// <summary>One result for each figure that has a value, or a reason for having none, in order of the periods.</summary>
    /// <param name="measure">The measure the series is of.</param>
    /// <param name="frequency">The series' frequency.</param>
    /// <param name="figures">
    /// Figures in order of their periods, reaching back at least to <see cref="Dependents.InputsFrom"/> of the first one wanted.
    /// </param>
    /// <param name="forms">Under which form of window the periods fall.</param>
    /// <param name="totals">The reported running totals of a flow, in order; empty where none are.</param>
    /// <param name="plans">The plans of the series; null: none.</param>
    public static IEnumerable<DerivedFigure> Derive(
        Measure measure,
        Frequency frequency,
        IReadOnlyList<Figure> figures,
        WindowForms? forms = null,
        IReadOnlyList<Figure>? totals = null,
        SeriesPlans? plans = null
    )
    {
        var columns = SeriesColumns.From(frequency, figures, forms ?? WindowForms.Calendar);
        // The changes of a running total are those of the amounts behind it.
        var compared = measure.Kind == MeasureKind.Cumulative ? Decumulation.Of(columns) : columns;
        var pop = PeriodOnPeriod.Over(compared, measure);
        var yoy = YearOnYear.Over(compared, measure);
        var ytd = YearToDate.Over(columns, measure);
        if (measure.Kind == MeasureKind.Flow && totals is { Count: > 0 })
            ytd = AnchoredYearToDate.Over(columns, ytd, figures, totals);
        var ytdYoy = YearToDateOnYear.Over(columns, measure, ytd);
        var plan = plans is null ? null : AgainstPlan.Over(columns, measure, ytd, plans);
        foreach (var figure in figures)
        {
            if (columns.PositionOf(figure.Period) is >= 0 and var at)
            {
                var change = compared.PositionOf(figure.Period);
                var missing = change < 0 ? compared.WhyMissing(figure.Period) : default;
                var row = new DerivedFigure(
                    figure,
                    change < 0 ? missing : pop[change],
                    change < 0 ? missing : yoy[change],
                    ytd[at],
                    ytdYoy[at]
                )
                {
                    YoyBase = change < 0 || yoy[change].Value is null ? null : BaseVintage(columns, figures, figure),
                };
                yield return plan is null ? row : row with { Plan = plan[at] };
            }
            else if (figure.Current.Value.Text is not null)
                yield return Without(figure, Derived.Missing(Absence.NotComparable, figure.Period));
            else if (figure.Computed is { } computed)
                yield return Without(figure, computed.Result);
        }
    }

    private static DerivedFigure Without(Figure figure, Derived reason) => new(figure, reason, reason, new(reason, 1, 1), reason);

    private static Vintage? BaseVintage(SeriesColumns columns, IReadOnlyList<Figure> figures, Figure figure)
    {
        if (figure.Period.YearEarlier is not { } before)
            return null;
        if (columns.Vintages?.Like(figure.Period.Index, before.Index) is not null)
            return figure.Current.Vintage;
        if (columns.Vintages is null)
            return figure.Current.Vintage;
        foreach (var other in figures)
        {
            if (other.Period == before)
                return other.Current.Vintage;
        }
        return null;
    }
}
