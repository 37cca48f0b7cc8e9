namespace KpiMetrics.Core.Alerting;

/// <summary>One thing that happened to an alert; never changed, only followed by another. All that is known of an alert follows from its events.</summary>
/// <param name="Key">Of the alert.</param>
/// <param name="Number">From 1, without gaps: of two that were decided at once on the same state, one is kept.</param>
/// <param name="Who">Who did it; <see cref="AlertLife.Engine"/> where nobody did.</param>
/// <param name="Why">The reason, the explanation or the evidence.</param>
public sealed record AlertEvent(string Key, int Number, DateTimeOffset At, AlertStep Step, string Who, string Why)
{
    /// <summary>As it was seen; null where a person did something.</summary>
    public Concern? Concern { get; init; }

    /// <summary>Who hears of it from now on; null: as before.</summary>
    public AlertAudience? Audience { get; init; }

    /// <summary>Of an explanation: where more is to be read; null: nowhere.</summary>
    public string? Link { get; init; }
}
