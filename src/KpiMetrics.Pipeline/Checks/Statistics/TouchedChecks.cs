using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Derivation.Graph;
using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;
using KpiMetrics.Pipeline.Ledger;
using KpiMetrics.Pipeline.Ledger.Claims;

namespace KpiMetrics.Pipeline.Checks.Statistics;

/// <summary>The statistical checks of single series, right after something was reported of them; what they find is kept as <see cref="CheckStage"/> would.</summary>
/// <remarks>
/// Each series is held against its own past first, which is all that most need. Only where that raises a question, its past is short, or one is open, the other
/// areas are read, and only those figures are held against them. That those moved and this one did not is left to the check of the set; so is all that depends
/// on the reported figures elsewhere.
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
        var look = new Look(known, snapshot, events, open, at, claim);
        foreach (var group in touched.GroupBy(key => key.Measure, StringComparer.Ordinal))
        {
            if (catalog.FindMeasure(set, group.Key) is not var (_, measure))
                continue;
            var keys = group.Where(key => MeasureTests.IsTested(measure, key.Frequency)).ToList();
            if (keys.Count == 0)
                continue;
            var one = await RunAsync(look, measure, keys, cancellationToken);
            result = new(
                result.Measures + 1,
                result.Firing + one.Firing,
                result.Added + one.Added,
                result.Resolved + one.Resolved
            )
            {
                Tested = result.Tested + one.Tested,
                Untestable = result.Untestable + one.Untestable,
            };
        }
        return result;
    }

    private async Task<SetChecked> RunAsync(Look look, Measure measure, List<SeriesKey> keys, CancellationToken cancellationToken)
    {
        var loaded = new LoadedStatements(graph, look.Set, null, look.Snapshot);
        await loaded.LoadAsync(keys.SelectMany(graph.SourcesOf), cancellationToken);
        var alone = Test(look, measure, loaded, keys.Select(key => (key, (HashSet<Period>?)null)), []);
        var untestable = alone.Sum(one => one.Outcomes.Untestable);
        var figures = untestable + alone.Sum(one => one.Outcomes.Tested);
        var (firing, added, resolved) = (0, 0, 0);
        var asked = Asked(alone, look.Open);
        if (asked.Count > 0)
        {
            var questioned = asked.ConvertAll(one => one.Series);
            var siblings = await ReadSiblingsAsync(look.Snapshot, look.Set.Code, measure, questioned, cancellationToken);
            await loaded.LoadAsync(siblings.SelectMany(graph.SourcesOf), cancellationToken);
            var beside = Test(look, measure, loaded, asked, siblings);
            untestable += beside.Sum(one => one.Outcomes.Lendable) - alone.Sum(one => one.Outcomes.Lendable);
            (firing, added, resolved) = await findings.KeepSuspicionsAsync(
                look.Set.Code,
                measure.Code,
                questioned,
                [.. beside.SelectMany(one => one.Outcomes.Findings)],
                look.At,
                look.Claim,
                cancellationToken
            );
        }
        return new(1, firing, added, resolved) { Tested = figures - untestable, Untestable = untestable };
    }

    /// <param name="figures">Of each series the only periods that are tested; null: all that are worth it.</param>
    private List<(SeriesKey Series, Outcomes Outcomes)> Test(
        Look look,
        Measure measure,
        LoadedStatements loaded,
        IEnumerable<(SeriesKey Series, HashSet<Period>? Only)> figures,
        IReadOnlyList<SeriesKey> siblings
    )
    {
        var evaluator = loaded.Evaluator();
        var terms = new ReportedTerms(evaluator);
        var tests = new MeasureTests(catalog, look.Events, measure, evaluator, siblings);
        var found = new List<(SeriesKey, Outcomes)>();
        foreach (var (key, only) in figures)
        {
            if (evaluator.FormulaOf(key) is not { } formula)
                continue;
            var outcomes = new Outcomes();
            tests.Of(new(catalog, formula, loaded, evaluator, terms, terms), look.Open.GetValueOrDefault(key), outcomes, only);
            found.Add((key, outcomes));
        }
        return found;
    }

    // The figures that are to be held against other areas as well, those with an open suspicion among them; series without any need nothing more.
    private static List<(SeriesKey Series, HashSet<Period>? Only)> Asked(
        List<(SeriesKey Series, Outcomes Outcomes)> alone,
        IReadOnlyDictionary<SeriesKey, IReadOnlySet<Period>> open
    )
    {
        var asked = new List<(SeriesKey, HashSet<Period>?)>();
        foreach (var (series, outcomes) in alone)
        {
            var periods = new HashSet<Period>(outcomes.Questions);
            if (open.GetValueOrDefault(series) is { } suspected)
                periods.UnionWith(suspected);
            if (periods.Count > 0)
                asked.Add((series, periods));
        }
        return asked;
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

    /// <summary>What all measures of one run have in common.</summary>
    private sealed record Look(
        IndicatorSet Set,
        ILedgerSnapshot Snapshot,
        KnownEvents Events,
        IReadOnlyDictionary<SeriesKey, IReadOnlySet<Period>> Open,
        DateTimeOffset At,
        Claim? Claim
    );
}
