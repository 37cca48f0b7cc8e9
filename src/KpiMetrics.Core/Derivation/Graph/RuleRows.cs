using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;

namespace KpiMetrics.Core.Derivation.Graph;

/// <summary>The figures of a row that the set declares as derived, from those of the rows it names (DESIGN 4.5).</summary>
internal static class RuleRows
{
    /// <summary>A figure, or the reason for none, for every period of which an input has a number; in order.</summary>
    public static IEnumerable<Figure> Of(SeriesFormula formula, SeriesEvaluator series)
    {
        var derived = formula.Measure.Derived ?? throw new ArgumentException("Nothing is derived here.", nameof(formula));
        var first = formula.RuleInputs[0];
        return derived.Rule switch
        {
            DerivedRule.Ratio or DerivedRule.Share => Quotient(formula, series, derived),
            DerivedRule.Sum => Combined(formula, series, Sum, onlyAlike: false),
            DerivedRule.Difference => Combined(formula, series, Difference, onlyAlike: true),
            DerivedRule.Ytd => Totals(formula, series),
            DerivedRule.Pop => Column(series.Derive(first), row => row.Pop),
            DerivedRule.Yoy => Column(series.Derive(first), row => row.Yoy),
            DerivedRule.YtdYoy => Column(series.Derive(first), row => row.YtdYoy),
            DerivedRule.Plan => Planned(series.Derive(first, formula.Key)),
            DerivedRule.YearEnd => YearEnd(formula, series),
            DerivedRule.Season => Season(formula, series, sameLastYear: false),
            DerivedRule.SeasonYoy => Season(formula, series, sameLastYear: true),
            _ => [],
        };
    }

    private static IEnumerable<Figure> Quotient(SeriesFormula formula, SeriesEvaluator series, MeasureDerivation derived)
    {
        if (formula.RuleInputs is not [var above, var below])
            return [];
        var inPercent = derived.Rule == DerivedRule.Share || formula.Measure.Unit == "%";
        var figures = Quotients.Of(
            FormulaKind.Rule,
            (above.Measure, series.FiguresOf(above)),
            (below.Measure, series.FiguresOf(below)),
            inPercent
        );
        return figures.Select(figure => Alike(formula, series, figure));
    }

    private static IEnumerable<Figure> Season(SeriesFormula formula, SeriesEvaluator series, bool sameLastYear)
    {
        var input = formula.RuleInputs[0];
        return series.FormulaOf(input) is { } of && formula.Area is { } area
            ? Seasons.Compare(
                of.Measure,
                series.FiguresOf(input),
                Seasons.For(formula.Set, area, input.Subject),
                sameLastYear,
                period => of.WindowOf(period).LastDay,
                of.Forms
            )
            : [];
    }

    private static IEnumerable<Figure> YearEnd(SeriesFormula formula, SeriesEvaluator series)
    {
        var input = formula.RuleInputs[0];
        if (series.FormulaOf(input) is not { } of)
            yield break;
        var columns = SeriesColumns.From(input.Frequency, series.FiguresOf(input), of.Forms);
        var against = AgainstYearEnd.Over(columns, of.Measure);
        foreach (var figure in series.FiguresOf(input))
        {
            if (columns.PositionOf(figure.Period) is >= 0 and var at)
                yield return ComputedFigure.Of(figure.Period, FormulaKind.Rule, against[at], 1, 1, [figure]);
        }
    }

    private static IEnumerable<Figure> Column(IEnumerable<DerivedFigure> rows, Func<DerivedFigure, Derived> choose)
    {
        foreach (var row in rows)
        {
            if (row.Figure.Current.Value.Number is not null)
                yield return ComputedFigure.Of(row.Figure.Period, FormulaKind.Rule, choose(row), 1, 1, [row.Figure]);
        }
    }

    // What is done of a plan lacks what the year so far lacks.
    private static IEnumerable<Figure> Planned(IEnumerable<DerivedFigure> rows)
    {
        foreach (var row in rows)
        {
            if (row.Figure.Current.Value.Number is null)
                continue;
            var lacks = row.Ytd.Have < row.Ytd.Need || row.Figure.Computed is { IsComplete: false };
            var (have, need) =
                !lacks ? (1, 1)
                : row.Ytd.Need > 1 ? (row.Ytd.Have, row.Ytd.Need)
                : (0, 1);
            yield return ComputedFigure.Of(row.Figure.Period, FormulaKind.Rule, row.Plan, have, need, [row.Figure]);
        }
    }

    // Of several inputs the totals add up; the reported running total of earlier periods counts as the newest that is known of them.
    private static IEnumerable<Figure> Totals(SeriesFormula formula, SeriesEvaluator series)
    {
        var rows = formula.RuleInputs.Select(input => series.Derive(input).ToDictionary(row => row.Figure.Period)).ToList();
        foreach (var period in rows.SelectMany(row => row.Keys).Distinct().Order())
        {
            var (have, need) = (0, 0);
            var inputs = new List<Figure>();
            var total = Derived.Of(0m);
            for (var at = 0; at < rows.Count; at++)
            {
                if (!rows[at].TryGetValue(period, out var row) || row.Figure.Current.Value.Number is null)
                {
                    total = Derived.Missing(Absence.InputMissing, period, formula.RuleInputs[at].Measure);
                    need += period.Number;
                    continue;
                }
                (have, need) = (have + row.Ytd.Have, need + row.Ytd.Need);
                inputs.Add(row.Figure);
                total = Add(total, row.Ytd.Total, period);
            }
            if (inputs.Count > 0)
                yield return Alike(formula, series, ComputedFigure.Of(period, FormulaKind.Rule, total, have, need, inputs));
        }
    }

    // A sum of totals that lack parts is one that lacks parts; a difference of them is none, unless all lack the same ones.
    private static IEnumerable<Figure> Combined(
        SeriesFormula formula,
        SeriesEvaluator series,
        Func<IReadOnlyList<decimal>, decimal> combine,
        bool onlyAlike
    )
    {
        var inputs = formula
            .RuleInputs.Select(input =>
                series
                    .FiguresOf(input)
                    .Where(figure => figure.Current.Value.Number is not null)
                    .ToDictionary(figure => figure.Period)
            )
            .ToList();
        foreach (var period in inputs.SelectMany(input => input.Keys).Distinct().Order())
        {
            var found = inputs.ConvertAll(input => input.GetValueOrDefault(period));
            var known = found.OfType<Figure>().ToList();
            var missing = found.IndexOf(null);
            var result =
                missing >= 0 ? Derived.Missing(Absence.InputMissing, period, formula.RuleInputs[missing].Measure)
                : onlyAlike && !Extents.AreAlike(known) ? Derived.Missing(Absence.Incomplete, period)
                : Guarded(combine, known, period);
            var have = known.Count(figure => figure.Computed is null or { IsComplete: true });
            yield return Alike(
                formula,
                series,
                ComputedFigure.Of(period, FormulaKind.Rule, result, have, formula.RuleInputs.Count, known, Extents.Common(known))
            );
        }
    }

    private static Derived Guarded(Func<IReadOnlyList<decimal>, decimal> combine, List<Figure> figures, Period period)
    {
        try
        {
            return Derived.Of(combine(figures.ConvertAll(figure => figure.Current.Value.Number.GetValueOrDefault())));
        }
        catch (OverflowException)
        {
            return Derived.Missing(Absence.TooLarge, period);
        }
    }

    private static Derived Add(Derived total, Derived part, Period period) =>
        total.Value is not { } sum ? total
        : part.Value is not { } more ? part
        : Guarded(numbers => numbers[0] + numbers[1], sum, more, period);

    private static Derived Guarded(Func<decimal[], decimal> combine, decimal left, decimal right, Period period)
    {
        try
        {
            return Derived.Of(combine([left, right]));
        }
        catch (OverflowException)
        {
            return Derived.Missing(Absence.TooLarge, period);
        }
    }

    private static decimal Sum(IReadOnlyList<decimal> numbers) => numbers.Sum();

    private static decimal Difference(IReadOnlyList<decimal> numbers) => numbers[0] - numbers.Skip(1).Sum();

    private static Figure Alike(SeriesFormula formula, SeriesEvaluator series, Figure figure) =>
        SameWindows.Only(formula, FormulaKind.Rule, formula.RuleInputs, series, figure);
}
