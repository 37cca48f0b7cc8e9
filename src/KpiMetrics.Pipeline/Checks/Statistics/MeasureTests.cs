using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Derivation.Graph;
using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;
using KpiMetrics.Core.Quality.Checks;
using KpiMetrics.Core.Quality.Detectors;

namespace KpiMetrics.Pipeline.Checks.Statistics;

/// <summary>Holds the reported figures of one measure against their own past, other areas and known events (DESIGN 4.8): what is not like it is suspected.</summary>
/// <remarks>
/// A figure is held against what came before its period, whenever that was reported, and against the same period in other areas. Figures of later periods
/// have no part in it: a verdict does not change because time went on, only because the figure itself, an earlier one or that of another area was reported
/// or corrected. So the order in which figures come makes no difference.
/// </remarks>
/// <param name="siblings">The series of all areas; empty: no figure is held against other areas.</param>
internal sealed class MeasureTests(
    CatalogSnapshot catalog,
    KnownEvents events,
    Measure measure,
    SeriesEvaluator evaluator,
    IReadOnlyList<SeriesKey> siblings
)
{
    private static readonly HashSet<Period> None = [];

    private readonly Dictionary<SeriesKey, SeriesHistory> histories = [];
    private SiblingPanels? panels;

    /// <summary>Whether figures of the measure are tested at the frequency.</summary>
    /// <remarks>
    /// Rows that follow from others are held against those: a wrong figure would be told of twice. Hours are watched by thresholds: they come in
    /// emergencies, when nothing is as usual.
    /// </remarks>
    public static bool IsTested(Measure measure, Frequency frequency) =>
        measure is { Derived: null, Kind: not MeasureKind.Text } && frequency != Frequency.Hour;

    /// <param name="open">Periods of the series with an open suspicion; null: none.</param>
    /// <param name="isWanted">Of the periods that are worth testing those that are tested; null: all.</param>
    public void Of(CheckedSeries series, IReadOnlySet<Period>? open, Outcomes outcomes, Func<Period, bool>? isWanted = null)
    {
        if (!IsTested(measure, series.Key.Frequency))
            return;
        // What was made up accuses nobody, and nobody can correct it.
        var reported = series
            .Loaded.FiguresOf(series.Key)
            .Where(figure => figure.Current.Value.Number is not null && !SeriesHistory.IsMadeUp(figure))
            .ToList();
        if (reported.Count > 0)
            Test(series, reported, open ?? None, outcomes, isWanted);
    }

    private void Test(
        CheckedSeries series,
        IReadOnlyList<Figure> reported,
        IReadOnlySet<Period> open,
        Outcomes outcomes,
        Func<Period, bool>? isWanted
    )
    {
        var tested = new TestedFigures(reported, open);
        var history = HistoryOf(series.Formula);
        var known = events.Of(series.Formula, series.Loaded.FiguresOf(series.Key));
        var revisions = new List<Revision>();
        foreach (var figure in reported)
        {
            var before = Restated.Before(figure);
            if (
                isWanted?.Invoke(figure.Period) != false
                && tested.Has(figure)
                && Term.Of(series.Key, measure, figure) is { } term
            )
            {
                var result = FigureTest.Of(
                    new()
                    {
                        Period = figure.Period,
                        Value = term.Value,
                        Kind = measure.Kind,
                        MayBeNegative = measure.MayBeNegative || measure.Min < 0m,
                        Unit = measure.Unit,
                        Earlier = history.Before(figure.Period),
                        Siblings = SiblingsOf(series.Formula, figure.Period),
                        Events = known,
                        StatedBefore = before,
                        EarlierRevisions = revisions,
                    }
                );
                Take(series, term, result, tested.IsRecent(figure), outcomes);
            }
            if (before is { } number)
                revisions.Add(new(number, figure.Current.Value.Number.GetValueOrDefault()));
        }
    }

    private static void Take(CheckedSeries series, Term term, DetectorResult result, bool isRecent, Outcomes outcomes)
    {
        if (result is Untestable untestable)
        {
            outcomes.AddUntestable(series.About(term), untestable);
            if (MayBeLent(untestable, series.Measure))
                outcomes.AddLendable(term.Period);
            return;
        }
        outcomes.AddTested();
        if (result is not Suspicious { Detection: var found } || !found.Kind.IsSuspicion())
            return;
        // A large revision is news, no fault: nothing will ever put it right, so it is told of for a year.
        if (found.Kind == DetectorKind.RevisionSize && !isRecent)
            return;
        outcomes.Ask(term.Period);
        outcomes.Suspect(series.About(term), found, InputsOf(series, found));
    }

    // Other areas move what the series itself said last, by their own steps: where it said nothing they have nothing to move.
    private static bool MayBeLent(Untestable result, Measure measure) =>
        result is { Reason: UntestableReason.TooFewPoints, Points: > 0 } && measure.Kind != MeasureKind.Cumulative;

    private static IReadOnlyList<FindingInput> InputsOf(CheckedSeries series, Detection found)
    {
        if (found.Reference is not { } other)
            return [];
        // What was left out has no number.
        PrintedNumber? value =
            found.Kind == DetectorKind.MissingThenDouble ? null : PrintedNumber.Of(other.Value, series.Measure);
        return
        [
            new(series.PlaceOf(series.Key, series.Measure), value, Period: other.Period == found.Period ? null : other.Period),
        ];
    }

    private Siblings? SiblingsOf(SeriesFormula formula, Period period)
    {
        if (siblings.Count == 0 || formula.Area is not { } area)
            return null;
        panels ??= MakePanels();
        return panels.Of(formula.Key, area, period, formula.WindowOf(period).LastDay);
    }

    private SiblingPanels MakePanels()
    {
        var made = new SiblingPanels(catalog, measure.Kind);
        foreach (var key in siblings)
        {
            if (evaluator.FormulaOf(key) is { Area: { } area } formula)
                made.Add(key, area, HistoryOf(formula));
        }
        return made;
    }

    private SeriesHistory HistoryOf(SeriesFormula formula)
    {
        if (!histories.TryGetValue(formula.Key, out var history))
            histories[formula.Key] = history = SeriesHistory.Of(formula, evaluator.FiguresOf(formula.Key));
        return history;
    }
}
