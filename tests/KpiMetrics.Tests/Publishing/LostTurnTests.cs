using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;
using KpiMetrics.Pipeline.Ledger;
using KpiMetrics.Pipeline.Publishing;
using KpiMetrics.Tests.Ledger;
using KpiMetrics.Tests.Support;

namespace KpiMetrics.Tests.Publishing;

/// <summary>A publisher that stands still in the middle of a request while another takes over: the stage on a real ledger.</summary>
public sealed class LostTurnTests : IDisposable
{
    private static readonly DateTimeOffset At = new(2026, 11, 20, 14, 0, 0, TimeSpan.FromHours(7));

    private readonly TempFolder folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Run_FrozenBeforeItsRequestLeftAndWokenAfterATakeover_ConfirmsNothingAndWhatItWroteIsRepaired()
    {
        var ledger = await SqliteLedgers.CreateAsync(folder, "ledger.db");
        var outbox = (IOutbox)ledger;
        var store = new MemoryStore(new StepFaults());
        await ReportAsync(ledger, 1m, At);
        var frozen = new FreezingWriter(store);
        var stale = await Alone.Gate(outbox, "stale/1/1").TryTakeAsync(Token) ?? throw new InvalidOperationException();
        var sleeping = Stage(outbox, ledger, frozen).RunAsync(stale, At, Token);
        await frozen.Reached;

        // The other takes over, and the figure is corrected meanwhile.
        await ReportAsync(ledger, 2m, At.AddMinutes(1));
        await Stage(outbox, ledger, store).RunAloneAsync(outbox, At, Token);
        var right = MemoryStore.Print(store.Points);
        Assert.Contains("value=2", right, StringComparison.Ordinal);

        frozen.Wake();
        await Assert.ThrowsAsync<LeaseLostException>(() => sleeping);
        await stale.DisposeAsync();

        Assert.Contains("value=1", MemoryStore.Print(store.Points), StringComparison.Ordinal);
        Assert.True((await outbox.ReadStatusAsync(Token)).Waiting > 0);
        await Stage(outbox, ledger, store).RunAloneAsync(outbox, At, Token);
        Assert.Equal(right, MemoryStore.Print(store.Points));
        Assert.Equal(0, (await outbox.ReadStatusAsync(Token)).Waiting);
    }

    [Fact]
    public async Task Run_RequestThatWasGivenUpArrivesLate_IsRepairedWhenItIsLookedAtAgain()
    {
        var ledger = await SqliteLedgers.CreateAsync(folder, "ledger.db");
        var outbox = (IOutbox)ledger;
        var store = new MemoryStore(new StepFaults());
        await ReportAsync(ledger, 1m, At);
        var slow = new LateWriter(store);
        await Assert.ThrowsAsync<InfluxUnavailableException>(() => Stage(outbox, ledger, slow).RunAloneAsync(outbox, At, Token));
        await ReportAsync(ledger, 2m, At.AddMinutes(1));
        await Stage(outbox, ledger, store).RunAloneAsync(outbox, At, Token);
        var right = MemoryStore.Print(store.Points);

        await slow.ArriveAsync();
        Assert.NotEqual(right, MemoryStore.Print(store.Points));

        var result = await Stage(outbox, ledger, store)
            .RunAloneAsync(outbox, TimeProvider.System.GetUtcNow().AddMinutes(1), Token);
        Assert.Equal(right, MemoryStore.Print(store.Points));
        Assert.True(result.Points > 0);
    }

    /// <summary>A worker's run ends, so that what the last holder of the turn had on its way is looked for before the next one.</summary>
    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 0)]
    public async Task Run_FigureReportedWhileItPublishes_IsLeftForTheNextOneWhereAskedTo(bool leavesNews, int left)
    {
        var ledger = await SqliteLedgers.CreateAsync(folder, "ledger.db");
        var outbox = (IOutbox)ledger;
        var writer = new FreezingWriter(new MemoryStore(new StepFaults()));
        await ReportAsync(ledger, 1m, At);
        await using var turn = await Alone.Gate(outbox, "one/1/1").TryTakeAsync(Token) ?? throw new InvalidOperationException();
        var running = Stage(outbox, ledger, writer, leavesNews).RunAsync(turn, At, Token);
        await writer.Reached;

        await ReportAsync(ledger, 2m, At.AddMinutes(1));
        writer.Wake();
        await running;

        Assert.Equal(left, (await outbox.ReadStatusAsync(Token)).Waiting);
    }

    private static PublishStage Stage(IOutbox outbox, ILedger ledger, IPointWriter writer, bool leavesNews = false) =>
        new(outbox, ledger, writer, TestCatalog.Snapshot, TestCatalog.Zone) { LeavesNews = leavesNews };

    private static async Task ReportAsync(ILedger ledger, decimal value, DateTimeOffset at)
    {
        await using var report = await ledger.BeginAsync(new("test", "inbox", "a", at, true, at, "test"), Token);
        var series = TestCatalog.Series(TestCatalog.Flow, Frequency.Month);
        await report.AppendAsync(series, Period.Parse("2026-01"), FigureValue.Of(value), 'A', Vintage.Official, null, Token);
        await report.CommitAsync(0, Token);
    }

    /// <summary>A network that keeps what it is given until it is told to let it arrive, while its sender waits in vain.</summary>
    private sealed class LateWriter(IPointWriter writer) : IPointWriter
    {
        private IReadOnlyList<Point> kept = [];

        public Task<IReadOnlyList<RefusedLine>> ArriveAsync() => writer.WriteAsync(kept, Token);

        public Task PrepareAsync(CancellationToken cancellationToken) => writer.PrepareAsync(cancellationToken);

        public Task<IReadOnlyList<RefusedLine>> DeleteAsync(
            IReadOnlyList<PointAddress> points,
            CancellationToken cancellationToken
        ) => writer.DeleteAsync(points, cancellationToken);

        public Task<IReadOnlyList<RefusedLine>> DeleteSeriesAsync(
            IReadOnlyList<PointTags> series,
            CancellationToken cancellationToken
        ) => writer.DeleteSeriesAsync(series, cancellationToken);

        public Task<IReadOnlyList<PointFields>?> LookAsync(
            IReadOnlyList<PointAddress> points,
            CancellationToken cancellationToken
        ) => writer.LookAsync(points, cancellationToken);

        public Task<IReadOnlyList<RefusedLine>> WriteAsync(IReadOnlyList<Point> points, CancellationToken cancellationToken)
        {
            kept = points;
            throw new InfluxUnavailableException("no answer");
        }
    }

    /// <summary>Stands still when it is about to write, until woken.</summary>
    private sealed class FreezingWriter(IPointWriter writer) : IPointWriter
    {
        private readonly TaskCompletionSource reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource woken = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Reached => reached.Task;

        public void Wake() => woken.SetResult();

        public Task PrepareAsync(CancellationToken cancellationToken) => writer.PrepareAsync(cancellationToken);

        public Task<IReadOnlyList<RefusedLine>> DeleteAsync(
            IReadOnlyList<PointAddress> points,
            CancellationToken cancellationToken
        ) => writer.DeleteAsync(points, cancellationToken);

        public Task<IReadOnlyList<RefusedLine>> DeleteSeriesAsync(
            IReadOnlyList<PointTags> series,
            CancellationToken cancellationToken
        ) => writer.DeleteSeriesAsync(series, cancellationToken);

        public Task<IReadOnlyList<PointFields>?> LookAsync(
            IReadOnlyList<PointAddress> points,
            CancellationToken cancellationToken
        ) => writer.LookAsync(points, cancellationToken);

        public async Task<IReadOnlyList<RefusedLine>> WriteAsync(IReadOnlyList<Point> points, CancellationToken cancellationToken)
        {
            reached.TrySetResult();
            await woken.Task.WaitAsync(cancellationToken);
            return await writer.WriteAsync(points, cancellationToken);
        }
    }
}
