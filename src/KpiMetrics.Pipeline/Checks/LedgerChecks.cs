using System.Runtime.CompilerServices;
using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Derivation.Graph;
using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Obligations;
using KpiMetrics.Core.Periods;
using KpiMetrics.Core.Quality.Checks;
using KpiMetrics.Pipeline.Checks.Statistics;
using KpiMetrics.Pipeline.Ledger;

namespace KpiMetrics.Pipeline.Checks;

/// <summary>
/// Holds the reported figures of a set against each other (DESIGN 4.8): declared identities, rows that were reported though they follow from others,
/// periods and areas against their parts, running totals, and sources against each other; and each series against its own past.
/// </summary>
/// <remarks>
/// Only what was reported is accused, and only against reported figures. What is just unlike its past is suspected, not accused. One measure and what it is held against is in memory at a time. Nothing is
/// kept: running again on the same ledger gives the same.
/// </remarks>
public sealed class LedgerChecks(CatalogSnapshot catalog, ILedger ledger)
{
    private readonly SeriesGraph graph = new(catalog);

    /// <summary>Those declared, at any time: they explain what is unusual.</summary>
    public IReadOnlyList<Emergency> Emergencies { get; init; } = [];

    /// <summary>The figures of which a suspicion is open: they are tested however old they are, so that it stays until they are corrected or explained.</summary>
    public IReadOnlyDictionary<SeriesKey, IReadOnlySet<Period>> Open { get; init; } =
        new Dictionary<SeriesKey, IReadOnlySet<Period>>();

    /// <summary>One result for each measure with reported figures, in the order of the document.</summary>
    /// <param name="query">Which figures are checked; they are held against others all the same. The set must be named.</param>
    /// <param name="cancellationToken">Stops between series.</param>
    /// <exception cref="ArgumentException">The query names no set of the catalog.</exception>
    public async IAsyncEnumerable<MeasureChecked> ReadAsync(
        FigureQuery query,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(query);
        if (query.Set is not { } code || catalog.FindSet(code) is not { } set)
            throw new ArgumentException($"The catalog has no set {Shown.Of(query.Set ?? "")}.", nameof(query));
        await using var snapshot = await ledger.OpenSnapshotAsync(query.AsOf, cancellationToken);
        var reported = new HashSet<SeriesKey>();
        await foreach (var key in snapshot.ReadKeysAsync(new(code), cancellationToken))
            reported.Add(key);
        var byMeasure = reported.ToLookup(key => key.Measure, StringComparer.Ordinal);
        var events = new KnownEvents(catalog, Emergencies);
        foreach (var indicator in set.Indicators)
        {
            foreach (var measure in indicator.Measures)
            {
                var keys = Wanted(byMeasure[measure.Code], measure, query);
                if (keys.Count == 0 || measure.Kind == MeasureKind.Text)
                    continue;
                var loaded = new LoadedStatements(graph, set, reported, snapshot);
                var siblings = keys.Exists(key => MeasureTests.IsTested(measure, key.Frequency))
                    ? Wanted(byMeasure[measure.Code], measure, query with { Area = null })
                    : [];
                await LoadAsync(loaded, keys, siblings, measure, cancellationToken);
                yield return Check(keys, siblings, indicator, measure, events, loaded, cancellationToken);
            }
        }
    }

    private List<SeriesKey> Wanted(IEnumerable<SeriesKey> keys, Measure measure, FigureQuery query)
    {
        if (
            query.Measure is { } wanted && wanted != measure.Code
            || query.Indicator is { } indicator && catalog.FindMeasure(query.Set ?? "", measure.Code)?.Indicator.Code != indicator
        )
            return [];
        var lines = measure.Subjects.Select(subject => subject.Code).ToList();
        return
        [
            .. keys.Where(key => query.Frequency is not { } frequency || key.Frequency == frequency)
                .Where(key => query.Area is not { } areas || areas.Contains(key.Area, StringComparer.Ordinal))
                .OrderBy(key => lines.IndexOf(key.Subject))
                .ThenBy(key => key.Subject, StringComparer.Ordinal)
                .ThenBy(key => key.Area, StringComparer.Ordinal)
                .ThenBy(key => key.Frequency),
        ];
    }

    // All of the measure at once: a question for each series would cost a province more than its answers.
    private async Task LoadAsync(
        LoadedStatements loaded,
        IReadOnlyList<SeriesKey> keys,
        IReadOnlyList<SeriesKey> siblings,
        Measure measure,
        CancellationToken cancellationToken
    )
    {
        var needed = keys.SelectMany(key =>
                measure.Identities.SelectMany(identity => IdentityChecks.InputsOf(catalog, key, identity)).Append(key)
            )
            .Concat(siblings)
            .SelectMany(graph.SourcesOf)
            .Distinct()
            .ToList();
        await loaded.LoadAsync(needed, cancellationToken);
        if (measure.Derived?.Rule == DerivedRule.Plan)
            await loaded.LoadPlansAsync(needed, cancellationToken);
    }

    private MeasureChecked Check(
        IReadOnlyList<SeriesKey> keys,
        IReadOnlyList<SeriesKey> siblings,
        Indicator indicator,
        Measure measure,
        KnownEvents events,
        LoadedStatements loaded,
        CancellationToken cancellationToken
    )
    {
        var evaluator = loaded.Evaluator();
        var computed = loaded.Evaluator(measure.Code);
        var (terms, computedTerms) = (new ReportedTerms(evaluator), new ReportedTerms(computed));
        var tests = new MeasureTests(catalog, events, measure, evaluator, siblings);
        var findings = new List<Finding>();
        var untestable = new List<UntestableFigure>();
        var (agreed, untested, tested) = (0, 0, 0);
        foreach (var key in keys)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (evaluator.FormulaOf(key) is not { } formula)
                continue;
            var outcomes = new Outcomes();
            var series = new CheckedSeries(catalog, formula, loaded, evaluator, terms, computedTerms);
            Check(series, outcomes);
            tests.Of(series, Open.GetValueOrDefault(key), outcomes);
            findings.AddRange(outcomes.Findings.OrderBy(finding => finding.Period));
            agreed += outcomes.Agreed;
            untested += outcomes.Untested;
            tested += outcomes.Tested;
            untestable.AddRange(outcomes.Untestables);
        }
        return new(indicator, measure, findings, agreed, untested) { Tested = tested, Untestables = untestable };
    }

    private static void Check(CheckedSeries series, Outcomes outcomes)
    {
        var stated = series
            .Loaded.FiguresOf(series.Key)
            .Select(figure => Term.Of(series.Key, series.Measure, figure))
            .OfType<Term>()
            .ToList();
        for (var at = 0; at < stated.Count; at++)
        {
            IdentityChecks.Of(series, stated[at], outcomes);
            DerivedRowChecks.Of(series, stated[at], outcomes);
            RunningTotalChecks.Of(series, stated[at], at > 0 ? stated[at - 1] : null, outcomes);
            SourceChecks.Of(series, stated[at], outcomes);
        }
        PartChecks.Of(series, stated, outcomes);
    }
}
