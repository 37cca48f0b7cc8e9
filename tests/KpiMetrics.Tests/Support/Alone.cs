using KpiMetrics.Pipeline.Ledger;
using KpiMetrics.Pipeline.Publishing;

namespace KpiMetrics.Tests.Support;

/// <summary>Publishing where nobody else does; a turn that a crash left behind is taken at once.</summary>
internal static class Alone
{
    public static PublishGate Gate(IOutbox outbox, string holder = "test/1/1") =>
        new(outbox, holder, _ => true, TimeSpan.FromSeconds(30), TimeProvider.System);

    public static async Task<PublishResult> RunAloneAsync(
        this PublishStage stage,
        IOutbox outbox,
        DateTimeOffset at,
        CancellationToken cancellationToken
    )
    {
        await using var turn =
            await Gate(outbox).TryTakeAsync(cancellationToken) ?? throw new InvalidOperationException("Somebody else publishes.");
        return await stage.RunAsync(turn, at, cancellationToken);
    }

    /// <summary>Confirms under a lease taken and given back for it.</summary>
    public static Task ConfirmAloneAsync(
        this IOutbox outbox,
        IReadOnlyList<PublishedPoint> points,
        IReadOnlyList<ChangedKey> done,
        IReadOnlyList<RefusedPoint> refused,
        DateTimeOffset at,
        CancellationToken cancellationToken
    ) =>
        DoAsync(
            outbox,
            at,
            flight => outbox.ConfirmAsync(flight, points, done, refused, at, cancellationToken),
            cancellationToken
        );

    /// <summary>Intends under a lease taken and given back for it.</summary>
    public static Task IntendAloneAsync(
        this IOutbox outbox,
        IReadOnlyList<PublishedPoint> points,
        CancellationToken cancellationToken
    ) =>
        DoAsync(
            outbox,
            DateTimeOffset.UnixEpoch,
            flight => outbox.IntendAsync(flight, points, cancellationToken),
            cancellationToken
        );

    private static async Task DoAsync(
        IOutbox outbox,
        DateTimeOffset at,
        Func<PublishFlight, Task> act,
        CancellationToken cancellationToken
    )
    {
        var request = new LeaseRequest("test/1/1", at, TimeSpan.FromSeconds(30), TimeSpan.Zero) { IsGone = _ => true };
        var lease =
            await outbox.TryLeaseAsync(request, cancellationToken)
            ?? throw new InvalidOperationException("Somebody else publishes.");
        await act(new(lease, 1, [], at.AddSeconds(30)));
        await outbox.GiveBackAsync(lease, at.AddYears(1), at, cancellationToken);
    }
}
