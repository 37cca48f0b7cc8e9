using KpiMetrics.Pipeline.Collection;

namespace KpiMetrics.Tests.Collection;

public sealed class PushLanesTests : IDisposable
{
    private readonly PushLanes lanes = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => lanes.Dispose();

    private Task<IDisposable> TakeAsync(string set, string office, CancellationToken cancellationToken) =>
        lanes.TakeAsync(set, office, isLarge: false, cancellationToken);

    [Fact]
    public async Task Take_SameOfficeAndSet_WaitsUntilTheFirstIsOver()
    {
        var first = await TakeAsync("a", "Sở Y tế", Token);

        var second = TakeAsync("a", "sở  y tế", Token);

        Assert.False(second.IsCompleted);
        first.Dispose();
        first.Dispose(); // once more changes nothing
        using var turn = await second;
        Assert.False(TakeAsync("a", "Sở Y tế", Token).IsCompleted);
    }

    [Fact]
    public async Task Take_OtherOfficeOrSet_GoesOnMeanwhile()
    {
        using var first = await TakeAsync("a", "Sở Y tế", Token);

        using var office = await TakeAsync("a", "Sở Xây dựng", Token).WaitAsync(TimeSpan.FromSeconds(10), Token);
        using var set = await TakeAsync("b", "Sở Y tế", Token).WaitAsync(TimeSpan.FromSeconds(10), Token);
    }

    [Fact]
    public async Task Take_MoreThanAreWrittenAtOnce_WaitsForOneOfThem()
    {
        var turns = new List<IDisposable>();
        for (var number = 0; number < PushLanes.AtOnce; number++)
            turns.Add(await TakeAsync("a", $"Sở {number}", Token));

        var late = TakeAsync("a", "Sở Y tế", Token);

        Assert.False(late.IsCompleted);
        turns[0].Dispose();
        using var turn = await late.WaitAsync(TimeSpan.FromSeconds(10), Token);
    }

    /// <summary>Who gives up while it waits keeps neither the office's turn nor a place.</summary>
    [Fact]
    public async Task Take_GivenUp_LeavesNothingTaken()
    {
        var turns = new List<IDisposable>();
        for (var number = 0; number < PushLanes.AtOnce; number++)
            turns.Add(await TakeAsync("a", $"Sở {number}", Token));
        using (var giveUp = new CancellationTokenSource())
        {
            var ofAll = TakeAsync("a", "Sở Y tế", giveUp.Token);
            var ofOffice = TakeAsync("a", "Sở 0", giveUp.Token);
            await giveUp.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ofAll);
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ofOffice);
        }

        foreach (var turn in turns)
            turn.Dispose();

        for (var number = 0; number < PushLanes.AtOnce - 1; number++)
            _ = await TakeAsync("a", $"Sở {number}", Token).WaitAsync(TimeSpan.FromSeconds(10), Token);
        _ = await TakeAsync("a", "Sở Y tế", Token).WaitAsync(TimeSpan.FromSeconds(10), Token);
        Assert.False(TakeAsync("a", "Sở 99", Token).IsCompleted);
    }

    /// <summary>What holds much memory waits for its like, and meanwhile takes no place of the others.</summary>
    [Fact]
    public async Task Take_MoreLargeOnesThanAreWrittenAtOnce_KeepNoSmallOneWaiting()
    {
        var turns = new List<IDisposable>();
        for (var number = 0; number < PushLanes.LargeAtOnce; number++)
            turns.Add(await lanes.TakeAsync("a", $"Sở {number}", isLarge: true, Token));

        var late = lanes.TakeAsync("a", "Sở Y tế", isLarge: true, Token);

        Assert.False(late.IsCompleted);
        for (var number = PushLanes.LargeAtOnce; number < PushLanes.AtOnce; number++)
            _ = await TakeAsync("a", $"Sở {number}", Token).WaitAsync(TimeSpan.FromSeconds(10), Token);
        turns[0].Dispose();
        using var turn = await late.WaitAsync(TimeSpan.FromSeconds(10), Token);
    }
}
