using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Derivation;
using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;
using KpiMetrics.Core.Quality.Checks;

namespace KpiMetrics.Pipeline.Checks;

/// <summary>Rows that the set derives from others, and that an office reports as well.</summary>
/// <remarks>
/// A running total is held against the flows as they are known now, not against earlier totals; other comparisons only where the row itself could be
/// computed, so that windows, base years and areas are comparable.
/// </remarks>
internal static class DerivedRowChecks
{
    public static void Of(CheckedSeries series, Term stated, Outcomes outcomes)
    {
        if (series.Measure.Derived is not { } derived || series.Formula.RuleInputs is not [var first, ..])
            return;
        var inputs = series.Formula.RuleInputs;
        var period = stated.Period;
        if (!inputs.All(input => series.HasSameWindow(input, period)))
            return;
        if (derived.Rule is DerivedRule.Ytd or DerivedRule.Sum)
        {
            var isTotal = derived.Rule == DerivedRule.Ytd;
            var terms = ReportedTerms.Join(
                inputs.Select(input => isTotal ? series.Terms.YearSoFar(input, period) : series.Terms.Of(input, period))
            );
            if (terms is not null && terms.All(stated.IsComparableWith))
                Sum(series, stated, isTotal ? CheckKind.CumulativeOfFlows : CheckKind.DerivedSum, terms, outcomes);
            return;
        }
        if (derived.Rule is DerivedRule.Difference or DerivedRule.Ratio or DerivedRule.Share)
        {
            var lists = inputs.Select(input => (input, period, series.Terms.Of(input, period))).ToList();
            Compare(series, stated, derived.Rule, series.Measure, lists, null, outcomes);
            return;
        }
        if (series.Catalog.FindMeasure(first.Set, first.Measure) is var (_, compared))
            Change(series, stated, derived.Rule, compared, first, outcomes);
    }

    private static void Sum(CheckedSeries series, Term stated, CheckKind kind, IReadOnlyList<Term> terms, Outcomes outcomes) =>
        outcomes.Add(
            series.About(stated),
            kind,
            ReconcileCheck.Cumulative(stated.Printed, [.. terms.Select(term => (PrintedNumber?)term.Printed)]),
            () => [.. terms.Select(term => series.Input(term, stated.Period))]
        );

    private static void Change(
        CheckedSeries series,
        Term stated,
        DerivedRule rule,
        Measure compared,
        SeriesKey first,
        Outcomes outcomes
    )
    {
        var period = stated.Period;
        if (series.ComputedTerms.FigureOf(series.Key, period)?.Computed is not { IsComplete: true } computed)
            return;
        if (computed.Result.Value is null && computed.Result.Absence is not (Absence.BaseIsZero or Absence.PlanIsZero))
            return;
        if (rule == DerivedRule.Plan)
        {
            Plan(series, stated, compared, first, outcomes);
            return;
        }
        // The changes of running totals are those of the amounts behind them, those of an index may need a link.
        var isPlain = compared.Kind != MeasureKind.Cumulative && compared.Bases.Count == 0;
        var isToDate = rule == DerivedRule.YtdYoy;
        if ((isPlain || isToDate && compared.Bases.Count == 0) && BaseOf(rule, period) is { } before)
        {
            Compare(
                series,
                stated,
                rule,
                compared,
                [
                    (first, period, isToDate ? series.Terms.YearSoFar(first, period) : series.Terms.Of(first, period)),
                    (first, before, isToDate ? series.Terms.YearSoFar(first, before) : series.Terms.Of(first, before)),
                ],
                computed.Result.Value,
                outcomes
            );
        }
        else if (computed.Result.Value is { } value && IsOfCounts(series, stated, compared, first))
            outcomes.Add(
                series.About(stated),
                CheckKind.DerivedOther,
                ReconcileCheck.Computed(stated.Printed, value),
                () => Sides(series, stated, rule, first)
            );
    }

    private static void Plan(CheckedSeries series, Term stated, Measure compared, SeriesKey first, Outcomes outcomes)
    {
        var period = stated.Period;
        var plans = series.Evaluator.PlansFor(first, series.Key);
        var done = compared.Kind == MeasureKind.Flow ? series.Terms.YearSoFar(first, period) : series.Terms.Of(first, period);
        if (plans?.Of(period.Year)?.Total.Value is not { } plan || done is null || !done.All(stated.IsComparableWith))
            return;
        var planned = PrintedNumber.Of(plan, compared);
        var place = series.PlaceOf(first, compared);
        outcomes.Add(
            series.About(stated),
            CheckKind.DerivedQuotient,
            ReconcileCheck.Derived(series.Measure, DerivedRule.Plan, compared, stated.Printed, [Printed(done), [planned]]),
            () =>
                [
                    series.Total(first, done, period, period),
                    new(place with { Form = null, Number = null, Name = $"Kế hoạch: {place.Name}" }, planned),
                ]
        );
    }

    private static void Compare(
        CheckedSeries series,
        Term stated,
        DerivedRule rule,
        Measure compared,
        List<(SeriesKey Key, Period Period, IReadOnlyList<Term>? Terms)> inputs,
        decimal? computed,
        Outcomes outcomes
    )
    {
        var terms = inputs.Select(input => input.Terms).OfType<IReadOnlyList<Term>>().ToList();
        if (terms.Count < inputs.Count || !terms.All(list => list.All(stated.IsComparableWith)))
            return;
        var result = ReconcileCheck.Derived(series.Measure, rule, compared, stated.Printed, [.. terms.Select(Printed)]);
        // Of the ways to compare estimates, with the final figures of last year or with the estimates of then, either is right.
        if (
            result is Contradicts
            && computed is { } value
            && ReconcileCheck.Computed(stated.Printed, value) is Agrees and var agrees
        )
            result = agrees;
        outcomes.Add(
            series.About(stated),
            CheckKinds.Of(rule),
            result,
            () => [.. inputs.Select(input => series.Total(input.Key, input.Terms ?? [], input.Period, stated.Period))]
        );
    }

    private static Period? BaseOf(DerivedRule rule, Period period) =>
        rule switch
        {
            DerivedRule.Pop => period.Previous,
            DerivedRule.Yoy or DerivedRule.YtdYoy => period.YearEarlier,
            DerivedRule.YearEnd => period.FirstOfYear.Previous,
            _ => null,
        };

    // Without the base as it is printed a computed change is exact only where all that goes in is.
    private static bool IsOfCounts(CheckedSeries series, Term stated, Measure compared, SeriesKey first) =>
        Units.IsCounted(compared.Unit)
        && compared.Kind is MeasureKind.Flow or MeasureKind.Stock or MeasureKind.Cumulative
        && series.Terms.Of(first, stated.Period) is { } terms
        && terms.All(term => term.Printed.IsExact && stated.IsComparableWith(term));

    // The figures and, of running totals, also those before them, whose differences are the amounts.
    private static IReadOnlyList<FindingInput> Sides(CheckedSeries series, Term stated, DerivedRule rule, SeriesKey first)
    {
        Period?[] periods = BaseOf(rule, stated.Period) is { } before
            ? [stated.Period, stated.Period.Previous, before, before.Previous]
            : [stated.Period];
        return
        [
            .. periods
                .OfType<Period>()
                .Distinct()
                .Select(period => (period, Terms: series.Terms.Of(first, period)))
                .Where(side => side.Terms is not null)
                .Select(side => series.Total(first, side.Terms ?? [], side.period, stated.Period)),
        ];
    }

    private static IReadOnlyList<PrintedNumber?> Printed(IReadOnlyList<Term> terms) =>
        [.. terms.Select(term => (PrintedNumber?)term.Printed)];
}
