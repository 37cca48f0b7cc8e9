using System.Collections.Concurrent;
using KpiMetrics.Pipeline.Ledger;

namespace KpiMetrics.Pipeline.Publishing;

/// <summary>This process may publish, until it gives the turn back or stands still for too long (<see cref="IPublishTurns"/>).</summary>
public sealed class PublishTurn : IAsyncDisposable
{
    private readonly IOutbox outbox;
    private readonly PublishLease lease;
    private readonly TimeSpan term;
    private readonly TimeSpan grace;
    private readonly TimeProvider clock;
    private readonly ConcurrentDictionary<int, PublishFlight> underWay = [];
    private readonly CancellationTokenSource over = new();
    private readonly Task renewing;
    private readonly long began;
    private long renewed;
    private int flights;

    /// <param name="request">What it was asked for with.</param>
    /// <param name="taken">A timestamp of the clock from before the lease was asked for.</param>
    public PublishTurn(IOutbox outbox, PublishLease lease, LeaseRequest request, TimeProvider clock, long taken)
    {
        (this.outbox, this.lease, this.clock, renewed, began) = (outbox, lease, clock, taken, taken);
        (term, grace) = (request.Term, request.Grace);
        renewing = RenewAsync();
    }

    internal PublishLease Lease => lease;

    /// <summary>True: once it is given back, nobody takes the next one for as long as it took.</summary>
    internal bool Rests { get; init; }

    /// <summary>To be called before each request to InfluxDB.</summary>
    /// <exception cref="LeaseLostException">By our own clock the lease ran out, so somebody else may be publishing.</exception>
    internal void Check()
    {
        if (clock.GetElapsedTime(Interlocked.Read(ref renewed)) >= term)
            throw new LeaseLostException($"{lease.Holder} stood still for longer than its lease of {term.TotalSeconds:0} s.");
    }

    /// <summary>Points that are about to be written together; in doubt from now on, until they have landed.</summary>
    /// <param name="deleted">Those of them of which fields are deleted.</param>
    internal PublishFlight Flight(IReadOnlyList<PublishedPoint> points, IReadOnlyList<PublishedPoint> deleted)
    {
        var flight = new PublishFlight(lease, Interlocked.Increment(ref flights), points, clock.GetUtcNow() + term)
        {
            Deleted = deleted,
        };
        if (points.Count > 0)
            underWay[flight.Number] = flight;
        return flight;
    }

    /// <summary>All of it was answered and confirmed.</summary>
    internal void Landed(PublishFlight flight) => underWay.TryRemove(flight.Number, out _);

    /// <summary>Runs a statement that renews the lease with it.</summary>
    internal async Task RenewingAsync(Func<Task> statement)
    {
        var before = clock.GetTimestamp();
        await statement();
        Interlocked.Exchange(ref renewed, before);
    }

    /// <summary>Gives the turn back, once nobody works under it any more; what has not landed is in doubt.</summary>
    public async ValueTask DisposeAsync()
    {
        await over.CancelAsync();
        await renewing;
        over.Dispose();
        var now = clock.GetUtcNow();
        var again = now + grace;
        if (!await outbox.GiveBackAsync(lease, again, now + Rest(), CancellationToken.None) && !underWay.IsEmpty)
            await outbox.DoubtAsync([.. underWay.Values], now, again, CancellationToken.None);
    }

    // As long as it took: what changes meanwhile is computed together, a total of all communes costing the same for one of them as for all, and at
    // least half of the time is left to those who report.
    private TimeSpan Rest()
    {
        if (!Rests)
            return TimeSpan.Zero;
        var took = clock.GetElapsedTime(began);
        return took < IPublishTurns.LongestRest ? took : IPublishTurns.LongestRest;
    }

    // While InfluxDB makes us wait nothing else renews it.
    private async Task RenewAsync()
    {
        try
        {
            while (true)
            {
                await Task.Delay(term / 3, clock, over.Token);
                await RenewingAsync(() => outbox.RenewAsync(lease, clock.GetUtcNow() + term, over.Token));
            }
        }
        catch (OperationCanceledException)
        {
            // The turn is over.
        }
        catch (Exception fault) when (fault is LeaseLostException or System.Data.Common.DbException)
        {
            // Whoever works under the lease finds out by itself, before its next request or at its next statement.
        }
    }
}
