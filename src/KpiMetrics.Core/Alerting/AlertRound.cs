namespace KpiMetrics.Core.Alerting;

/// <summary>Compares what is seen with the alerts there are, and says what happened to them. Run twice, it says nothing the second time.</summary>
/// <remarks>An alert that is not seen any more stays as it is until there is evidence: a series that vanished closes nothing.</remarks>
public sealed class AlertRound(Escalation escalation)
{
    /// <summary>For how long an outage that is over still holds back what its source has not been asked for since: it is being asked for what it owes.</summary>
    public static readonly TimeSpan CatchUp = TimeSpan.FromHours(1);

    /// <summary>The open alerts that are not seen any more: what evidence is looked for.</summary>
    public static IReadOnlyList<Alert> Unseen(IEnumerable<Alert> known, IEnumerable<Concern> concerns)
    {
        ArgumentNullException.ThrowIfNull(known);
        var seen = concerns.Select(concern => concern.Key).ToHashSet(StringComparer.Ordinal);
        return [.. known.Where(alert => alert.IsLive && !seen.Contains(alert.Key))];
    }

    /// <summary>What happened, in order of the alerts' keys.</summary>
    /// <param name="known">All open alerts, and of the others those that are seen again or hold one of them back.</param>
    /// <param name="concerns">All that is seen; of two with one key the first counts.</param>
    /// <param name="evidence">What closes alerts that are not seen any more, by key.</param>
    public IReadOnlyList<AlertEvent> Decide(
        IReadOnlyCollection<Alert> known,
        IReadOnlyCollection<Concern> concerns,
        IReadOnlyDictionary<string, Evidence> evidence,
        DateTimeOffset at
    )
    {
        ArgumentNullException.ThrowIfNull(evidence);
        at = Whole(at);
        var alerts = known.ToDictionary(alert => alert.Key, StringComparer.Ordinal);
        var seen = new SortedDictionary<string, Concern>(StringComparer.Ordinal);
        foreach (var concern in concerns)
            seen.TryAdd(concern.Key, concern);
        var holding = alerts
            .Values.Where(alert => alert.IsLive || alert.ResolvedAt > at - CatchUp)
            .Select(alert => alert.Key)
            .Concat(seen.Keys)
            .ToHashSet(StringComparer.Ordinal);
        var events = new List<AlertEvent>();
        foreach (var (key, concern) in seen)
            events.AddRange(
                See(alerts.GetValueOrDefault(key), Held(Settled(concern, alerts.GetValueOrDefault(key)), holding), at)
            );
        foreach (var alert in Unseen(known, concerns).OrderBy(alert => alert.Key, StringComparer.Ordinal))
            events.AddRange(Miss(alert, evidence, holding, at));
        return events;
    }

    private IEnumerable<AlertEvent> See(Alert? alert, Concern concern, DateTimeOffset at)
    {
        if (alert is not { IsLive: true })
        {
            var step = alert is null ? AlertStep.Fired : AlertStep.Reopened;
            var audience = escalation.Of(concern, alert is null && concern.HeldBy is null ? concern.Since : at, at);
            yield return Next(alert, concern.Key, at, step, concern.Title) with
            {
                Concern = concern,
                Audience = audience,
            };
            yield break;
        }
        if (alert.Concern != concern)
        {
            var changed = Next(alert, alert.Key, at, AlertStep.Changed, ChangeOf(alert.Concern, concern)) with
            {
                Concern = concern,
            };
            yield return changed;
            alert = AlertLife.Apply(alert, changed);
        }
        var now = escalation.Of(concern, alert.CountsFrom, at);
        if (alert.State == AlertState.Firing && concern.HeldBy is null && now > alert.Audience)
            yield return Next(alert, alert.Key, at, AlertStep.Escalated, "chưa cơ quan nào tiếp nhận") with
            {
                Audience = now,
            };
    }

    private static IEnumerable<AlertEvent> Miss(
        Alert alert,
        IReadOnlyDictionary<string, Evidence> evidence,
        HashSet<string> holding,
        DateTimeOffset at
    )
    {
        if (IsClosed(alert, evidence))
        {
            yield return Next(alert, alert.Key, at, AlertStep.Resolved, evidence[alert.Key].Text);
            yield break;
        }
        var concern = Held(alert.Concern, holding);
        if (concern != alert.Concern)
            yield return Next(alert, alert.Key, at, AlertStep.Changed, ChangeOf(alert.Concern, concern)) with
            {
                Concern = concern,
            };
    }

    // Who opened it again knows of what closed it before.
    private static bool IsClosed(Alert alert, IReadOnlyDictionary<string, Evidence> evidence) =>
        evidence.TryGetValue(alert.Key, out var found) && !(found.At <= alert.DoubtedAt);

    private static Concern Held(Concern concern, HashSet<string> holding) =>
        concern.HeldBy is { } cause && !holding.Contains(cause) ? concern with { HeldBy = null } : concern;

    // How many of its duties a source fails, and with which words, changes with every question: no news.
    private static Concern Settled(Concern concern, Alert? alert)
    {
        var whole = concern with { Since = Whole(concern.Since) };
        return concern.Kind == AlertKind.SourceFailing && alert is { IsLive: true } && alert.Concern.Severity == concern.Severity
            ? whole with
            {
                Title = alert.Concern.Title,
                Since = alert.Concern.Since,
            }
            : whole;
    }

    private static string ChangeOf(Concern before, Concern after) =>
        (before.HeldBy, after.HeldBy) switch
        {
            (null, { } cause) => $"do {cause}",
            ({ } cause, null) => $"không còn do {cause}",
            _ => after.Title,
        };

    private static AlertEvent Next(Alert? alert, string key, DateTimeOffset at, AlertStep step, string why) =>
        new(key, (alert?.Steps ?? 0) + 1, at, step, AlertLife.Engine, why);

    // As the ledger keeps instants: what was kept and what is decided are the same.
    private static DateTimeOffset Whole(DateTimeOffset at) =>
        DateTimeOffset.FromUnixTimeMilliseconds(at.ToUnixTimeMilliseconds());
}
