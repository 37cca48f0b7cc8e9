using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Derivation.Graph;
using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;
using KpiMetrics.Core.Quality.Checks;

namespace KpiMetrics.Pipeline.Checks;

/// <summary>One reported series, with what its checks need.</summary>
/// <param name="Terms">Of the figures as reported.</param>
/// <param name="ComputedTerms">Of this measure only what is computed, as if nobody had reported it.</param>
internal sealed record CheckedSeries(
    CatalogSnapshot Catalog,
    SeriesFormula Formula,
    LoadedStatements Loaded,
    SeriesEvaluator Evaluator,
    ReportedTerms Terms,
    ReportedTerms ComputedTerms
)
{
    public SeriesKey Key => Formula.Key;

    public Measure Measure => Formula.Measure;

    public CheckedFigure About(Term stated) =>
        new(Formula.Set, Key.Indicator, Measure, Key.Subject, Key.Area, stated.Period, stated.Printed, stated.Statement.Source);

    public FindingInput Input(Term term, Period at) =>
        new(
            PlaceOf(term.Key, term.Measure),
            term.Printed,
            term.Key.Area == Key.Area ? null : Catalog.FindAreaById(term.Key.Area)?.FullName ?? term.Key.Area,
            term.Period == at ? null : term.Period,
            term.Statement.Source
        );

    /// <summary>One input of several terms, as their total.</summary>
    public FindingInput Total(SeriesKey key, IReadOnlyList<Term> terms, Period of, Period at)
    {
        if (terms.Count == 1)
            return Input(terms[0], at);
        var measure = Catalog.FindMeasure(key.Set, key.Measure)?.Measure ?? Measure;
        return new(PlaceOf(key, measure), Sum(terms, measure), Period: of == at ? null : of);
    }

    public Place PlaceOf(SeriesKey key, Measure measure) => Place.Of(Formula.Set, measure, key.Subject);

    /// <summary>The other row counts the same days.</summary>
    public bool HasSameWindow(SeriesKey other, Period period) =>
        Catalog.FindIndicator(other.Set, other.Indicator) is { } indicator
        && Formula.Set.WindowOf(indicator, period) == Formula.WindowOf(period);

    private static PrintedNumber? Sum(IReadOnlyList<Term> terms, Measure measure)
    {
        try
        {
            return PrintedNumber.Of(terms.Sum(term => term.Value), measure);
        }
        catch (OverflowException)
        {
            return null;
        }
    }
}
