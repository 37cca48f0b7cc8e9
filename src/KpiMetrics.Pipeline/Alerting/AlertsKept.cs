using KpiMetrics.Core.Alerting;

namespace KpiMetrics.Pipeline.Alerting;

/// <summary>What one round came to.</summary>
/// <param name="Open">How many alerts are open now.</param>
/// <param name="Events">What happened, as it was decided.</param>
public sealed record AlertsKept(int Open, IReadOnlyList<AlertEvent> Events)
{
    /// <summary>How many are new, or came back.</summary>
    public int Fired => Events.Count(one => one.Step is AlertStep.Fired or AlertStep.Reopened);

    /// <summary>How many go on as something else, or were taken up the ladder.</summary>
    public int Changed => Events.Count(one => one.Step is AlertStep.Changed or AlertStep.Escalated);

    /// <summary>How many were closed.</summary>
    public int Resolved => Events.Count(one => one.Step == AlertStep.Resolved);
}
