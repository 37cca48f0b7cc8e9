using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Derivation.Graph;
using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;
using KpiMetrics.Pipeline.Ledger;
using KpiMetrics.Pipeline.Ledger.Claims;

namespace KpiMetrics.Pipeline.Checks.Statistics;

/// <summary>The statistical checks of single series, right after something was reported of them; what they find is kept as <see cref="CheckStage"/> would.</summary>
/// <remarks>
/// Each series is held against its own past first, which is all that most need. Only where that raises a question, cannot be told, or one is open, the other
/// areas are read. That those moved and this one did not is left to the check of the set; so is all that depends on the reported figures elsewhere.
/// May be run twice, and not at all: the check of the set comes to the same.
/// </remarks>
public sealed class TouchedChecks(CatalogSnapshot catalog, ILedger ledger, IFindings findings, IEmergencies emergencies)
{
    private readonly SeriesGraph graph = new(catalog);

    /// <param name="touched">Series of one set; those that the catalog does not know are left out.</param>
    /// <param name="claim">Under which it is made; null: under none.</param>
    /// <exception cref="ClaimLostException">Somebody else has the claim; what was kept is as good as any.</exception>
    public async Task<SetChecked> RunAsync(
        string set,
        IReadOnlyCollection<SeriesKey> touched,
        DateTimeOffset at,
        Claim? claim,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(touched);
        var result = new SetChecked(0, 0, 0, 0);
        if (catalog.FindSet(set) is not { } known)
            return result;
        var events = new KnownEvents(catalog, await emergencies.ReadEmergenciesAsync(cancellationToken));
        var open = await OpenSuspicions.ReadAsync(findings, set, cancellationToken);
        await using var snapshot = await ledger.OpenSnapshotAsync(null, cancellationToken);
        foreach (var group in touched.GroupBy(key => key.Measure, StringComparer.Ordinal))
        {
            if (catalog.FindMeasure(set, group.Key) is not var (_, measure))
                continue;
            var keys = group.Where(key => MeasureTests.IsTested(measure, key.Frequency)).ToList();
            if (keys.Count == 0)
                continue;
            var loaded = new LoadedStatements(graph, known, null, snapshot);
            await loaded.LoadAsync(keys.SelectMany(graph.SourcesOf), cancellationToken);
            var outcomes = Test(measure, keys, [], events, loaded, open);
            var (firing, added, resolved) = (0, 0, 0);
            if (outcomes.Findings.Count > 0 || outcomes.Untestable > 0 || keys.Exists(open.ContainsKey))
            {
                var siblings = await ReadSiblingsAsync(snapshot, set, measure, keys, cancellationToken);
                await loaded.LoadAsync(siblings.SelectMany(graph.SourcesOf), cancellationToken);
                outcomes = Test(measure, keys, siblings, events, loaded, open);
                (firing, added, resolved) = await findings.KeepSuspicionsAsync(
                    set,
                    measure.Code,
                    keys,
                    outcomes.Findings,
                    at,
                    claim,
                    cancellationToken
                );
            }
            result = new(result.Measures + 1, result.Firing + firing, result.Added + added, result.Resolved + resolved)
            {
                Tested = result.Tested + outcomes.Tested,
                Untestable = result.Untestable + outcomes.Untestable,
            };
        }
        return result;
    }

    private Outcomes Test(
        Measure measure,
        IReadOnlyList<SeriesKey> keys,
        IReadOnlyList<SeriesKey> siblings,
        KnownEvents events,
        LoadedStatements loaded,
        IReadOnlyDictionary<SeriesKey, IReadOnlySet<Period>> open
    )
    {
        var evaluator = loaded.Evaluator();
        var terms = new ReportedTerms(evaluator);
        var tests = new MeasureTests(catalog, events, measure, evaluator, siblings);
        var outcomes = new Outcomes();
        foreach (var key in keys)
        {
            if (evaluator.FormulaOf(key) is { } formula)
                tests.Of(new(catalog, formula, loaded, evaluator, terms, terms), open.GetValueOrDefault(key), outcomes);
        }
        return outcomes;
    }

    private static async Task<List<SeriesKey>> ReadSiblingsAsync(
        ILedgerSnapshot snapshot,
        string set,
        Measure measure,
        IReadOnlyList<SeriesKey> keys,
        CancellationToken cancellationToken
    )
    {
        var wanted = keys.Select(key => (key.Subject, key.Frequency)).ToHashSet();
        var siblings = new List<SeriesKey>();
        await foreach (var key in snapshot.ReadKeysAsync(new(set, Measure: measure.Code), cancellationToken))
        {
            if (wanted.Contains((key.Subject, key.Frequency)))
                siblings.Add(key);
        }
        return siblings;
    }
}
