using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Derivation.Graph;
using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;
using KpiMetrics.Core.Quality.Checks;

namespace KpiMetrics.Pipeline.Checks;

/// <summary>A coarse figure against its finer periods, a larger area's against the areas in it, a rate against the sums of its parts.</summary>
/// <remarks>Only where all parts are there, under one form of window.</remarks>
internal static class PartChecks
{
    /// <summary>Checks all figures of a series.</summary>
    public static void Of(CheckedSeries series, IReadOnlyList<Term> stated, Outcomes outcomes)
    {
        var formula = series.Formula;
        if (formula.Finer is { } finer && series.Evaluator.FiguresOf(finer) is { Count: > 0 } parts)
        {
            var rolled = Complete(FinerPeriods.RollUp(formula.Measure, series.Key.Frequency, parts, formula.Regime));
            foreach (var term in stated)
            {
                if (rolled.TryGetValue(term.Period, out var whole))
                    Periods(series, term, finer, whole, outcomes);
            }
        }
        if (formula is { Within.Count: > 0, Area: { } area })
        {
            var children = formula.Within.Select(child => (child.Area, series.Evaluator.FiguresOf(child.Key))).ToList();
            var summed = Complete(AreasWithin.Sum(area, children, period => formula.WindowOf(period).LastDay));
            foreach (var term in stated.Where(term => summed.ContainsKey(term.Period)))
                Areas(series, term, outcomes);
        }
        if (formula.Quotient is var (above, below) && formula.Measure.Ratio is { } ratio)
        {
            foreach (var term in stated)
                Rate(series, term, above, below, ratio.InPercent, outcomes);
        }
    }

    private static void Periods(CheckedSeries series, Term stated, SeriesKey finer, decimal whole, Outcomes outcomes)
    {
        if (series.Terms.Finer(series.Formula, finer, stated.Period) is not { } parts || !parts.All(stated.IsComparableWith))
            return;
        var rule = series.Measure.OverTime;
        // A mean of means weighs each of them once; it cannot be had from what they were made of.
        var isOneEach = rule is OverTime.Sum or OverTime.Last || parts.All(part => part.Key == finer);
        if (!isOneEach)
            return;
        if (rule == OverTime.GeometricMean && parts.Any(part => part.Printed.Places < stated.Printed.Places))
            return;
        var result =
            rule == OverTime.GeometricMean
                ? ReconcileCheck.Computed(stated.Printed, whole)
                : ReconcileCheck.Parts(rule, stated.Printed, [.. parts.Select(part => (PrintedNumber?)part.Printed)]);
        var kind = rule switch
        {
            OverTime.Sum => CheckKind.PeriodsSum,
            OverTime.Last => CheckKind.PeriodsLast,
            _ => CheckKind.PeriodsOther,
        };
        outcomes.Add(
            series.About(stated),
            kind,
            result,
            () => [.. parts.Select(part => series.Input(part, stated.Period))],
            OriginOf(series, stated.Period)
        );
    }

    private static void Areas(CheckedSeries series, Term stated, Outcomes outcomes)
    {
        if (series.Terms.Within(series.Formula, stated.Period) is not { } parts || !parts.All(stated.IsComparableWith))
            return;
        outcomes.Add(
            series.About(stated),
            CheckKind.AreasSum,
            ReconcileCheck.Areas(stated.Printed, [.. parts.Select(part => (PrintedNumber?)part.Printed)]),
            () => [.. parts.Select(part => series.Input(part, stated.Period))]
        );
    }

    // Where both are reported for the very period and area, the declared identity is the check.
    private static void Rate(
        CheckedSeries series,
        Term stated,
        SeriesKey above,
        SeriesKey below,
        bool inPercent,
        Outcomes outcomes
    )
    {
        var period = stated.Period;
        if (
            series.Terms.Of(above, period) is not { } numerators
            || series.Terms.Of(below, period) is not { } denominators
            || numerators is [{ Key: var first }] && first == above && denominators is [{ Key: var second }] && second == below
            || !series.HasSameWindow(above, period)
            || !series.HasSameWindow(below, period)
            || !numerators.Concat(denominators).All(stated.IsComparableWith)
        )
            return;
        var ofAreas = numerators.Concat(denominators).Any(term => term.Key.Area != series.Key.Area);
        outcomes.Add(
            series.About(stated),
            ofAreas ? CheckKind.AreasRatio : CheckKind.DerivedQuotient,
            ReconcileCheck.Rate(
                stated.Printed,
                [.. numerators.Select(term => (PrintedNumber?)term.Printed)],
                [.. denominators.Select(term => (PrintedNumber?)term.Printed)],
                inPercent
            ),
            () => [series.Total(above, numerators, period, period), series.Total(below, denominators, period, period)]
        );
    }

    private static Dictionary<Period, decimal> Complete(IEnumerable<Figure> figures) =>
        figures
            .Where(figure => figure is { Computed: { IsComplete: true, Result.Value: not null } })
            .ToDictionary(figure => figure.Period, figure => figure.Current.Value.Number.GetValueOrDefault());

    private static string? OriginOf(CheckedSeries series, Period period) =>
        RegimeRule.InForce(series.Formula.Regime, period).Origin;
}
