using KpiMetrics.Core.Alerting;
using KpiMetrics.Pipeline.Ledger;
using KpiMetrics.Pipeline.Ledger.Claims;

namespace KpiMetrics.Pipeline.Alerting;

/// <summary>Holds what should fire against the alerts of the ledger, and keeps what happened.</summary>
/// <remarks>
/// May be run at any time, by several at once, and killed at any moment: each event has a number that is kept once. The ledger alone says what is open, so
/// nothing depends on what a worker remembers. One set at a time is in memory: what holds an alert back is of the same set.
/// </remarks>
public sealed class AlertStage(IAlerts alerts, IReadOnlyList<IAlertProvider> providers, AlertRound round)
{
    private const int AtOnce = 5000;

    /// <param name="claim">Under which it is done; null: under none.</param>
    /// <exception cref="ClaimLostException">Somebody else has the claim.</exception>
    public Task<AlertsKept> RunAsync(DateTimeOffset at, Claim? claim, CancellationToken cancellationToken) =>
        RunAsync(at, claim, only: null, cancellationToken);

    /// <inheritdoc cref="RunAsync(DateTimeOffset, Claim?, CancellationToken)"/>
    /// <param name="only">Whoever knows alerts of this kind is heard, and nobody else: alerts of other kinds stay as they are. Null: everybody.</param>
    public async Task<AlertsKept> RunAsync(DateTimeOffset at, Claim? claim, AlertKind? only, CancellationToken cancellationToken)
    {
        var heard = providers.Where(provider => only is not { } kind || provider.Knows(kind)).ToList();
        var (open, events) = (0, new List<AlertEvent>());
        foreach (var set in await alerts.ReadAlertSetsAsync(cancellationToken))
        {
            // Before what is seen: who closes one meanwhile (TouchedAlerts) takes the number of what is decided here, and nothing that he closed is opened again.
            var live = await alerts.ReadAlertsAsync(AlertQuery.Live with { Set = set }, cancellationToken);
            var concerns = new List<Concern>();
            foreach (var provider in heard)
                concerns.AddRange(await provider.ReadAsync(set, at, cancellationToken));
            var known = await ReadKnownAsync(live, concerns, cancellationToken);
            var evidence = await FindEvidenceAsync(heard, AlertRound.Unseen(known, concerns), at, cancellationToken);
            var happened = round.Decide(known, concerns, evidence, at);
            foreach (var some in happened.Chunk(AtOnce))
                await alerts.KeepAlertEventsAsync(some, claim, cancellationToken);
            open += known.Count(alert => alert.IsLive) + happened.Sum(Opens);
            events.AddRange(happened);
        }
        return new(open, events);
    }

    private static int Opens(AlertEvent one) =>
        one.Step switch
        {
            AlertStep.Fired or AlertStep.Reopened => 1,
            AlertStep.Resolved => -1,
            _ => 0,
        };

    private async Task<IReadOnlyCollection<Alert>> ReadKnownAsync(
        IReadOnlyList<Alert> live,
        List<Concern> concerns,
        CancellationToken cancellationToken
    )
    {
        var known = live.ToDictionary(alert => alert.Key, StringComparer.Ordinal);
        var held = concerns.Concat(live.Select(alert => alert.Concern)).Select(concern => concern.HeldBy).OfType<string>();
        var others = concerns
            .Select(concern => concern.Key)
            .Concat(held)
            .Where(key => !known.ContainsKey(key))
            .Distinct()
            .ToList();
        if (others.Count > 0)
        {
            foreach (var alert in await alerts.FindAlertsAsync(others, cancellationToken))
                known.TryAdd(alert.Key, alert);
        }
        return known.Values;
    }

    private static async Task<IReadOnlyDictionary<string, Evidence>> FindEvidenceAsync(
        List<IAlertProvider> heard,
        IReadOnlyList<Alert> unseen,
        DateTimeOffset at,
        CancellationToken cancellationToken
    )
    {
        var found = new Dictionary<string, Evidence>(StringComparer.Ordinal);
        foreach (var provider in heard)
        {
            var own = unseen.Where(alert => provider.Knows(alert.Concern.Kind)).ToList();
            if (own.Count == 0)
                continue;
            foreach (var (key, evidence) in await provider.FindEvidenceAsync(own, at, cancellationToken))
                found.TryAdd(key, evidence);
        }
        return found;
    }
}
