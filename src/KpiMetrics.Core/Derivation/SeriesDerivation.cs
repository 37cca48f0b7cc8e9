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
        // Every figure with a number has its place in the columns, in the same order.
        var (next, change) = (0, 0);
        foreach (var figure in figures)
        {
            if (figure.Current.Value.Number is not null)
            {
                var at = next++;
                var isCompared = change < compared.Count && compared.IndexAt(change) == figure.Period.Index;
                var missing = isCompared ? default : compared.WhyMissing(figure.Period);
                var againstYear = isCompared ? yoy[change] : missing;
                yield return new(
                    figure,
                    isCompared ? pop[change] : missing,
                    againstYear,
                    Covered(measure, figure, ytd[at]),
                    ytdYoy[at]
                )
                {
                    YoyBase = againstYear.Value is null ? null : BaseVintage(measure, columns.Vintages, figure),
                    Plan = plan is null ? NoPlan(figure.Period) : plan[at],
                };
                change += isCompared ? 1 : 0;
            }
            else if (figure.Current.Value.Text is not null)
                yield return Without(figure, Derived.Missing(Absence.NotComparable, figure.Period));
            else if (figure.Computed is { } computed)
                yield return Without(figure, computed.Result);
        }
    }

    // A computed running total has of the year what its flows have.
    private static Cumulated Covered(Measure measure, Figure figure, Cumulated ytd) =>
        measure.Kind == MeasureKind.Cumulative && figure.Computed is { } computed && computed.Need == ytd.Need
            ? ytd with
            {
                Have = computed.Have,
            }
            : ytd;

    private static DerivedFigure Without(Figure figure, Derived reason) =>
        new(figure, reason, reason, new(reason, 1, 1), reason) { Plan = NoPlan(figure.Period) };

    private static Derived NoPlan(Period period) => Derived.Missing(Absence.NoPlan, Period.Of(Frequency.Year, period.Year));

    private static Vintage? BaseVintage(Measure measure, VintageColumns? vintages, Figure figure)
    {
        if (figure.Period.YearEarlier is not { } before)
            return null;
        // The amounts behind running totals are those of the newest totals, whatever their vintage.
        if (measure.Kind == MeasureKind.Cumulative && vintages is not null)
            return vintages.Of(before.Index);
        return vintages is null || vintages.Like(figure.Period.Index, before.Index) is not null
            ? figure.Current.Vintage
            : vintages.Of(before.Index);
    }
}
