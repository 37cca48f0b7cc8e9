using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Derivation.Plans;
using KpiMetrics.Core.Figures;

namespace KpiMetrics.Core.Derivation.Graph;

/// <summary>The figures of series, reported or computed, and what is derived for them; each series is worked out once.</summary>
/// <param name="plans">What was said about the plans of a series' measure, subject and area.</param>
/// <param name="reported">The reported figures of a series, in order; empty where there are none. Over all periods that are asked of and needed.</param>
public sealed class SeriesEvaluator(
    SeriesGraph graph,
    Func<SeriesKey, IReadOnlyList<Figure>> reported,
    Func<SeriesKey, IReadOnlyList<PlanVersion>> plans
)
{
    private readonly Dictionary<SeriesKey, SeriesFormula?> formulas = [];
    private readonly Dictionary<SeriesKey, IReadOnlyList<Figure>> known = [];

    /// <summary>Null where the catalog does not know the series.</summary>
    public SeriesFormula? FormulaOf(SeriesKey key)
    {
        if (!formulas.TryGetValue(key, out var formula))
            formulas[key] = formula = graph.FormulaOf(key);
        return formula;
    }

    /// <summary>In order of the periods; computed ones without a value say why. Empty where the catalog does not know the series.</summary>
    public IReadOnlyList<Figure> FiguresOf(SeriesKey key)
    {
        if (!known.TryGetValue(key, out var figures))
            known[key] = figures = FormulaOf(key) is { } formula ? Evaluate(formula) : [];
        return figures;
    }

    /// <summary>The reported running totals of a flow that cover the same days as it does; empty where there are none.</summary>
    internal IReadOnlyList<Figure> ReportedTotalsOf(SeriesFormula formula) =>
        formula.RunningTotal is { } total
            ? [.. reported(total).Where(figure => SameWindows.Hold(formula, total, this, figure.Period))]
            : [];

    /// <summary>The figures with what is derived for them.</summary>
    /// <param name="planned">The row that compares the series with a plan; null: its ordinary plan.</param>
    public IEnumerable<DerivedFigure> Derive(SeriesKey key, SeriesKey? planned = null)
    {
        if (FormulaOf(key) is not { } formula)
            return [];
        var totals = ReportedTotalsOf(formula);
        return SeriesDerivation.Derive(
            formula.Measure,
            key.Frequency,
            FiguresOf(key),
            formula.Forms,
            totals,
            PlansFor(key, planned)
        );
    }

    /// <summary>
    /// The plans that the figures of a series are held against: its own, those of the flow of which it is the running total, or of its running
    /// total; null where there are none. A row that compares with a plan has none itself: it would be held against it twice.
    /// </summary>
    /// <param name="row">
    /// The row that compares: a plan stated for the row itself counts, else that of the series under the scheme that the row names. Null: the series' ordinary plan.
    /// </param>
    public SeriesPlans? PlansFor(SeriesKey series, SeriesKey? row = null)
    {
        if (FormulaOf(series) is not { } formula)
            return null;
        var kind = formula.Measure.Kind;
        if (row is null)
            return formula.Measure.Derived?.Rule == DerivedRule.Plan ? null : PlansUnder("", series, kind);
        return plans(row) is { Count: > 0 } own
            ? new(own, kind)
            : PlansUnder(FormulaOf(row)?.Measure.Derived?.Scheme ?? "", series, kind);
    }

    private SeriesPlans? PlansUnder(string scheme, SeriesKey series, MeasureKind kind)
    {
        var asked = new HashSet<SeriesKey>();
        for (var next = series; next is not null && asked.Add(next); )
        {
            var found = plans(next);
            if (found.Any(version => version.Scheme == scheme))
                return new(found, kind, scheme);
            next = FormulaOf(next)?.PlannedAs;
        }
        return null;
    }

    private IReadOnlyList<Figure> Evaluate(SeriesFormula formula)
    {
        var found = reported(formula.Key);
        if (formula.RuleInputs.Count > 0)
            found = Merge(found, RuleRows.Of(formula, this));
        if (formula.Quotient is var (above, below) && formula.Measure.Ratio is { } ratio)
        {
            var rates = Quotients.Of(
                FormulaKind.Quotient,
                (above.Measure, FiguresOf(above)),
                (below.Measure, FiguresOf(below)),
                ratio.InPercent
            );
            found = Merge(
                found,
                rates.Select(rate => SameWindows.Only(formula, FormulaKind.Quotient, [above, below], this, rate))
            );
        }
        if (formula.Former is { } former)
        {
            var past = FormerMeasure.Past(FiguresOf(former), formula.Measure.From, period => formula.WindowOf(period).FirstDay);
            found = Merge(
                found,
                past.Select(figure => SameWindows.Only(formula, FormulaKind.FormerMeasure, [former], this, figure))
            );
        }
        if (formula is { Within.Count: > 0, Area: { } whole })
            found = Merge(
                found,
                AreasWithin.Sum(
                    whole,
                    [.. formula.Within.Select(child => (child.Area, FiguresOf(child.Key)))],
                    period => formula.WindowOf(period).LastDay
                )
            );
        if (formula.Finer is { } finer && FiguresOf(finer) is { Count: > 0 } parts)
            found = Merge(found, FinerPeriods.RollUp(formula.Measure, formula.Key.Frequency, parts, formula.Regime));
        if (formula is { Origins.Count: > 0, Area: { } area })
        {
            found = Merge(
                found,
                Predecessors.Past(
                    formula.Measure,
                    area,
                    [.. formula.Origins.Select(origin => (origin.Origin, FiguresOf(origin.Key)))],
                    period => formula.WindowOf(period).LastDay
                )
            );
        }
        return found;
    }

    // What an earlier way gave stays; a reason for nothing gives way to a figure, a total that lacks parts to one that lacks fewer.
    private static IReadOnlyList<Figure> Merge(IReadOnlyList<Figure> found, IEnumerable<Figure> figures)
    {
        var more = figures.ToList();
        if (found.Count == 0 || more.Count == 0)
            return found.Count == 0 ? more : found;
        var all = new List<Figure>(found.Count + more.Count);
        var at = 0;
        foreach (var figure in more)
        {
            while (at < found.Count && found[at].Period < figure.Period)
                all.Add(found[at++]);
            var before = at < found.Count && found[at].Period == figure.Period ? found[at++] : null;
            var isBetter = before is null || !IsEmpty(figure) && (IsEmpty(before) || LacksLess(figure, before));
            all.Add(isBetter ? figure : before ?? figure);
        }
        while (at < found.Count)
            all.Add(found[at++]);
        return all;
    }

    private static bool LacksLess(Figure figure, Figure before) =>
        before.Computed is { IsComplete: false } partial
        && figure.Computed is { } computed
        && (long)computed.Have * partial.Need > (long)partial.Have * computed.Need;

    private static bool IsEmpty(Figure figure) => figure.Current.Value == FigureValue.None;
}
