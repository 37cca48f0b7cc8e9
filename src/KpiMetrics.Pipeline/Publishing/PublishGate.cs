using KpiMetrics.Pipeline.Ledger;

namespace KpiMetrics.Pipeline.Publishing;

/// <summary>Lets this process publish where no other does.</summary>
/// <param name="holder">A name that no other process bears, nor this one after a restart.</param>
/// <param name="isGone">True of a holder that is known to have ended.</param>
/// <param name="requestTimeout">How long a request to InfluxDB may take.</param>
public sealed class PublishGate(
    IOutbox outbox,
    string holder,
    Func<string, bool> isGone,
    TimeSpan requestTimeout,
    TimeProvider clock
)
{
    /// <summary>How long a holder that says nothing keeps its turn: it renews it three times as often, also while InfluxDB makes it wait.</summary>
    public static readonly TimeSpan Term = TimeSpan.FromSeconds(30);

    // Clocks and networks are not exact.
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(5);

    /// <summary>True: after each turn nobody takes the next one for as long as it took, so that changes gather.</summary>
    public bool Rests { get; init; }

    /// <summary>Null where somebody else publishes.</summary>
    public async Task<PublishTurn?> TryTakeAsync(CancellationToken cancellationToken)
    {
        var taken = clock.GetTimestamp();
        var request = new LeaseRequest(holder, clock.GetUtcNow(), Term, requestTimeout + Margin) { IsGone = isGone };
        return await outbox.TryLeaseAsync(request, cancellationToken) is { } lease
            ? new PublishTurn(outbox, lease, request, clock, taken) { Rests = Rests }
            : null;
    }

    /// <summary>Waits for the turn; null where it did not come in time.</summary>
    public async Task<PublishTurn?> TakeAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        var start = clock.GetTimestamp();
        while (true)
        {
            if (await TryTakeAsync(cancellationToken) is { } turn)
                return turn;
            if (clock.GetElapsedTime(start) >= patience)
                return null;
            await Task.Delay(TimeSpan.FromMilliseconds(50), clock, cancellationToken);
        }
    }
}
