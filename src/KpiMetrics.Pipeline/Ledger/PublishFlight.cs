namespace KpiMetrics.Pipeline.Ledger;

/// <summary>Points that are written to InfluxDB together.</summary>
/// <param name="Lease">Under which they are.</param>
/// <param name="Number">Tells it from others under way under the same lease.</param>
/// <param name="Points">All that may be written or deleted.</param>
/// <param name="Until">Until when the lease is renewed with it.</param>
public sealed record PublishFlight(PublishLease Lease, int Number, IReadOnlyList<PublishedPoint> Points, DateTimeOffset Until)
{
    /// <summary>Those of them of which fields are deleted; looked at again later, as it may come back (<see cref="DeletionLooks"/>).</summary>
    public IReadOnlyList<PublishedPoint> Deleted { get; init; } = [];
}
