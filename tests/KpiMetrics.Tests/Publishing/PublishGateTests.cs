using KpiMetrics.Pipeline.Ledger;
using KpiMetrics.Pipeline.Publishing;
using KpiMetrics.Tests.Ledger;
using KpiMetrics.Tests.Support;

namespace KpiMetrics.Tests.Publishing;

public sealed class PublishGateTests : IDisposable
{
    private readonly TempFolder folder = new();
    private readonly ManualClock clock = new(new(2026, 11, 20, 14, 0, 0, TimeSpan.FromHours(7)));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(true, 2, 2)]
    [InlineData(true, 60, 5)] // no longer than the longest rest
    [InlineData(false, 2, 0)]
    public async Task TryTake_AfterATurn_WaitsAsLongAsItTookWhereItRests(bool rests, int took, int rest)
    {
        var outbox = (IOutbox)await SqliteLedgers.CreateAsync(folder, "ledger.db");
        var gate = Gate(outbox, "a/1/1", rests);
        var other = Gate(outbox, "b/1/1", rests);
        await using (await gate.TryTakeAsync(Token) ?? throw new InvalidOperationException("Not taken."))
        {
            Assert.Null(await other.TryTakeAsync(Token));
            clock.Advance(TimeSpan.FromSeconds(took));
        }

        if (rest > 0)
        {
            clock.Advance(TimeSpan.FromSeconds(rest - 0.001));
            Assert.Null(await other.TryTakeAsync(Token));
            Assert.Null(await gate.TryTakeAsync(Token));
            clock.Advance(TimeSpan.FromSeconds(0.001));
        }
        await using var next = await other.TryTakeAsync(Token);
        Assert.NotNull(next);
    }

    private PublishGate Gate(IOutbox outbox, string holder, bool rests) =>
        new(outbox, holder, _ => false, TimeSpan.FromSeconds(30), clock) { Rests = rests };
}
