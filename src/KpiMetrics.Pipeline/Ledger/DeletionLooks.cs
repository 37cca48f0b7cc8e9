namespace KpiMetrics.Pipeline.Ledger;

/// <summary>When a point of which fields were deleted is looked at, as InfluxDB may bring them back.</summary>
/// <remarks>
/// InfluxDB 1.x deletes from disk and from memory, but not from what it is writing from memory to disk at that moment, though it answers yes: the fields are there
/// again once that is written. Whoever deletes looks at once; what came back behind that look is seen by these.
/// </remarks>
public static class DeletionLooks
{
    /// <summary>From when the lease was renewed to with the deletion, to the first look: a minute after the deletion in all.</summary>
    public static readonly TimeSpan First = TimeSpan.FromSeconds(30);

    /// <summary>From the first look to the second and last: InfluxDB writes what is in memory to disk after ten quiet minutes at the latest.</summary>
    public static readonly TimeSpan Second = TimeSpan.FromMinutes(15);

    /// <summary>From a look that InfluxDB could not answer to the next try.</summary>
    public static readonly TimeSpan Again = TimeSpan.FromMinutes(1);
}
