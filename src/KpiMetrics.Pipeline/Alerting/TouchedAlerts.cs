using KpiMetrics.Core.Alerting;
using KpiMetrics.Core.Figures;
using KpiMetrics.Pipeline.Ledger;

namespace KpiMetrics.Pipeline.Alerting;

/// <summary>The alerts of series that were just reported, where thresholds stand on them: what a round of the <see cref="AlertStage"/> comes to, at once and for those alone.</summary>
/// <remarks>May be run by any process, beside others and beside a round: each event has a number that is kept once.</remarks>
public sealed class TouchedAlerts(IAlerts alerts, ThresholdAlerts thresholds, AlertRound round)
{
    /// <summary>Whether anything of the series cannot wait for a round.</summary>
    public bool IsWatched(SeriesKey series) => thresholds.KeysOf(series).Any();

    /// <summary>All such series of the set that the ledger has figures of, for who does not know which were reported.</summary>
    public Task<IReadOnlyCollection<SeriesKey>> ReadWatchedAsync(string set, CancellationToken cancellationToken) =>
        thresholds.ReadWatchedAsync(set, cancellationToken);

    public async Task<AlertsTouched> RunAsync(
        IReadOnlyCollection<SeriesKey> touched,
        DateTimeOffset at,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(touched);
        var keys = touched.SelectMany(thresholds.KeysOf).ToHashSet(StringComparer.Ordinal);
        if (keys.Count == 0)
            return new([], []);
        var known = await alerts.FindAlertsAsync(keys, cancellationToken);
        var concerns = await thresholds.ReadAsync(touched, known.Where(alert => alert.IsLive), at, cancellationToken);
        var unseen = AlertRound.Unseen(known, concerns);
        var evidence = await thresholds.FindEvidenceAsync(unseen, at, cancellationToken);
        var events = round.Decide(known, concerns, evidence, at);
        if (events.Count == 0)
            return new([], []);
        await alerts.KeepAlertEventsAsync(events, null, cancellationToken);
        var changed = events.Select(one => one.Key).ToHashSet(StringComparer.Ordinal);
        return new(await alerts.FindAlertsAsync(changed, cancellationToken), events);
    }
}
