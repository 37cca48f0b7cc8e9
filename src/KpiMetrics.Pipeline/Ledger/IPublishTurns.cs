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
/// before it is sent (<see cref="PublishFlight"/>), until it was answered. What was not, as its sender gave up, stopped, was killed or froze, is in doubt: it
/// is published again, with fields deleted that it may have brought and the point should not have, once the request must have ended (<see cref="LeaseRequest.Grace"/>), and twice
/// more for what the network may still carry then (<see cref="FlightLooks"/>). A former holder that comes back to find its lease lost puts what it had on its way
/// in doubt anew, whenever that is. A process that looks at its own clock before each request sends none that late unless it froze between looking
/// and sending. What is left is one that froze there, woke, sent, and was killed before it could say so: <c>publish verify</c> finds what that did.
/// </para>
/// </remarks>
public interface IPublishTurns
{
    /// <summary>How long nobody takes a lease that was given back, at most.</summary>
    static readonly TimeSpan LongestRest = TimeSpan.FromSeconds(5);

    /// <summary>Takes the lease where it was given back, has run out, or its holder is gone; null where somebody has it.</summary>
    Task<PublishLease?> TryLeaseAsync(LeaseRequest request, CancellationToken cancellationToken);

    /// <summary>Renews the lease.</summary>
    /// <exception cref="LeaseLostException">Somebody else has it.</exception>
    Task RenewAsync(PublishLease lease, DateTimeOffset until, CancellationToken cancellationToken);

    /// <summary>Gives the lease back; flights that were not confirmed are in doubt. Does nothing where it was lost.</summary>
    /// <param name="again">When they are first to be published again.</param>
    /// <param name="rest">Until when nobody takes it, so that changes gather; <see cref="LongestRest"/> from now at most.</param>
    /// <returns>False where it was lost.</returns>
    Task<bool> GiveBackAsync(PublishLease lease, DateTimeOffset again, DateTimeOffset rest, CancellationToken cancellationToken);

    /// <summary>Marks the points of flights of a lost lease, which may have overtaken others, and puts them in doubt, as from their beginning.</summary>
    /// <param name="at">Now.</param>
    /// <param name="again">When they are to be published once more.</param>
    Task DoubtAsync(
        IReadOnlyList<PublishFlight> flights,
        DateTimeOffset at,
        DateTimeOffset again,
        CancellationToken cancellationToken
    );

    /// <summary>Marks the points of flights in doubt whose time has come; says how many points.</summary>
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

    /// <summary>True where a change waits, a rebuild is under way, something is to be published once more or looked at, and no rest is kept; costs next to nothing.</summary>
    Task<bool> HasWorkAsync(DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>Who publishes; null where nobody does.</summary>
    Task<string?> ReadHolderAsync(CancellationToken cancellationToken);
}
