using KpiMetrics.Core.Figures;

namespace KpiMetrics.Pipeline.Ledger;

/// <summary>The ledger's side of publishing: which figures changed, and what InfluxDB may hold of them.</summary>
/// <remarks>
/// Keys, not payloads: a point is always computed from the ledger as it is when it is sent. The publisher says what it is about to
/// write (<see cref="IntendAsync"/>) before it writes and what it wrote (<see cref="ConfirmAsync"/>) after; a crash between the two
/// leaves the key waiting and the fields known, so nothing is lost and nothing stale can stay behind.
/// </remarks>
public interface IOutbox : IPublishTurns
{
    /// <summary>
    /// The next changes to publish: hours that were reported, then the others; of each the longest-waiting first, those of one report and series together. So
    /// the hours of a flood show at once though a million months wait. Empty when all is published, but for a rebuild.
    /// </summary>
    Task<IReadOnlyList<ChangedKey>> NextChangesAsync(int limit, CancellationToken cancellationToken);

    /// <summary>The ledger's numbers of series, in the same order; a computed series that has none yet is given one.</summary>
    Task<IReadOnlyList<int>> NumberSeriesAsync(IReadOnlyList<SeriesKey> series, CancellationToken cancellationToken);

    /// <summary>The ledger's numbers of series, in the same order; null where it has never heard of one.</summary>
    Task<IReadOnlyList<int?>> FindSeriesAsync(IReadOnlyList<SeriesKey> series, CancellationToken cancellationToken);

    /// <summary>What InfluxDB may hold of stretches of series, in any order; points without fields are left out.</summary>
    Task<IReadOnlyList<PublishedPoint>> ReadPublishedAsync(
        IReadOnlyList<PublishedStretch> stretches,
        CancellationToken cancellationToken
    );

    /// <summary>Adds the fields to those each point may have, and keeps what is on its way. To be called before writing.</summary>
    /// <param name="gained">Points that may get fields that they did not have.</param>
    /// <exception cref="LeaseLostException">Somebody else publishes.</exception>
    Task IntendAsync(PublishFlight flight, IReadOnlyList<PublishedPoint> gained, CancellationToken cancellationToken);

    /// <summary>
    /// In one transaction: sets the fields that each point now has (0 forgets it; those not named have what they may have), takes the keys out of the outbox unless they were
    /// marked again since, records refused points with their reason, forgets the refusals of points that now went through, and keeps when what was deleted is to
    /// be looked at.
    /// </summary>
    /// <exception cref="LeaseLostException">Somebody else publishes; nothing was kept.</exception>
    Task ConfirmAsync(
        PublishFlight flight,
        IReadOnlyList<PublishedPoint> points,
        IReadOnlyList<ChangedKey> done,
        IReadOnlyList<RefusedPoint> refused,
        DateTimeOffset at,
        CancellationToken cancellationToken
    );

    /// <summary>Asks for everything to be published again (<see cref="IPublishTurns.ReadRebuildAsync"/>), and says how many figures there are.</summary>
    Task<long> MarkAllAsync(string actor, DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>
    /// Marks points to be published again, also computed ones, as when InfluxDB was seen to hold something else. The fields are added to those that each may
    /// have: <see cref="PublishedPoint.AnyField"/> makes sure that nothing stays of what is there, 0 that only what is missing is written.
    /// </summary>
    Task MarkAgainAsync(
        IReadOnlyList<PublishedPoint> points,
        string actor,
        DateTimeOffset at,
        CancellationToken cancellationToken
    );

    /// <summary>Points of which fields were deleted and whose time to be looked at has come (<see cref="DeletionLooks"/>), the longest due first.</summary>
    Task<IReadOnlyList<DeletedPoint>> NextDeletedAsync(DateTimeOffset at, int limit, CancellationToken cancellationToken);

    /// <summary>Keeps that they were looked at, and when next, if at all. Those that were deleted from again since are not concerned.</summary>
    /// <exception cref="LeaseLostException">Somebody else publishes; nothing was kept.</exception>
    Task LookedAtAsync(
        PublishLease lease,
        IReadOnlyList<DeletedPoint> points,
        DateTimeOffset at,
        CancellationToken cancellationToken
    );

    /// <summary>All that is to be looked at by the instant is to be so later: InfluxDB could not say.</summary>
    /// <exception cref="LeaseLostException">Somebody else publishes; nothing was kept.</exception>
    Task PutOffLooksAsync(PublishLease lease, DateTimeOffset at, DateTimeOffset until, CancellationToken cancellationToken);

    /// <summary>Marks refused points to be tried again, as after a change of catalog or settings, and says how many.</summary>
    Task<long> MarkRefusedAsync(DateTimeOffset at, CancellationToken cancellationToken);

    /// <remarks>Counts all points that were published: not to be asked every minute.</remarks>
    Task<OutboxStatus> ReadStatusAsync(CancellationToken cancellationToken);

    Task<OutboxWaiting> ReadWaitingAsync(CancellationToken cancellationToken);

    /// <summary>Refused points, newest first.</summary>
    Task<IReadOnlyList<RefusedPoint>> ReadRefusedAsync(int limit, CancellationToken cancellationToken);
}
