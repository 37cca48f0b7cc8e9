namespace KpiMetrics.Pipeline.Publishing;

/// <summary>Where a point stands: its tags and the instant its window opens.</summary>
/// <param name="Seconds">Since 1970-01-01T00:00Z; negative before.</param>
public sealed record PointAddress(PointTags Tags, long Seconds)
{
    /// <summary>What is left beyond the second, 0..999,999,999: 0 for all that we write, but others may have written beside it.</summary>
    public int Nanoseconds { get; init; }
}
