using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;
using KpiMetrics.Core.Quality.Checks;

namespace KpiMetrics.Pipeline.Checks;

/// <summary>Declared identities, by the figures that count and by what each source says by itself: a report may contradict itself.</summary>
internal static class IdentityChecks
{
    public static void Of(CheckedSeries series, Term stated, Outcomes outcomes)
    {
        foreach (var identity in series.Measure.Identities)
        {
            var keys = InputsOf(series.Catalog, series.Key, identity).ToList();
            if (keys.Count == 0 || !keys.TrueForAll(key => series.HasSameWindow(key, stated.Period)))
                continue;
            var checks = new HashSet<string>(StringComparer.Ordinal);
            var counting = keys.ConvertAll(key => Counting(series, identity.Rule, key, stated.Period));
            if (counting.Contains(null))
                outcomes.AddUntested();
            Evaluate(series, identity, stated, counting, checks, outcomes);
            foreach (var source in SourcesOf(series, stated.Period))
            {
                if (Said(series, series.Key, stated.Period, source) is { } own)
                    Evaluate(
                        series,
                        identity,
                        own,
                        keys.ConvertAll(key => Said(series, key, stated.Period, source)),
                        checks,
                        outcomes
                    );
            }
        }
    }

    /// <summary>The series that a figure is held against; empty where the catalog lacks one.</summary>
    public static IEnumerable<SeriesKey> InputsOf(CatalogSnapshot catalog, SeriesKey key, MeasureIdentity identity)
    {
        foreach (var code in identity.Inputs)
        {
            if (catalog.FindMeasure(key.Set, code) is not var (indicator, input))
                continue;
            var other = key with { Indicator = indicator.Code, Measure = code };
            if (identity.Rule == IdentityRule.SumOfSubjects)
            {
                foreach (var subject in input.Subjects)
                    yield return other with
                    {
                        Subject = subject.Code,
                    };
            }
            else
                yield return input.Subjects.Count > 0 ? other : other with { Subject = "" };
        }
    }

    // The same numbers are checked once, whoever states them.
    private static void Evaluate(
        CheckedSeries series,
        MeasureIdentity identity,
        Term stated,
        List<Term?> inputs,
        HashSet<string> checks,
        Outcomes outcomes
    )
    {
        if (inputs.Any(input => input is null || !stated.IsComparableWith(input)))
            return;
        var terms = inputs.OfType<Term>().ToList();
        if (!checks.Add(string.Join(' ', terms.Prepend(stated).Select(term => FigureValue.Of(term.Value)))))
            return;
        var result = IdentityCheck.Evaluate(
            stated.Measure,
            identity,
            stated.Printed,
            [.. terms.Select(term => new CheckInput(term.Measure, term.Printed))]
        );
        outcomes.Add(
            series.About(stated),
            CheckKinds.Of(identity.Rule),
            result,
            () => [.. terms.Select(term => series.Input(term, stated.Period))],
            identity.Origin
        );
    }

    // What was not reported but follows from counts is as exact as they are. Rates of sums are a check of their own.
    private static Term? Counting(CheckedSeries series, IdentityRule rule, SeriesKey key, Period period)
    {
        if (series.Terms.Of(key, period) is not { Count: > 0 } terms)
            return null;
        if (terms is [var only] && (only.Key == key || rule is not (IdentityRule.Ratio or IdentityRule.Share)))
            return only;
        return
            rule is not (IdentityRule.Ratio or IdentityRule.Share)
            && terms.All(term => term.Printed.IsExact)
            && series.Terms.FigureOf(key, period) is { } figure
            ? new(key, MeasureOf(series, key), period, figure.Current, figure.Current.Value.Number.GetValueOrDefault())
            : null;
    }

    private static Measure MeasureOf(CheckedSeries series, SeriesKey key) =>
        series.Catalog.FindMeasure(key.Set, key.Measure)?.Measure ?? series.Measure;

    private static List<string> SourcesOf(CheckedSeries series, Period period) =>
        [
            .. series
                .Loaded.StatementsOf(series.Key, period)
                .Select(statement => statement.Source)
                .Distinct(StringComparer.Ordinal)
                .OrderBy(series.Formula.Set.TrustIn)
                .ThenBy(source => source, StringComparer.Ordinal),
        ];

    private static Term? Said(CheckedSeries series, SeriesKey key, Period period, string source)
    {
        var own = series.Loaded.StatementsOf(key, period).Where(statement => statement.Source == source).ToList();
        return Term.Of(key, MeasureOf(series, key), CurrentFigure.Of(period, own, _ => 0));
    }
}
