namespace KpiMetrics.Pipeline.Ledger;

/// <summary>Lets one process at a time publish from a ledger, however many there are, and repairs what one left behind that stood still.</summary>
/// <remarks>
/// <para>
/// Of two publishers one could confirm fields while the other deletes them, and an older value could overtake a newer one on the way. So there is a lease
/// with a fence that grows with each holder. Every statement of publishing carries the fence, and the ledger checks it in the same transaction:
/// a process that was frozen, or cut off, and comes back can neither intend nor confirm anything (<see cref="LeaseLostException"/>). No clock has to be right
/// for that; one that is wrong only lets a lease pass too early or too late.
/// </para>
/// <para>
/// InfluxDB cannot be fenced: a request that was about to leave when its process froze leaves when it wakes. So the points of each request are kept here
/// before it is sent (<see cref="PublishFlight"/>). Who takes over a lease that was not given back has them published once more, all their fields deleted
/// before, after the former holder's requests must have ended (<see cref="LeaseRequest.Grace"/>); and the former holder itself, once it finds
/// its lease lost, marks what it had on its way, whenever that is. A process that looks at its own clock before each request
/// sends none that late unless it froze between looking and sending. What is left is one that froze there, woke, sent, and was killed before it could
/// mark: <c>publish verify</c> finds what that did.
/// </para>
/// </remarks>
public interface IPublishTurns
{
    /// <summary>Takes the lease where it was given back, has run out, or its holder is gone; null where somebody has it.</summary>
    Task<PublishLease?> TryLeaseAsync(LeaseRequest request, CancellationToken cancellationToken);

    /// <summary>Renews the lease.</summary>
    /// <exception cref="LeaseLostException">Somebody else has it.</exception>
    Task RenewAsync(PublishLease lease, DateTimeOffset until, CancellationToken cancellationToken);

    /// <summary>Gives the lease back; nothing is on its way any more. Does nothing where it was lost.</summary>
    Task GiveBackAsync(PublishLease lease, CancellationToken cancellationToken);

    /// <summary>Marks what former holders had on their way, where they can no longer write; says how many points.</summary>
    Task<int> MarkLostFlightsAsync(DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>What is left of a rebuild that was asked for; null where none is under way.</summary>
    Task<RebuildMark?> ReadRebuildAsync(CancellationToken cancellationToken);

    /// <summary>Keeps how far the rebuild is; with no figures left it is over. Does nothing where it was asked for again meanwhile.</summary>
    /// <exception cref="LeaseLostException">Somebody else has the lease.</exception>
    Task AdvanceRebuildAsync(PublishLease lease, RebuildMark mark, CancellationToken cancellationToken);

    /// <summary>
    /// Keeps by which catalog and build points are computed from now on. Where that is another than before and there are points, everything is marked to be
    /// published again in the same transaction, and counted; null otherwise.
    /// </summary>
    Task<long?> MarkWhereComputedOtherwiseAsync(
        string fingerprint,
        string actor,
        DateTimeOffset at,
        CancellationToken cancellationToken
    );

    /// <summary>True where a change waits, a rebuild is under way, or something is to be published once more; costs next to nothing.</summary>
    Task<bool> HasWorkAsync(DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>Who publishes; null where nobody does.</summary>
    Task<string?> ReadHolderAsync(CancellationToken cancellationToken);
}
