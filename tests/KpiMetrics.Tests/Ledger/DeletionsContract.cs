using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;
using KpiMetrics.Pipeline.Ledger;
using KpiMetrics.Tests.Support;

namespace KpiMetrics.Tests.Ledger;

/// <summary>What was deleted from InfluxDB is looked at twice again, whichever store the ledger is in.</summary>
public abstract class DeletionsContract
{
    private static readonly DateTimeOffset Start = new(2025, 12, 20, 8, 0, 0, TimeSpan.FromHours(7));
    private static readonly TimeSpan Term = TimeSpan.FromSeconds(30);
    private static readonly DateTimeOffset First = Start + Term + DeletionLooks.First;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    protected abstract Task<ILedger> CreateAsync();

    [Fact]
    public async Task Deleted_OncePublished_IsLookedAtTwiceAndThenForgotten()
    {
        var (outbox, key) = await WithFigureAsync();
        var lease = await HeldAsync(outbox, Start);
        await DeleteAsync(outbox, lease, key, Start, left: 5);
        await outbox.GiveBackAsync(lease, Start, Start, Token);

        Assert.Empty(await outbox.NextDeletedAsync(First.AddSeconds(-1), 10, Token));
        Assert.False(await outbox.HasWorkAsync(First.AddSeconds(-1), Token));
        Assert.True(await outbox.HasWorkAsync(First, Token));
        var first = Assert.Single(await outbox.NextDeletedAsync(First, 10, Token));
        Assert.Equal((key.SeriesId, key.Series, key.Period, 5), (first.SeriesId, first.Series, first.Period, first.Fields));
        Assert.False(first.IsLastLook);

        var later = First.AddSeconds(9);
        await outbox.LookedAtAsync(await HeldAsync(outbox, First), [first], later, Token);
        var second = later + DeletionLooks.Second;
        Assert.Empty(await outbox.NextDeletedAsync(second.AddSeconds(-1), 10, Token));
        var last = Assert.Single(await outbox.NextDeletedAsync(second, 10, Token));
        Assert.True(last.IsLastLook);
        await outbox.LookedAtAsync(await HeldAsync(outbox, second), [last], second, Token);

        Assert.Empty(await outbox.NextDeletedAsync(second.AddYears(1), 10, Token));
    }

    [Fact]
    public async Task Deleted_AgainSinceItWasReadToBeLookedAt_IsLookedAtFromTheBeginning()
    {
        var (outbox, key) = await WithFigureAsync();
        var lease = await HeldAsync(outbox, Start);
        await DeleteAsync(outbox, lease, key, Start, left: 0);
        var before = Assert.Single(await outbox.NextDeletedAsync(First, 10, Token));
        Assert.Equal(0, before.Fields);
        await outbox.LookedAtAsync(lease, [before], First, Token);
        var last = Assert.Single(await outbox.NextDeletedAsync(First + DeletionLooks.Second, 10, Token));

        var again = First + DeletionLooks.Second;
        await DeleteAsync(outbox, lease, key, again, left: 0);
        await outbox.LookedAtAsync(lease, [last], again, Token);

        Assert.Empty(await outbox.NextDeletedAsync((again + Term + DeletionLooks.First).AddSeconds(-1), 10, Token));
        var found = Assert.Single(await outbox.NextDeletedAsync(again + Term + DeletionLooks.First, 10, Token));
        Assert.False(found.IsLastLook);
    }

    [Fact]
    public async Task Deleted_AndRefused_IsNotLookedAt()
    {
        var (outbox, key) = await WithFigureAsync();
        var lease = await HeldAsync(outbox, Start);
        var point = new PublishedPoint(key.SeriesId, key.Period, 0);

        await outbox.ConfirmAsync(
            new(lease, 1, [point], Start + Term) { Deleted = [point] },
            [],
            [key],
            [new(key.SeriesId, key.Period, "no")],
            Start,
            Token
        );

        Assert.Empty(await outbox.NextDeletedAsync(First.AddYears(1), 10, Token));
    }

    [Fact]
    public async Task LookedAt_LeaseIsLost_KeepsNothing()
    {
        var (outbox, key) = await WithFigureAsync();
        var lease = await HeldAsync(outbox, Start);
        await DeleteAsync(outbox, lease, key, Start, left: 0);
        var point = Assert.Single(await outbox.NextDeletedAsync(First, 10, Token));
        await HeldAsync(outbox, First.AddHours(1));

        await Assert.ThrowsAsync<LeaseLostException>(() => outbox.LookedAtAsync(lease, [point], First, Token));

        Assert.Single(await outbox.NextDeletedAsync(First, 10, Token));
    }

    [Fact]
    public async Task PutOffLooks_OfWhatIsDue_AreMadeThenAndAreNotCounted()
    {
        var (outbox, key) = await WithFigureAsync();
        var lease = await HeldAsync(outbox, Start);
        await DeleteAsync(outbox, lease, key, Start, left: 0);
        var then = First.AddMinutes(1);

        await outbox.PutOffLooksAsync(lease, First.AddSeconds(-1), First.AddHours(1), Token); // nothing is due
        Assert.Single(await outbox.NextDeletedAsync(First, 10, Token));
        await outbox.PutOffLooksAsync(lease, First, then, Token);

        Assert.Empty(await outbox.NextDeletedAsync(then.AddSeconds(-1), 10, Token));
        Assert.False(Assert.Single(await outbox.NextDeletedAsync(then, 10, Token)).IsLastLook);
        await HeldAsync(outbox, First.AddHours(1));
        await Assert.ThrowsAsync<LeaseLostException>(() => outbox.PutOffLooksAsync(lease, then, then.AddHours(1), Token));
        Assert.Single(await outbox.NextDeletedAsync(then, 10, Token));
    }

    private static Task DeleteAsync(IOutbox outbox, PublishLease lease, ChangedKey key, DateTimeOffset at, int left)
    {
        var point = new PublishedPoint(key.SeriesId, key.Period, left);
        var flight = new PublishFlight(lease, 1, [point], at + Term) { Deleted = [point with { Fields = 0 }] };
        return outbox.ConfirmAsync(flight, [point], [key], [], at, Token);
    }

    private static async Task<PublishLease> HeldAsync(IOutbox outbox, DateTimeOffset at) =>
        Assert.IsType<PublishLease>(await outbox.TryLeaseAsync(new("a", at, Term, TimeSpan.Zero) { IsGone = _ => true }, Token));

    private async Task<(IOutbox Outbox, ChangedKey Key)> WithFigureAsync()
    {
        var ledger = await CreateAsync();
        await using (
            var report = await ledger.BeginAsync(new(TestCatalog.Set.Code, "inbox", "a.csv", Start, false, Start, "test"), Token)
        )
        {
            var series = TestCatalog.Series(TestCatalog.Flow, Frequency.Month);
            await report.AppendAsync(series, Period.Parse("2025-11"), FigureValue.Of(5m), 'A', Vintage.Official, null, Token);
            await report.CommitAsync(0, Token);
        }
        var outbox = (IOutbox)ledger;
        return (outbox, Assert.Single(await outbox.NextChangesAsync(10, Token)));
    }
}
