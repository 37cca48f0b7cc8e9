using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Derivation.Graph;
using KpiMetrics.Core.Derivation.Plans;
using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;

namespace KpiMetrics.Core.Derivation.Explaining;

/// <summary>What is derived for a figure.</summary>
public sealed partial class Explainer
{
    private readonly Dictionary<(SeriesKey Key, SeriesKey? Planned), Dictionary<Period, DerivedFigure>> rows = [];
    private readonly Dictionary<(SeriesKey, Period, ExplainedPart, SeriesKey?), Explanation> comparisons = [];
    private readonly Dictionary<SeriesKey, SeriesColumns> amounts = [];

    /// <param name="planned">The row whose plan counts; null: the series itself.</param>
    private Explanation Of(SeriesKey key, Period period, ExplainedPart part, SeriesKey? planned = null) =>
        evaluator.FormulaOf(key) is { } formula
            ? Comparison(formula, period, part, planned)
            : new(key, period, part, Derived.Missing(Absence.NoFigure, period));

    private Explanation Comparison(SeriesFormula formula, Period period, ExplainedPart part, SeriesKey? planned = null)
    {
        var place = (formula.Key, period, part, planned);
        if (!comparisons.TryGetValue(place, out var found))
            comparisons[place] = found = MakeComparison(formula, period, part, planned);
        return found;
    }

    private Explanation MakeComparison(SeriesFormula formula, Period period, ExplainedPart part, SeriesKey? planned)
    {
        var key = formula.Key;
        var row = Row(key, period, planned);
        var missing = Value(key, period).Result is { Value: null } reason ? reason : Derived.Missing(Absence.NoFigure, period);
        var result = part switch
        {
            ExplainedPart.Pop => row?.Pop,
            ExplainedPart.Yoy => row?.Yoy,
            ExplainedPart.Ytd => row?.Ytd.Total,
            ExplainedPart.YtdYoy => row?.YtdYoy,
            _ => row?.Plan,
        };
        var (arithmetic, inputs) = row is null
            ? (Arithmetic.None, [])
            : part switch
            {
                ExplainedPart.Pop => Changed(key, Single(formula, period), period.Previous, before => Single(formula, before)),
                ExplainedPart.Yoy => Changed(
                    key,
                    Single(formula, period),
                    period.YearEarlier,
                    before => Base(formula, row.Figure, before)
                ),
                ExplainedPart.Ytd => SoFar(formula, period),
                ExplainedPart.YtdYoy => Changed(
                    key,
                    Comparison(formula, period, ExplainedPart.Ytd),
                    period.YearEarlier,
                    before => Comparison(formula, before, ExplainedPart.Ytd)
                ),
                _ => AgainstPlan(formula, period, planned),
            };
        return new(key, period, part, result ?? missing)
        {
            Arithmetic = result?.Value is null ? Arithmetic.None : arithmetic,
            Inputs = inputs,
            Coverage = part == ExplainedPart.Ytd && row is { Ytd: { Total.Value: not null } ytd } ? (ytd.Have, ytd.Need) : null,
        };
    }

    private DerivedFigure? Row(SeriesKey key, Period period, SeriesKey? planned = null)
    {
        if (!rows.TryGetValue((key, planned), out var found))
            rows[(key, planned)] = found = evaluator.Derive(key, planned).ToDictionary(row => row.Figure.Period);
        return found.GetValueOrDefault(period);
    }

    private (Arithmetic, IReadOnlyList<ExplainedInput>) Changed(
        SeriesKey key,
        Explanation now,
        Period? other,
        Func<Period, Explanation> explain
    )
    {
        if (evaluator.FormulaOf(key) is not { Measure: var measure } || measure.Kind == MeasureKind.Text)
            return (Arithmetic.None, []);
        var compared = new ExplainedInput(InputRole.Compared, now);
        if (other is not { } before)
            return (Arithmetic.None, [compared]);
        var link = IndexLink.Between(measure, before, now.Period) ?? 1m;
        return (
            measure.InPoints ? Arithmetic.Difference : Arithmetic.Change,
            [compared, new(InputRole.Base, explain(before)) { Link = link }]
        );
    }

    /// <summary>What is compared from period to period: of a running total the amount behind it.</summary>
    private Explanation Single(SeriesFormula formula, Period period) =>
        formula.Measure.Kind == MeasureKind.Cumulative ? Amount(formula, period) : Value(formula.Key, period);

    // Like with like: what the other figure was at the same vintage, where it ever had that.
    private Explanation Base(SeriesFormula formula, Figure figure, Period before)
    {
        if (formula.Measure.Kind == MeasureKind.Cumulative || FigureOf(formula.Key, before) is not { } other)
            return Single(formula, before);
        var like = other.SaidAt(figure.Current.Vintage);
        return like is null || ReferenceEquals(like, other.Current)
            ? Value(formula.Key, before)
            : Stated(formula.Key, other, like);
    }

    private Explanation Amount(SeriesFormula formula, Period period)
    {
        var key = formula.Key;
        if (!amounts.TryGetValue(key, out var known))
            amounts[key] = known = Decumulation.Of(SeriesColumns.From(key.Frequency, evaluator.FiguresOf(key), formula.Forms));
        var result = known.Find(period) is { } number ? Derived.Of(number) : known.WhyMissing(period);
        var isFirst = period.Number == 1;
        List<Explanation> totals = [Value(key, period)];
        if (!isFirst && period.Previous is { } before)
            totals.Add(Value(key, before));
        return new(key, period, ExplainedPart.Amount, result)
        {
            Arithmetic =
                result.Value is null ? Arithmetic.None
                : isFirst ? Arithmetic.Same
                : Arithmetic.Difference,
            Inputs = LessTheOthers(totals),
        };
    }

    private (Arithmetic, IReadOnlyList<ExplainedInput>) SoFar(SeriesFormula formula, Period period)
    {
        var (key, measure) = (formula.Key, formula.Measure);
        if (measure.Kind == MeasureKind.Cumulative)
            return (Arithmetic.Same, Parts([Value(key, period)]));
        if (!measure.HasYearToDate)
            return (Arithmetic.None, []);
        if (measure.Kind == MeasureKind.Flow && formula.Forms.IsUniform && Anchored(formula, period) is { } anchored)
            return (Arithmetic.Sum, anchored);
        var parts = new List<Explanation>();
        for (Period? at = period.FirstOfYear; at is { } part && part <= period; at = part.Next)
            parts.Add(Value(key, part));
        return measure.Kind == MeasureKind.Flow ? (Arithmetic.Sum, Parts(parts)) : Averaged(measure, parts, period);
    }

    private List<ExplainedInput>? Anchored(SeriesFormula formula, Period period)
    {
        if (formula.RunningTotal is not { } total)
            return null;
        var terms = AnchoredYearToDate.TermsOf(period, evaluator.FiguresOf(formula.Key), evaluator.ReportedTotalsOf(formula));
        return terms?.Select(Input).ToList();

        ExplainedInput Input(AnchoredTerm term) =>
            term.IsRunningTotal ? new(InputRole.RunningTotal, Value(total, term.Figure.Period))
            : term.IsTakenOff ? new(InputRole.Subtrahend, Stated(formula.Key, term.Figure, term.Statement)) { Weight = -1m }
            : new(InputRole.Part, Value(formula.Key, term.Figure.Period));
    }

    private (Arithmetic, IReadOnlyList<ExplainedInput>) AgainstPlan(SeriesFormula formula, Period period, SeriesKey? planned)
    {
        if (formula.Measure.Kind == MeasureKind.Text || evaluator.PlansFor(formula.Key, planned)?.Of(period.Year) is not { } plan)
            return (Arithmetic.None, []);
        var done =
            formula.Measure.Kind == MeasureKind.Flow
                ? Comparison(formula, period, ExplainedPart.Ytd)
                : Value(formula.Key, period);
        return (Arithmetic.Percent, [new(InputRole.Done, done), new(InputRole.Planned, Planned(planned ?? formula.Key, plan))]);
    }

    private static Explanation Planned(SeriesKey key, PlanOfYear plan)
    {
        var whole = new Explanation(key, plan.Year, ExplainedPart.Planned, plan.Total) { Plan = plan.Version };
        return plan.Version is not null
            ? whole
            : whole with
            {
                Arithmetic = plan.Total.Value is null ? Arithmetic.None : Arithmetic.Sum,
                Inputs = Parts(
                    plan.Summed.Select(part => new Explanation(key, part.Stated, ExplainedPart.Planned, Derived.Of(part.Value))
                    {
                        Plan = part,
                    })
                ),
            };
    }
}
