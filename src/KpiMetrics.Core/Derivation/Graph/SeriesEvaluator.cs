using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Derivation.Plans;
using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;

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

    /// <summary>The figures with what is derived for them.</summary>
    /// <param name="planned">The row whose plan counts, where a row of its own compares with another plan; null: the series itself.</param>
    public IEnumerable<DerivedFigure> Derive(SeriesKey key, SeriesKey? planned = null)
    {
        if (FormulaOf(key) is not { } formula)
            return [];
        var totals = formula.RunningTotal is { } total ? reported(total) : [];
        var versions = PlansFor(planned ?? key);
        return SeriesDerivation.Derive(
            formula.Measure,
            key.Frequency,
            FiguresOf(key),
            formula.Forms,
            totals,
            versions.Count == 0 ? null : new SeriesPlans(versions, formula.Measure.Kind)
        );
    }

    /// <summary>The plans a series is held against: its own; of a comparison or running total without one that of its input; of a flow that of its running total.</summary>
    public IReadOnlyList<PlanVersion> PlansFor(SeriesKey key)
    {
        var asked = new HashSet<SeriesKey>();
        for (var next = key; next is not null && asked.Add(next); )
        {
            if (plans(next) is { Count: > 0 } found)
                return found;
            next =
                FormulaOf(next) is not { } formula ? null
                : formula.Measure.Derived is { Rule: DerivedRule.Plan or DerivedRule.Ytd } ? formula.RuleInputs[0]
                : formula.RunningTotal;
        }
        return [];
    }

    private List<Figure> Evaluate(SeriesFormula formula)
    {
        var found = new SortedDictionary<Period, Figure>();
        var past = new List<Figure>();
        Add(found, reported(formula.Key));
        if (formula.RuleInputs.Count > 0)
            Add(found, RuleRows.Of(formula, this));
        if (formula.Quotient is var (above, below) && formula.Measure.Ratio is { } ratio)
        {
            var rates = Quotients.Of(
                FormulaKind.Quotient,
                (above.Measure, FiguresOf(above)),
                (below.Measure, FiguresOf(below)),
                ratio.InPercent
            );
            Add(found, rates);
        }
        if (formula.Former is { } former)
        {
            past.AddRange(
                FormerMeasure.Past(FiguresOf(former), formula.Measure.From, period => formula.WindowOf(period).FirstDay)
            );
            Add(found, past.Where(figure => figure.Computed is null or { IsComplete: true }));
        }
        if (formula.Within.Count > 0)
            Add(
                found,
                AreasWithin.Sum(
                    [.. formula.Within.Select(child => (child.Area, FiguresOf(child.Key)))],
                    period => formula.WindowOf(period).LastDay
                )
            );
        if (formula.Finer is { } finer && FiguresOf(finer) is { Count: > 0 } parts)
            Add(found, FinerPeriods.RollUp(formula.Measure, formula.Key.Frequency, parts, formula.Regime));
        // Of a year in which one measure took the other's place the former knows its own part only.
        Add(found, past);
        if (formula is { Origins.Count: > 0, Area: { } area })
        {
            Add(
                found,
                Predecessors.Past(
                    formula.Measure,
                    area,
                    [.. formula.Origins.Select(origin => (origin.Origin, FiguresOf(origin.Key)))],
                    period => formula.WindowOf(period).LastDay
                )
            );
        }
        return [.. found.Values];
    }

    // What an earlier way gave stays; a reason for nothing gives way to a figure.
    private static void Add(SortedDictionary<Period, Figure> found, IEnumerable<Figure> figures)
    {
        foreach (var figure in figures)
        {
            if (!found.TryGetValue(figure.Period, out var before) || IsEmpty(before) && !IsEmpty(figure))
                found[figure.Period] = figure;
        }
    }

    private static bool IsEmpty(Figure figure) => figure.Current.Value == FigureValue.None;
}
