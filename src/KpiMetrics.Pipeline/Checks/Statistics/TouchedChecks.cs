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

    /// <summary>The same of series of which any figure may be new.</summary>
    public Task<SetChecked> RunAsync(
        string set,
        IReadOnlyCollection<SeriesKey> touched,
        DateTimeOffset at,
        Claim? claim,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(touched);
        return RunAsync(set, touched.Distinct().ToDictionary(key => key, _ => (Period?)null), at, claim, cancellationToken);
    }

    /// <param name="touched">
    /// Series of one set, each with the first period of which something is new, null: any; those that the catalog does not know are left out. What is before it
    /// has the verdict that it had: nothing later has a part in it.
    /// </param>
    /// <param name="claim">Under which it is made; null: under none.</param>
    /// <exception cref="ClaimLostException">Somebody else has the claim; what was kept is as good as any.</exception>
    public async Task<SetChecked> RunAsync(
        string set,
        IReadOnlyDictionary<SeriesKey, Period?> touched,
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
        foreach (var group in touched.GroupBy(one => one.Key.Measure, StringComparer.Ordinal))
        {
            if (catalog.FindMeasure(set, group.Key) is not var (_, measure))
                continue;
            var since = group.Where(one => MeasureTests.IsTested(measure, one.Key.Frequency)).ToList();
            if (since.Count == 0)
                continue;
            var found = await RunAsync(look, measure, since, cancellationToken);
            result = new(
                result.Measures + 1,
                result.Firing + found.Firing,
                result.Added + found.Added,
                result.Resolved + found.Resolved
            )
            {
                Tested = result.Tested + found.Tested,
                Untestable = result.Untestable + found.Untestable,
            };
        }
        return result;
    }

    private async Task<SetChecked> RunAsync(
        Look look,
        Measure measure,
        List<KeyValuePair<SeriesKey, Period?>> since,
        CancellationToken cancellationToken
    )
    {
        var loaded = new LoadedStatements(graph, look.Set, null, look.Snapshot);
        await loaded.LoadAsync(since.SelectMany(one => graph.SourcesOf(one.Key)), cancellationToken);
        var alone = Test(look, measure, loaded, since.Select(one => (one.Key, IsNew(look, one.Key, one.Value))), []);
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

    /// <param name="figures">Of each series which of its periods are tested; null: all that are worth it.</param>
    private List<(SeriesKey Series, Outcomes Outcomes)> Test(
        Look look,
        Measure measure,
        LoadedStatements loaded,
        IEnumerable<(SeriesKey Series, Func<Period, bool>? IsWanted)> figures,
        IReadOnlyList<SeriesKey> siblings
    )
    {
        var evaluator = loaded.Evaluator();
        var terms = new ReportedTerms(evaluator);
        var tests = new MeasureTests(catalog, look.Events, measure, evaluator, siblings);
        var found = new List<(SeriesKey, Outcomes)>();
        foreach (var (key, isWanted) in figures)
        {
            if (evaluator.FormulaOf(key) is not { } formula)
                continue;
            var outcomes = new Outcomes();
            var series = new CheckedSeries(catalog, formula, loaded, evaluator, terms, terms);
            tests.Of(series, look.Open.GetValueOrDefault(key), outcomes, isWanted);
            found.Add((key, outcomes));
        }
        return found;
    }

    private static Func<Period, bool>? IsNew(Look look, SeriesKey series, Period? since)
    {
        if (since is not { } first)
            return null;
        var open = look.Open.GetValueOrDefault(series);
        return period => period >= first || open?.Contains(period) == true;
    }

    // The figures that are to be held against other areas as well, those with an open suspicion among them; series without any need nothing more.
    private static List<(SeriesKey Series, Func<Period, bool>? IsWanted)> Asked(
        List<(SeriesKey Series, Outcomes Outcomes)> alone,
        IReadOnlyDictionary<SeriesKey, IReadOnlySet<Period>> open
    )
    {
        var asked = new List<(SeriesKey, Func<Period, bool>?)>();
        foreach (var (series, outcomes) in alone)
        {
            var periods = new HashSet<Period>(outcomes.Questions);
            if (open.GetValueOrDefault(series) is { } suspected)
                periods.UnionWith(suspected);
            if (periods.Count > 0)
                asked.Add((series, periods.Contains));
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
