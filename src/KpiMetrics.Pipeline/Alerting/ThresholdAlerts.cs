using System.Runtime.CompilerServices;
using KpiMetrics.Core.Alerting;
using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;
using KpiMetrics.Pipeline.Ledger;

namespace KpiMetrics.Pipeline.Alerting;

/// <summary>Levels of emergency thresholds that are up, and those that were up before anybody knew. Closed by figures: they fell back, or were corrected.</summary>
/// <remarks>
/// Everything follows from the ledger: an open alert says in which hour its level was reached, and its series is read from there on; the others some days back.
/// What is older is history and raises nothing. No figures at all leave a level as it is. Figures of the demo raise nothing.
/// </remarks>
public sealed class ThresholdAlerts(CatalogSnapshot catalog, ILedger ledger, IAlerts alerts, TimeZoneInfo zone) : IAlertProvider
{
    /// <summary>How many hours back a level is looked for that no open alert is of: as many as the longest window has.</summary>
    public const int HoursBack = 72;

    private readonly List<(string Set, string Indicator, string Measure)> watched =
    [
        .. from set in catalog.Sets
        from indicator in set.Indicators
        from measure in indicator.Measures
        where measure.Thresholds.Count > 0
        select (set.Code, indicator.Code, measure.Code),
    ];

    public bool Knows(AlertKind kind) => kind == AlertKind.Threshold;

    /// <summary>The names of all alerts that can be of the series; none where no threshold stands on it.</summary>
    public IEnumerable<string> KeysOf(SeriesKey series)
    {
        ArgumentNullException.ThrowIfNull(series);
        if (series.Frequency != Frequency.Hour || Find(series) is not var (_, measure, area))
            return [];
        return WatchedSeries
            .LevelsOf(series, measure, area)
            .SelectMany(level => (string[])[AlertKeys.OfLevel(level), AlertKeys.OfLevel(level with { IsMissed = true })]);
    }

    /// <summary>The series of the set that thresholds stand on and the ledger has figures of.</summary>
    public async Task<IReadOnlyCollection<SeriesKey>> ReadWatchedAsync(string set, CancellationToken cancellationToken)
    {
        if (!watched.Exists(one => one.Set == set))
            return [];
        await using var snapshot = await ledger.OpenSnapshotAsync(null, cancellationToken);
        return (await KeysAsync(snapshot, set, cancellationToken)).FindAll(key => KeysOf(key).Any());
    }

    public async Task<IReadOnlyList<Concern>> ReadAsync(string set, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var series = await ReadWatchedAsync(set, cancellationToken);
        if (series.Count == 0)
            return [];
        var query = AlertQuery.Live with { Set = set, Kind = AlertKind.Threshold };
        return await ReadAsync(series, await alerts.ReadAlertsAsync(query, cancellationToken), at, cancellationToken);
    }

    /// <summary>All that holds of some series.</summary>
    /// <param name="open">The open alerts of those.</param>
    public async Task<IReadOnlyList<Concern>> ReadAsync(
        IReadOnlyCollection<SeriesKey> series,
        IEnumerable<Alert> open,
        DateTimeOffset at,
        CancellationToken cancellationToken
    )
    {
        var (concerns, over) = (new List<Concern>(), new List<LevelLook>());
        await using (var snapshot = await ledger.OpenSnapshotAsync(null, cancellationToken))
        {
            await foreach (var one in SeriesAsync(snapshot, series, open, at, cancellationToken))
            {
                foreach (var look in one.Looks())
                {
                    if (look.Concern is { } concern)
                        concerns.Add(concern);
                    if (look.MayBeMissed(at))
                        over.Add(look);
                }
            }
        }
        if (over.Count == 0)
            return concerns;
        var told = await alerts.FindAlertsAsync([.. over.Select(look => AlertKeys.OfLevel(look.Key))], cancellationToken);
        var byKey = told.ToDictionary(alert => alert.Key, StringComparer.Ordinal);
        foreach (var look in over)
        {
            if (look.Missed(byKey.GetValueOrDefault(AlertKeys.OfLevel(look.Key)), at) is { } missed)
                concerns.Add(missed);
        }
        return concerns;
    }

    public async Task<IReadOnlyDictionary<string, Evidence>> FindEvidenceAsync(
        IReadOnlyCollection<Alert> unseen,
        DateTimeOffset at,
        CancellationToken cancellationToken
    )
    {
        var found = new Dictionary<string, Evidence>(StringComparer.Ordinal);
        var wanted = new Dictionary<LevelKey, List<Alert>>();
        var series = new HashSet<SeriesKey>();
        foreach (var alert in unseen)
        {
            if (AlertKeys.LevelOf(alert.Key) is not { } level || catalog.FindSet(level.Set) is null)
                continue;
            if (SeriesOf(level) is not { } of)
                found[alert.Key] = new(at, "Bộ chỉ số không còn ngưỡng này");
            else if (catalog.FindAreaById(level.Area) is not null)
            {
                series.Add(of);
                var key = level with { IsMissed = false };
                if (!wanted.TryAdd(key, [alert]))
                    wanted[key].Add(alert);
            }
        }
        if (series.Count == 0)
            return found;
        await using var snapshot = await ledger.OpenSnapshotAsync(null, cancellationToken);
        await foreach (var one in SeriesAsync(snapshot, series, unseen, at, cancellationToken))
        {
            foreach (var look in one.Looks())
            {
                foreach (var alert in wanted.GetValueOrDefault(look.Key) ?? [])
                {
                    if (look.EvidenceFor(alert, AlertKeys.LevelOf(alert.Key) is { IsMissed: true }) is { } evidence)
                        found[alert.Key] = evidence;
                }
            }
        }
        return found;
    }

    private async Task<List<SeriesKey>> KeysAsync(ILedgerSnapshot snapshot, string only, CancellationToken cancellationToken)
    {
        var keys = new List<SeriesKey>();
        foreach (var (set, indicator, measure) in watched.Where(one => one.Set == only))
        {
            var query = new FigureQuery(set, indicator, measure, Frequency: Frequency.Hour);
            await foreach (var key in snapshot.ReadKeysAsync(query, cancellationToken))
                keys.Add(key);
        }
        return keys;
    }

    // Some thousand series at a time are in memory.
    private async IAsyncEnumerable<WatchedSeries> SeriesAsync(
        ILedgerSnapshot snapshot,
        IReadOnlyCollection<SeriesKey> keys,
        IEnumerable<Alert> open,
        DateTimeOffset at,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var now = Period.At(Frequency.Hour, TimeZoneInfo.ConvertTime(at, zone).DateTime);
        var oldest = Oldest(open);
        var stretches = new List<SeriesStretch>(keys.Count);
        var froms = new Dictionary<SeriesKey, Period>();
        foreach (var key in keys)
        {
            // Most lines of a breakdown have none.
            if (key.Frequency != Frequency.Hour || Find(key) is not var (_, measure, area))
                continue;
            if (!WatchedSeries.LevelsOf(key, measure, area).Any())
                continue;
            var from = now.Shift(-HoursBack);
            if (oldest.TryGetValue((key.Set, key.Measure, key.Subject, key.Area), out var since) && since < from)
                from = since;
            froms[key] = from;
            stretches.Add(new(key, from.Shift(-measure.Thresholds.Max(threshold => threshold.HoursBefore)), now));
        }
        foreach (var some in StretchChunks.Of(stretches))
        {
            foreach (var read in await snapshot.ReadAsync(some, cancellationToken))
            {
                if (read is not null && Watched(read, froms[read.Key]) is { } series)
                    yield return series;
            }
        }
    }

    private static Dictionary<(string Set, string Measure, string Subject, string Area), Period> Oldest(IEnumerable<Alert> open)
    {
        var oldest = new Dictionary<(string Set, string Measure, string Subject, string Area), Period>();
        foreach (var alert in open)
        {
            if (AlertKeys.LevelOf(alert.Key) is not { } level || alert.Concern.Period is not { } since)
                continue;
            var series = (level.Set, level.Measure, level.Subject, level.Area);
            if (!oldest.TryGetValue(series, out var known) || since < known)
                oldest[series] = since;
        }
        return oldest;
    }

    // Null where the catalog does not know it.
    private WatchedSeries? Watched(SeriesStatements read, Period from)
    {
        if (Find(read.Key) is not var (indicator, measure, area) || catalog.FindSet(read.Key.Set) is not { } set)
            return null;
        var figures = read.Figures(set.TrustIn).FindAll(figure => figure.Current.Source != DemoSource.Name);
        return new(read.Key, (indicator, measure), area, figures, from, zone);
    }

    private (Indicator Indicator, Measure Measure, Area Area)? Find(SeriesKey series)
    {
        if (catalog.FindMeasure(series.Set, series.Measure) is not var (indicator, measure))
            return null;
        return catalog.FindAreaById(series.Area) is { } area ? (indicator, measure, area) : null;
    }

    // Null where the set has no such level any more.
    private SeriesKey? SeriesOf(LevelKey level)
    {
        if (catalog.FindMeasure(level.Set, level.Measure) is not var (indicator, measure))
            return null;
        var series = new SeriesKey(level.Set, indicator.Code, measure.Code, level.Subject, level.Area, Frequency.Hour);
        var isKnown =
            catalog.FindAreaById(level.Area) is not { } area
            || WatchedSeries.LevelsOf(series, measure, area).Contains(level with { IsMissed = false });
        return isKnown ? series : null;
    }
}
