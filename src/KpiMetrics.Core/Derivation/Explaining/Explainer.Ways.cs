using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Derivation.Graph;
using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;

namespace KpiMetrics.Core.Derivation.Explaining;

/// <summary>The ways by which a figure that nobody reported comes about.</summary>
public sealed partial class Explainer
{
    private Explanation Computed(SeriesFormula formula, Figure figure, Computation computed)
    {
        var (arithmetic, inputs) = computed.Kind switch
        {
            FormulaKind.Rule => ByRule(formula, figure.Period),
            FormulaKind.Quotient => Quotient(formula, figure.Period),
            FormulaKind.FormerMeasure => Former(formula, figure.Period),
            FormulaKind.AreasWithin => Within(formula, figure.Period),
            FormulaKind.FinerPeriods => Finer(formula, figure.Period),
            _ => Origins(formula, figure.Period),
        };
        return new(formula.Key, figure.Period, ExplainedPart.Value, computed.Result)
        {
            Arithmetic = computed.Result.Value is null ? Arithmetic.None : arithmetic,
            Inputs = inputs,
            Way = computed.Kind,
            Rule = computed.Kind == FormulaKind.Rule ? formula.Measure.Derived?.Rule : null,
            Coverage = (computed.Have, computed.Need),
            Said = figure.Current,
        };
    }

    /// <summary>What a reported figure would be by its row's own rule, from whole inputs of the same days.</summary>
    private Explanation? Otherwise(SeriesFormula formula, Period period)
    {
        if (FigureOf(formula.Key, period) is not { Computed: null, Current.Value.Number: not null })
            return null;
        FormulaKind way;
        if (formula.RuleInputs.Count > 0)
            way = FormulaKind.Rule;
        else if (formula.Quotient is not null)
            way = FormulaKind.Quotient;
        else
            return null;
        var (arithmetic, inputs) = way == FormulaKind.Rule ? ByRule(formula, period) : Quotient(formula, period);
        var explained = new Explanation(formula.Key, period, ExplainedPart.Value, default)
        {
            Arithmetic = arithmetic,
            Inputs = inputs,
            Way = way,
            Rule = way == FormulaKind.Rule ? formula.Measure.Derived?.Rule : null,
        };
        var isWhole = inputs.All(input => input.Of.Result.Value is not null && HasSameWindow(formula, input.Of, period));
        return isWhole && explained.Recompute() is { } number ? explained with { Result = Derived.Of(number) } : null;
    }

    private bool HasSameWindow(SeriesFormula formula, Explanation input, Period period) =>
        input.Period != period
        || evaluator.FormulaOf(input.Series) is not { } of
        || of.WindowOf(period) == formula.WindowOf(period);

    private (Arithmetic, IReadOnlyList<ExplainedInput>) ByRule(SeriesFormula formula, Period period)
    {
        var first = formula.RuleInputs[0];
        return formula.Measure.Derived?.Rule switch
        {
            DerivedRule.Ratio or DerivedRule.Share => Quotient(formula, period),
            DerivedRule.Sum => (Arithmetic.Sum, Parts(formula.RuleInputs.Select(input => Value(input, period)))),
            DerivedRule.Difference => (
                Arithmetic.Difference,
                LessTheOthers(formula.RuleInputs.Select(input => Value(input, period)))
            ),
            DerivedRule.Ytd => (Arithmetic.Sum, Parts(formula.RuleInputs.Select(input => Of(input, period, ExplainedPart.Ytd)))),
            DerivedRule.Pop => As(Of(first, period, ExplainedPart.Pop)),
            DerivedRule.Yoy => As(Of(first, period, ExplainedPart.Yoy)),
            DerivedRule.YtdYoy => As(Of(first, period, ExplainedPart.YtdYoy)),
            DerivedRule.Plan => As(Of(first, period, ExplainedPart.Plan, formula.Key)),
            DerivedRule.YearEnd => Changed(
                first,
                Value(first, period),
                period.FirstOfYear.Previous,
                before => Value(first, before)
            ),
            DerivedRule.Season => Seasonal(formula, period, sameLastYear: false),
            DerivedRule.SeasonYoy => Seasonal(formula, period, sameLastYear: true),
            _ => (Arithmetic.None, []),
        };
    }

    private (Arithmetic, IReadOnlyList<ExplainedInput>) Quotient(SeriesFormula formula, Period period)
    {
        var (above, below) = formula.Quotient ?? (formula.RuleInputs[0], formula.RuleInputs[1]);
        return (
            formula.Measure.Ratio is { InPercent: true } ? Arithmetic.Percent : Arithmetic.Quotient,
            [new(InputRole.Numerator, Value(above, period)), new(InputRole.Denominator, Value(below, period))]
        );
    }

    private (Arithmetic, IReadOnlyList<ExplainedInput>) Former(SeriesFormula formula, Period period) =>
        formula.Former is { } former ? (Arithmetic.Same, Parts([Value(former, period)])) : (Arithmetic.None, []);

    private (Arithmetic, IReadOnlyList<ExplainedInput>) Within(SeriesFormula formula, Period period)
    {
        var day = formula.WindowOf(period).LastDay;
        var children = formula.WithinOn(day).Select(child => Value(child.Key, period));
        return (Arithmetic.Sum, Parts(children));
    }

    private (Arithmetic, IReadOnlyList<ExplainedInput>) Finer(SeriesFormula formula, Period period)
    {
        if (formula.Finer is not { } finer)
            return (Arithmetic.None, []);
        var parts = FinerPeriods.PartsOf(period, finer.Frequency, formula.Regime).Select(part => Value(finer, part)).ToList();
        return Averaged(formula.Measure, parts, period);
    }

    /// <summary>Parts in time by the measure's own rule, in the index's base of <paramref name="whole"/>; of states the last one known.</summary>
    private static (Arithmetic, IReadOnlyList<ExplainedInput>) Averaged(Measure measure, List<Explanation> parts, Period whole)
    {
        var inputs = parts.ConvertAll(part => new ExplainedInput(InputRole.Part, part)
        {
            Link = IndexLink.Between(measure, part.Period, whole) ?? 1m,
        });
        return measure.OverTime switch
        {
            OverTime.Last => (Arithmetic.Same, inputs.FindAll(input => input.Number is not null).TakeLast(1).ToList()),
            OverTime.Max => (Arithmetic.Max, inputs),
            OverTime.Mean => (Arithmetic.Mean, inputs),
            OverTime.GeometricMean => (Arithmetic.GeometricMean, inputs),
            _ => (Arithmetic.Sum, inputs),
        };
    }

    private (Arithmetic, IReadOnlyList<ExplainedInput>) Origins(SeriesFormula formula, Period period)
    {
        var inputs = formula.Origins.Select(origin => new ExplainedInput(InputRole.Part, Value(origin.Key, period))
        {
            Weight = origin.Origin.Weight ?? 1m,
        });
        return (Arithmetic.Sum, [.. inputs]);
    }

    private (Arithmetic, IReadOnlyList<ExplainedInput>) Seasonal(SeriesFormula formula, Period period, bool sameLastYear)
    {
        var input = formula.RuleInputs[0];
        if (evaluator.FormulaOf(input) is not { } of || formula.Area is not { } area)
            return (Arithmetic.None, []);
        var seasons = Seasons.For(formula.Set, area, input.Subject);
        var known = evaluator.FiguresOf(input).Where(figure => figure.Current.Value.Number is not null).ToList();
        var compared = Seasons.Explain(
            of.Measure,
            period,
            known,
            seasons,
            sameLastYear,
            part => of.WindowOf(part).LastDay,
            of.Forms
        );
        return (
            of.Measure.InPoints ? Arithmetic.Difference : Arithmetic.Change,
            [
                .. Season(InputRole.Compared, input, compared.Season, compared.Now),
                .. Season(InputRole.Base, input, compared.Before, compared.Then),
            ]
        );
    }

    private IEnumerable<ExplainedInput> Season(InputRole role, SeriesKey key, Season? season, IReadOnlyList<Figure> parts)
    {
        if (season is null || parts.Count == 0)
            return [];
        var inputs = Parts(parts.Select(part => Value(key, part.Period)));
        var total = Derived.Of(inputs.Sum(input => input.Number.GetValueOrDefault()));
        var explained = new Explanation(key, parts[^1].Period, ExplainedPart.Season, total)
        {
            Arithmetic = Arithmetic.Sum,
            Inputs = inputs,
            Season = season,
        };
        return [new(role, explained)];
    }

    private static (Arithmetic, IReadOnlyList<ExplainedInput>) As(Explanation other) => (other.Arithmetic, other.Inputs);

    private static List<ExplainedInput> Parts(IEnumerable<Explanation> parts) =>
        [.. parts.Select(part => new ExplainedInput(InputRole.Part, part))];

    private static List<ExplainedInput> LessTheOthers(IEnumerable<Explanation> parts) =>
        [.. parts.Select((part, at) => new ExplainedInput(at == 0 ? InputRole.Minuend : InputRole.Subtrahend, part))];
}
