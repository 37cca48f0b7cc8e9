using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;
using KpiMetrics.Pipeline.Ledger;
using KpiMetrics.Tests.Support;

namespace KpiMetrics.Tests.Ledger;

/// <summary>How several processes take turns at publishing from one ledger, whichever store it is in.</summary>
public abstract class TurnsContract
{
    private static readonly DateTimeOffset Start = new(2025, 12, 20, 8, 0, 0, TimeSpan.FromHours(7));
    private static readonly TimeSpan Term = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(35);

    // Fields that a lost flight brings and nobody wants any more.
    private const int Lost = 6;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    protected abstract Task<ILedger> CreateAsync();

    [Fact]
    public async Task TryLease_SomebodyHasIt_IsRefusedUntilGivenBack()
    {
        var (outbox, _) = await WithFigureAsync();
        var first = await TakeAsync(outbox, "a", Start);
        Assert.NotNull(first);
        Assert.Equal("a", await outbox.ReadHolderAsync(Token));
        Assert.Null(await TakeAsync(outbox, "b", Start.AddSeconds(29)));
        Assert.Null(await TakeAsync(outbox, "a", Start.AddSeconds(29)));

        await outbox.GiveBackAsync(first, Start + Grace, Start, Token);

        Assert.Null(await outbox.ReadHolderAsync(Token));
        var second = await TakeAsync(outbox, "b", Start.AddSeconds(29));
        Assert.True(second?.Fence > first.Fence);
    }

    [Fact]
    public async Task TryLease_RenewedMeanwhile_RunsOutLater()
    {
        var (outbox, _) = await WithFigureAsync();
        var lease = await HeldAsync(outbox, "a", Start);

        await outbox.RenewAsync(lease, Start.AddSeconds(50), Token);

        Assert.Null(await TakeAsync(outbox, "b", Start.AddSeconds(49)));
        Assert.NotNull(await TakeAsync(outbox, "b", Start.AddSeconds(50)));
    }

    [Fact]
    public async Task TryLease_HolderIsGone_PassesAtOnce()
    {
        var (outbox, _) = await WithFigureAsync();
        await HeldAsync(outbox, "a", Start);

        Assert.Null(await TakeAsync(outbox, "b", Start.AddSeconds(1), holder => holder == "other"));
        Assert.NotNull(await TakeAsync(outbox, "b", Start.AddSeconds(1), holder => holder == "a"));
    }

    [Fact]
    public async Task Statements_OfAHolderThatLostItsLease_AreRefusedWhole()
    {
        var (outbox, key) = await WithFigureAsync();
        var stale = await HeldAsync(outbox, "a", Start);
        var point = new PublishedPoint(key.SeriesId, key.Period, 1);
        var flight = new PublishFlight(stale, 1, [point], Start + Term);
        await outbox.IntendAsync(flight, [point], Token);
        var lease = await HeldAsync(outbox, "b", Start + Term);

        await Refused(() => outbox.IntendAsync(flight with { Number = 2 }, [point with { Fields = 2 }], Token));
        await Refused(() => outbox.ConfirmAsync(flight, [], [key], [new(key.SeriesId, key.Period, "no")], Start, Token));
        await Refused(() => outbox.RenewAsync(stale, Start.AddHours(1), Token));
        await Refused(() => outbox.AdvanceRebuildAsync(stale, new(1, Start, 0, ""), Token));
        Assert.False(await outbox.GiveBackAsync(stale, Start + Grace, Start, Token));

        Assert.Equal("b", await outbox.ReadHolderAsync(Token));
        Assert.Single(await outbox.NextChangesAsync(10, Token));
        Assert.Empty(await outbox.ReadRefusedAsync(10, Token));
        Assert.Equal(
            1,
            Assert.Single(await outbox.ReadPublishedAsync([new(key.SeriesId, key.Period, key.Period)], Token)).Fields
        );
        await outbox.ConfirmAsync(new(lease, 1, [], Start + Term + Term), [point], [key], [], Start, Token);
        Assert.Empty(await outbox.NextChangesAsync(10, Token));
    }

    [Fact]
    public async Task Rest_AfterATurnWasGivenBack_IsKeptByAllButNoLongerThanAClockThatIsRightWouldSay()
    {
        var (outbox, _) = await WithFigureAsync();
        var rest = IPublishTurns.LongestRest;
        await outbox.GiveBackAsync(await HeldAsync(outbox, "a", Start), Start, Start + rest, Token);

        Assert.False(await outbox.HasWorkAsync(Start, Token));
        Assert.Null(await TakeAsync(outbox, "b", Start));
        Assert.True(await outbox.HasWorkAsync(Start.AddMilliseconds(-1), Token));
        Assert.True(await outbox.HasWorkAsync(Start + rest, Token));
        await HeldAsync(outbox, "b", Start + rest);
    }

    [Fact]
    public async Task LostFlights_OnceTheirWriterCanNoLongerWrite_ArePublishedOnceMoreWithTheFieldsTheyMayBring()
    {
        var (outbox, key) = await WithFigureAsync();
        var stale = await HeldAsync(outbox, "a", Start);
        var point = new PublishedPoint(key.SeriesId, key.Period, 1);
        await outbox.IntendAsync(new(stale, 1, [point with { Fields = Lost }], Start + Term), [point], Token);
        var taken = Start + Term;
        var lease = await HeldAsync(outbox, "b", taken);
        await outbox.ConfirmAsync(new(lease, 1, [point], taken + Term), [point], [key], [], taken, Token);
        Assert.Equal(0, await outbox.MarkLostFlightsAsync((taken + Grace).AddSeconds(-1), Token));
        Assert.False(await outbox.HasWorkAsync((taken + Grace).AddSeconds(-1), Token));

        Assert.True(await outbox.HasWorkAsync(taken + Grace, Token));
        Assert.Equal(1, await outbox.MarkLostFlightsAsync(taken + Grace, Token));

        Assert.Equal(key.Period, Assert.Single(await outbox.NextChangesAsync(10, Token)).Period);
        Assert.Equal(
            Lost | 1,
            Assert.Single(await outbox.ReadPublishedAsync([new(key.SeriesId, key.Period, key.Period)], Token)).Fields
        );
        Assert.Equal(0, await outbox.MarkLostFlightsAsync(taken + Grace, Token));
    }

    [Fact]
    public async Task LostFlights_NetworkMayStillCarryThem_AreLookedAtTwiceMore()
    {
        var (outbox, key) = await WithFigureAsync();
        await LostAsync(outbox, key);

        await LooksAsync(outbox, key, Start + Term + Grace);
    }

    [Fact]
    public async Task LostFlights_OfATurnGivenBack_AreThoseNotConfirmed()
    {
        var (outbox, key) = await WithFigureAsync();
        var lease = await HeldAsync(outbox, "a", Start);
        var point = new PublishedPoint(key.SeriesId, key.Period, Lost);
        var flight = new PublishFlight(lease, 1, [point], Start + Term);
        await outbox.IntendAsync(flight, [point], Token);
        await outbox.IntendAsync(flight with { Number = 2 }, [], Token);
        await outbox.ConfirmAsync(flight, [point with { Fields = 1 }], [key], [], Start, Token);
        Assert.True(await outbox.GiveBackAsync(lease, Start + Grace, Start, Token));
        await HeldAsync(outbox, "b", Start.AddSeconds(1));

        await LooksAsync(outbox, key, Start + Grace);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Doubt_HolderThatLostItsLeaseComesBack_IsLookedAtNowAndFromTheBeginning(bool hadBeenLookedAt)
    {
        var (outbox, key) = await WithFigureAsync();
        var flight = await LostAsync(outbox, key);
        if (hadBeenLookedAt)
            await LooksAsync(outbox, key, Start + Term + Grace);
        var back = Start.AddHours(2);
        Assert.False(await outbox.GiveBackAsync(flight.Lease, back + Grace, back, Token));

        await outbox.DoubtAsync([flight], back, back + Grace, Token);

        await LookedAtAsync(outbox, key);
        await LooksAsync(outbox, key, back + Grace);
    }

    [Fact]
    public async Task Rebuild_AskedForAgainMeanwhile_BeginsAnew()
    {
        var (outbox, _) = await WithFigureAsync();
        await outbox.MarkAllAsync("test", Start, Token);
        var lease = await HeldAsync(outbox, "a", Start);
        var first = Assert.IsType<RebuildMark>(await outbox.ReadRebuildAsync(Token));
        await outbox.AdvanceRebuildAsync(lease, first with { Done = "test/T-01.01", Figures = 1 }, Token);
        Assert.Equal("test/T-01.01", (await outbox.ReadRebuildAsync(Token))?.Done);

        await outbox.MarkAllAsync("test", Start, Token);
        await outbox.AdvanceRebuildAsync(lease, first with { Figures = 0 }, Token);

        var second = Assert.IsType<RebuildMark>(await outbox.ReadRebuildAsync(Token));
        Assert.True(second.Mark > first.Mark);
        Assert.Equal("", second.Done);
        await outbox.AdvanceRebuildAsync(lease, second with { Figures = 0 }, Token);
        Assert.Null(await outbox.ReadRebuildAsync(Token));
    }

    [Fact]
    public async Task MarkWhereComputedOtherwise_AnotherFingerprint_MarksWhatWasPublished()
    {
        var (outbox, key) = await WithFigureAsync();
        Assert.Null(await outbox.MarkWhereComputedOtherwiseAsync("one", "test", Start, Token));
        await outbox.ConfirmAloneAsync([new(key.SeriesId, key.Period, 1)], [key], [], Start, Token);
        Assert.Null(await outbox.MarkWhereComputedOtherwiseAsync("one", "test", Start, Token));
        Assert.Null(await outbox.ReadRebuildAsync(Token));

        Assert.Equal(1, await outbox.MarkWhereComputedOtherwiseAsync("two", "test", Start, Token));

        Assert.NotNull(await outbox.ReadRebuildAsync(Token));
        Assert.Null(await outbox.MarkWhereComputedOtherwiseAsync("two", "test", Start, Token));
    }

    /// <summary>A flight of a holder that stood still, whose change somebody else has published since.</summary>
    private static async Task<PublishFlight> LostAsync(IOutbox outbox, ChangedKey key)
    {
        var point = new PublishedPoint(key.SeriesId, key.Period, 1);
        var flight = new PublishFlight(await HeldAsync(outbox, "a", Start), 1, [point with { Fields = Lost }], Start + Term);
        await outbox.IntendAsync(flight, [point with { Fields = Lost }], Token);
        var lease = await HeldAsync(outbox, "b", Start + Term);
        await outbox.ConfirmAsync(new(lease, 1, [point], Start + Term + Term), [point], [key], [], Start + Term, Token);
        return flight;
    }

    /// <summary>Three looks, each once, and none before its time or after the last.</summary>
    private static async Task LooksAsync(IOutbox outbox, ChangedKey key, DateTimeOffset first)
    {
        foreach (
            var look in (DateTimeOffset[])[first, first + FlightLooks.Second, first + FlightLooks.Second + FlightLooks.Third]
        )
        {
            Assert.Equal(0, await outbox.MarkLostFlightsAsync(look.AddSeconds(-1), Token));
            Assert.False(await outbox.HasWorkAsync(look.AddSeconds(-1), Token));
            Assert.True(await outbox.HasWorkAsync(look, Token));
            Assert.Equal(1, await outbox.MarkLostFlightsAsync(look, Token));
            await LookedAtAsync(outbox, key);
        }
        Assert.Equal(0, await outbox.MarkLostFlightsAsync(first.AddYears(1), Token));
    }

    /// <summary>The point is to be published again, and what the flight may have brought deleted; it is then done.</summary>
    private static async Task LookedAtAsync(IOutbox outbox, ChangedKey key)
    {
        var change = Assert.Single(await outbox.NextChangesAsync(10, Token));
        Assert.Equal((key.SeriesId, key.Period), (change.SeriesId, change.Period));
        var point = Assert.Single(await outbox.ReadPublishedAsync([new(key.SeriesId, key.Period, key.Period)], Token));
        Assert.Equal(Lost | 1, point.Fields);
        await outbox.ConfirmAloneAsync([point with { Fields = 1 }], [change], [], Start.AddDays(9), Token);
    }

    private static async Task Refused(Func<Task> statement) => await Assert.ThrowsAsync<LeaseLostException>(statement);

    private static Task<PublishLease?> TakeAsync(
        IOutbox outbox,
        string holder,
        DateTimeOffset at,
        Func<string, bool>? isGone = null
    ) => outbox.TryLeaseAsync(new(holder, at, Term, Grace) { IsGone = isGone ?? (_ => false) }, Token);

    private static async Task<PublishLease> HeldAsync(IOutbox outbox, string holder, DateTimeOffset at) =>
        Assert.IsType<PublishLease>(await TakeAsync(outbox, holder, at));

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
