using static System.FormattableString;

namespace KpiMetrics.Core.Alerting;

/// <summary>The life of an alert: firing, acknowledged, explained, resolved, and opened again. A pure function of its events.</summary>
public static class AlertLife
{
    /// <summary>Who did what nobody did.</summary>
    public const string Engine = "worker";

    /// <summary>Why the step cannot be taken now; null: it can.</summary>
    public static string? Refusal(Alert? alert, AlertStep step) =>
        (alert, step) switch
        {
            (null, AlertStep.Fired) => null,
            (null, _) => "there is no such alert",
            (_, AlertStep.Fired) => "it is there already",
            ({ State: AlertState.Firing }, AlertStep.Reopened) => "it is open, and nobody has acknowledged or explained it",
            (_, AlertStep.Reopened) => null,
            ({ State: AlertState.Resolved } closed, _) => $"it is resolved: {closed.Evidence}",
            ({ State: AlertState.Acknowledged } taken, AlertStep.Acknowledged) =>
                $"{taken.AcknowledgedBy} has acknowledged it already",
            ({ State: AlertState.Explained } told, AlertStep.Acknowledged) => $"{told.ExplainedBy} has explained it already",
            _ => null,
        };

    /// <exception cref="InvalidOperationException">The event does not follow on the alert.</exception>
    public static Alert Apply(Alert? alert, AlertEvent next)
    {
        ArgumentNullException.ThrowIfNull(next);
        if (Refusal(alert, next.Step) is { } refusal)
            throw new InvalidOperationException(Invariant($"{next.Key}: event {next.Number} ({next.Step.Code()}): {refusal}."));
        var steps = alert?.Steps ?? 0;
        if (next.Number != steps + 1)
            throw new InvalidOperationException(Invariant($"{next.Key}: event {next.Number} does not follow on {steps}."));
        if (alert is null)
        {
            var seen = next.Concern ?? throw new InvalidOperationException($"{next.Key}: fired without saying what was seen.");
            return new(seen, AlertState.Firing, next.Audience ?? AlertAudience.Office, next.At, seen.Since, next.At, next.Number);
        }
        return Go(alert with { ChangedAt = next.At, Steps = next.Number }, next);
    }

    /// <summary>The alert that its events, in order, have left; null where there are none.</summary>
    public static Alert? Replay(IEnumerable<AlertEvent> events)
    {
        ArgumentNullException.ThrowIfNull(events);
        return events.Aggregate((Alert?)null, Apply);
    }

    private static Alert Go(Alert alert, AlertEvent next) =>
        next.Step switch
        {
            AlertStep.Changed => Change(alert, next.Concern ?? alert.Concern, next.At),
            AlertStep.Escalated => alert with { Audience = next.Audience ?? alert.Audience },
            AlertStep.Acknowledged => alert with
            {
                State = AlertState.Acknowledged,
                AcknowledgedBy = next.Who,
                AcknowledgedAt = next.At,
            },
            AlertStep.Explained => alert with
            {
                State = AlertState.Explained,
                ExplainedBy = next.Who,
                ExplainedAt = next.At,
                Explanation = next.Why,
                Link = next.Link,
            },
            AlertStep.Resolved => alert with { State = AlertState.Resolved, ResolvedAt = next.At, Evidence = next.Why },
            _ => new(
                next.Concern ?? alert.Concern,
                AlertState.Firing,
                next.Audience ?? alert.Audience,
                alert.FiredAt,
                next.At,
                next.At,
                next.Number
            )
            {
                Id = alert.Id,
                DoubtedAt = next.Concern is null ? next.At : null,
            },
        };

    private static Alert Change(Alert alert, Concern concern, DateTimeOffset at)
    {
        var isLetGo = alert.Concern.HeldBy is not null && concern.HeldBy is null;
        return alert with { Concern = concern, CountsFrom = isLetGo ? at : alert.CountsFrom };
    }
}
