using KpiMetrics.Pipeline.Collection;

namespace KpiMetrics.Tests.Collection;

public sealed class PushLanesTests : IDisposable
{
    private readonly PushLanes lanes = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => lanes.Dispose();

    [Fact]
    public async Task Take_SameOfficeAndSet_WaitsUntilTheFirstIsOver()
    {
        var first = await lanes.TakeAsync("a", "Sở Y tế", Token);

        var second = lanes.TakeAsync("a", "sở  y tế", Token);

        Assert.False(second.IsCompleted);
        first.Dispose();
        first.Dispose(); // once more changes nothing
        using var turn = await second;
        Assert.False(lanes.TakeAsync("a", "Sở Y tế", Token).IsCompleted);
    }

    [Fact]
    public async Task Take_OtherOfficeOrSet_GoesOnMeanwhile()
    {
        using var first = await lanes.TakeAsync("a", "Sở Y tế", Token);

        using var office = await lanes.TakeAsync("a", "Sở Xây dựng", Token).WaitAsync(TimeSpan.FromSeconds(10), Token);
        using var set = await lanes.TakeAsync("b", "Sở Y tế", Token).WaitAsync(TimeSpan.FromSeconds(10), Token);
    }

    [Fact]
    public async Task Take_MoreThanAreWrittenAtOnce_WaitsForOneOfThem()
    {
        var turns = new List<IDisposable>();
        for (var number = 0; number < PushLanes.AtOnce; number++)
            turns.Add(await lanes.TakeAsync("a", $"Sở {number}", Token));

        var late = lanes.TakeAsync("a", "Sở Y tế", Token);

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
            turns.Add(await lanes.TakeAsync("a", $"Sở {number}", Token));
        using (var giveUp = new CancellationTokenSource())
        {
            var ofAll = lanes.TakeAsync("a", "Sở Y tế", giveUp.Token);
            var ofOffice = lanes.TakeAsync("a", "Sở 0", giveUp.Token);
            await giveUp.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ofAll);
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ofOffice);
        }

        foreach (var turn in turns)
            turn.Dispose();

        for (var number = 0; number < PushLanes.AtOnce - 1; number++)
            _ = await lanes.TakeAsync("a", $"Sở {number}", Token).WaitAsync(TimeSpan.FromSeconds(10), Token);
        _ = await lanes.TakeAsync("a", "Sở Y tế", Token).WaitAsync(TimeSpan.FromSeconds(10), Token);
        Assert.False(lanes.TakeAsync("a", "Sở 99", Token).IsCompleted);
    }
}
