namespace KpiMetrics.Pipeline.Publishing;

/// <summary>What one run of the stage did.</summary>
/// <param name="Points">Points written; one that two changes reach may count twice.</param>
/// <param name="Deleted">Points that went away for good.</param>
/// <param name="Refused">Points, or changes of series no longer in the catalog, that were recorded as refused.</param>
public sealed record PublishResult(int Points, int Deleted, int Refused)
{
    /// <summary>When the oldest change that was done with was made; null: none was.</summary>
    public DateTimeOffset? OldestMarkedAt { get; init; }

    public static PublishResult operator +(PublishResult left, PublishResult right) =>
        new(left.Points + right.Points, left.Deleted + right.Deleted, left.Refused + right.Refused)
        {
            OldestMarkedAt =
                right.OldestMarkedAt < left.OldestMarkedAt || left.OldestMarkedAt is null
                    ? right.OldestMarkedAt
                    : left.OldestMarkedAt,
        };
}
