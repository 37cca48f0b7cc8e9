using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Derivation.Graph;
using KpiMetrics.Core.Derivation.Plans;
using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;

namespace KpiMetrics.Core.Derivation.Explaining;

/// <summary>Says of a figure and of all that is derived for it where it came from, down to what was reported.</summary>
/// <param name="evaluator">Over whole series: of the wanted one and of all it may be computed from.</param>
/// <param name="statements">All that any source said of a figure, as far as the evaluator knows of it.</param>
public sealed partial class Explainer(
    SeriesEvaluator evaluator,
    CatalogSnapshot catalog,
    Func<SeriesKey, Period, IReadOnlyList<Statement>> statements
)
{
    private readonly Dictionary<SeriesKey, Dictionary<Period, Figure>> figures = [];
    private readonly Dictionary<(SeriesKey, Period), Explanation> values = [];

    /// <summary>Null where the catalog does not know the series.</summary>
    public FigureExplanation? Explain(SeriesKey key, Period period)
    {
        if (evaluator.FormulaOf(key) is not { } formula)
            return null;
        ExplainedPart[] parts =
        [
            ExplainedPart.Pop,
            ExplainedPart.Yoy,
            ExplainedPart.Ytd,
            ExplainedPart.YtdYoy,
            ExplainedPart.Plan,
        ];
        return new(
            BasisOf(formula, period),
            Value(key, period),
            [.. parts.Select(part => Comparison(formula, period, part))],
            Progress(formula, period)
        )
        {
            Otherwise = Otherwise(formula, period),
        };
    }

    private LegalBasis BasisOf(SeriesFormula formula, Period period)
    {
        var (set, indicator, area) = (formula.Set, formula.Indicator, formula.Area);
        var day = set.FirstDayOf(indicator, period);
        return new(
            set,
            indicator.On(day),
            formula.Measure.On(day),
            set.RuleFor(indicator, period),
            formula.WindowOf(period),
            area,
            area is null ? [] : catalog.OriginsOf(area),
            area is null ? [] : catalog.SuccessorsOf(area)
        );
    }

    private Explanation Value(SeriesKey key, Period period)
    {
        if (!values.TryGetValue((key, period), out var found))
            values[(key, period)] = found = MakeValue(key, period);
        return found;
    }

    private Explanation MakeValue(SeriesKey key, Period period)
    {
        if (FigureOf(key, period) is not { } figure)
            return new(key, period, ExplainedPart.Value, Derived.Missing(Absence.NoFigure, period));
        return figure.Computed is { } computed && evaluator.FormulaOf(key) is { } formula
            ? Computed(formula, figure, computed)
            : Reported(key, figure);
    }

    private Explanation Reported(SeriesKey key, Figure figure) =>
        Stated(key, figure, figure.Current) with
        {
            Revisions = RevisionsOf(figure),
            Others = OthersOf(key, figure),
        };

    /// <summary>One statement about a figure, not always the one that counts.</summary>
    private static Explanation Stated(SeriesKey key, Figure figure, Statement said)
    {
        var result =
            said.Value.Number is { } number ? Derived.Of(number)
            : said.Value.Text is not null ? Derived.Missing(Absence.NotComparable, figure.Period)
            : Derived.Missing(Absence.NoFigure, figure.Period);
        return new(key, figure.Period, ExplainedPart.Value, result)
        {
            Said = said,
            Revisions = [.. RevisionsOf(figure).Where(revision => ReferenceEquals(revision.Statement, said))],
        };
    }

    private static List<Revision> RevisionsOf(Figure figure) =>
        [
            .. figure
                .Earlier.Append(figure.Current)
                .OrderBy(statement => statement.ReceivedAt)
                .Select((statement, at) => new Revision(at + 1, statement, ReferenceEquals(statement, figure.Current))),
        ];

    private List<OtherSource> OthersOf(SeriesKey key, Figure figure)
    {
        if (catalog.FindSet(key.Set) is not { } set)
            return [];
        var trust = set.TrustIn(figure.Current.Source);
        return
        [
            .. statements(key, figure.Period)
                .Where(statement => set.TrustIn(statement.Source) > trust)
                .GroupBy(statement => statement.Source)
                .OrderBy(source => set.TrustIn(source.Key))
                .Select(source => CurrentFigure.Of(figure.Period, [.. source], set.TrustIn)?.Current)
                .OfType<Statement>()
                .Select(said => new OtherSource(said, said.Value == figure.Current.Value)),
        ];
    }

    private Figure? FigureOf(SeriesKey key, Period period)
    {
        if (!figures.TryGetValue(key, out var known))
            figures[key] = known = evaluator.FiguresOf(key).ToDictionary(figure => figure.Period);
        return known.GetValueOrDefault(period);
    }

    private PlanProgress? Progress(SeriesFormula formula, Period period)
    {
        var columns = SeriesColumns.From(formula.Key.Frequency, evaluator.FiguresOf(formula.Key), formula.Forms);
        var plans = evaluator.PlansFor(formula.Key);
        return
            columns.PositionOf(period) is >= 0 and var at
            && plans?.Of(period.Year) is not null
            && Row(formula.Key, period) is { } row
            ? PlanProgress.Of(columns, formula.Measure, at, row.Ytd, plans)
            : null;
    }
}
