using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Derivation;
using KpiMetrics.Core.Derivation.Graph;
using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;

namespace KpiMetrics.Pipeline.Checks;

/// <summary>Traces figures back to the reported numbers that add up to them, so that a check knows how each was rounded.</summary>
internal sealed class ReportedTerms(SeriesEvaluator evaluator)
{
    private readonly Dictionary<SeriesKey, Dictionary<Period, Figure>> byPeriod = [];

    /// <summary>Null where the figure is not there, lacks parts, or is no sum of reported ones.</summary>
    public IReadOnlyList<Term>? Of(SeriesKey key, Period period)
    {
        if (evaluator.FormulaOf(key) is not { } formula || FigureOf(key, period) is not { Current.Value.Number: not null } figure)
            return null;
        if (Term.Of(key, formula.Measure, figure) is { } term)
            return [term];
        return figure.Computed is { IsComplete: true } computed ? Parts(formula, period, computed.Kind) : null;
    }

    public Figure? FigureOf(SeriesKey key, Period period)
    {
        if (!byPeriod.TryGetValue(key, out var figures))
            byPeriod[key] = figures = evaluator.FiguresOf(key).ToDictionary(figure => figure.Period);
        return figures.GetValueOrDefault(period);
    }

    /// <summary>Everything from the first period of the year on; null where one lacks, nothing adds up, or the year's windows are of two forms.</summary>
    public IReadOnlyList<Term>? YearSoFar(SeriesKey key, Period period)
    {
        if (evaluator.FormulaOf(key) is not { } formula)
            return null;
        if (formula.Measure.Kind == MeasureKind.Cumulative)
            return Of(key, period);
        var first = period.FirstOfYear;
        return formula.Measure.Kind == MeasureKind.Flow && formula.Forms.AreAlike(first.Index, period.Index)
            ? Join(
                Enumerable
                    .Range(first.Index, period.Index - first.Index + 1)
                    .Select(index => Of(key, Period.FromIndex(period.Frequency, index)))
            )
            : null;
    }

    /// <summary>Null where one of them is.</summary>
    public static IReadOnlyList<Term>? Join(IEnumerable<IReadOnlyList<Term>?> parts)
    {
        var all = new List<Term>();
        foreach (var part in parts)
        {
            if (part is null)
                return null;
            all.AddRange(part);
        }
        return all;
    }

    /// <summary>The finer periods of a coarse one, or only the last of them where that one counts.</summary>
    public IReadOnlyList<Term>? Finer(SeriesFormula formula, SeriesKey finer, Period whole)
    {
        var form = RegimeRule.InForce(formula.Regime, whole).Form;
        var parts = Windows.Parts(whole, finer.Frequency, form).ToList();
        return formula.Measure.OverTime == OverTime.Last ? Of(finer, parts[^1]) : Join(parts.Select(part => Of(finer, part)));
    }

    /// <summary>The areas that lie in a larger one when the period ends.</summary>
    public IReadOnlyList<Term>? Within(SeriesFormula formula, Period period)
    {
        var day = formula.WindowOf(period).LastDay;
        return Join(formula.WithinOn(day).Select(child => Of(child.Key, period)));
    }

    private IReadOnlyList<Term>? Parts(SeriesFormula formula, Period period, FormulaKind kind) =>
        kind switch
        {
            FormulaKind.Rule when formula.Measure.Derived?.Rule == DerivedRule.Sum => Join(
                formula.RuleInputs.Select(input => Of(input, period))
            ),
            FormulaKind.Rule when formula.Measure.Derived?.Rule == DerivedRule.Ytd => Join(
                formula.RuleInputs.Select(input => YearSoFar(input, period))
            ),
            FormulaKind.FinerPeriods when formula is { Finer: { } finer, Measure.OverTime: OverTime.Sum or OverTime.Last } =>
                Finer(formula, finer, period),
            FormulaKind.AreasWithin => Within(formula, period),
            FormulaKind.Predecessors when formula.Origins.All(origin => origin.Origin.Weight == 1m) => Join(
                formula.Origins.Select(origin => Of(origin.Key, period))
            ),
            FormulaKind.FormerMeasure when formula.Former is { } former => Of(former, period),
            _ => null,
        };
}
