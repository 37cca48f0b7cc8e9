namespace KpiMetrics.Core.Alerting;

/// <summary>An alert as its events have left it (<see cref="AlertLife"/>).</summary>
/// <param name="Audience">The highest that hear of it.</param>
/// <param name="FiredAt">When it was first seen.</param>
/// <param name="CountsFrom">From when on its office could act: what it is about began, or it was let go or opened again since.</param>
/// <param name="ChangedAt">Of its last event.</param>
/// <param name="Steps">How many events it had.</param>
public sealed record Alert(
    Concern Concern,
    AlertState State,
    AlertAudience Audience,
    DateTimeOffset FiredAt,
    DateTimeOffset CountsFrom,
    DateTimeOffset ChangedAt,
    int Steps
)
{
    /// <summary>The ledger's number; 0: it has none yet.</summary>
    public long Id { get; init; }

    public string? AcknowledgedBy { get; init; }

    public DateTimeOffset? AcknowledgedAt { get; init; }

    public string? ExplainedBy { get; init; }

    public DateTimeOffset? ExplainedAt { get; init; }

    public string? Explanation { get; init; }

    /// <summary>Where more of the explanation is to be read.</summary>
    public string? Link { get; init; }

    public DateTimeOffset? ResolvedAt { get; init; }

    /// <summary>What closed it.</summary>
    public string? Evidence { get; init; }

    /// <summary>When a person opened it again: only evidence from after that closes it. Null: none did.</summary>
    public DateTimeOffset? DoubtedAt { get; init; }

    public string Key => Concern.Key;

    public bool IsLive => State != AlertState.Resolved;

    /// <summary>Somebody must act on it, and hears of it: not explained, and not held back by what it follows from.</summary>
    public bool IsTold => State is AlertState.Firing or AlertState.Acknowledged && Concern.HeldBy is null;
}
