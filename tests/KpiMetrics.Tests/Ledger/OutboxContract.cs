using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;
using KpiMetrics.Pipeline.Ledger;
using KpiMetrics.Tests.Support;

namespace KpiMetrics.Tests.Ledger;

/// <summary>What every ledger's outbox must do.</summary>
public abstract class OutboxContract
{
    private static readonly DateTimeOffset Start = new(2025, 12, 20, 8, 0, 0, TimeSpan.FromHours(7));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    protected abstract Task<ILedger> CreateAsync();

    [Fact]
    public async Task Confirm_AKeyMarkedAgainMeanwhile_StaysInTheOutbox()
    {
        var (ledger, outbox) = await WithFigureAsync(5m, Start);
        var taken = await outbox.NextChangesAsync(10, Token);
        await ReportAsync(ledger, 6m, Start.AddMinutes(1));

        await outbox.ConfirmAloneAsync([], taken, [], Start, Token);

        Assert.Single(await outbox.NextChangesAsync(10, Token));
    }

    [Fact]
    public async Task Confirm_TheKeysTaken_EmptiesTheOutbox()
    {
        var (_, outbox) = await WithFigureAsync(5m, Start);
        var taken = await outbox.NextChangesAsync(10, Token);
        Assert.Equal(Start, (await outbox.ReadStatusAsync(Token)).OldestMarkedAt);
        Assert.Equal(Start, Assert.Single(taken).MarkedAt);

        await outbox.ConfirmAloneAsync([new(taken[0].SeriesId, taken[0].Period, 3)], taken, [], Start, Token);

        Assert.Equal(new OutboxStatus(0, null, 1, 0), await outbox.ReadStatusAsync(Token));
    }

    [Fact]
    public async Task Append_ARepetition_MarksNothing()
    {
        var (ledger, outbox) = await WithFigureAsync(5m, Start);
        await outbox.ConfirmAloneAsync([], await outbox.NextChangesAsync(10, Token), [], Start, Token);
        await ReportAsync(ledger, 5m, Start.AddMinutes(1));

        Assert.Empty(await outbox.NextChangesAsync(10, Token));
    }

    [Fact]
    public async Task Intend_MoreFields_OnlyEverAddsUntilConfirmed()
    {
        var (_, outbox) = await WithFigureAsync(5m, Start);
        var key = (await outbox.NextChangesAsync(10, Token))[0];
        await outbox.IntendAloneAsync([new(key.SeriesId, key.Period, 0b011)], Token);
        await outbox.IntendAloneAsync([new(key.SeriesId, key.Period, 0b100)], Token);
        Assert.Equal(0b111, Assert.Single(await PublishedAsync()).Fields);

        await outbox.ConfirmAloneAsync([new(key.SeriesId, key.Period, 0b001)], [], [], Start, Token);
        Assert.Equal(0b001, Assert.Single(await PublishedAsync()).Fields);

        await outbox.ConfirmAloneAsync([new(key.SeriesId, key.Period, 0)], [], [], Start, Token);
        Assert.Empty(await PublishedAsync());

        Task<IReadOnlyList<PublishedPoint>> PublishedAsync() =>
            outbox.ReadPublishedAsync([new(key.SeriesId, key.Period, key.Period)], Token);
    }

    [Fact]
    public async Task Confirm_ARefusedPoint_IsRememberedUntilItGoesThrough()
    {
        var (_, outbox) = await WithFigureAsync(5m, Start);
        var key = (await outbox.NextChangesAsync(10, Token))[0];
        await outbox.ConfirmAloneAsync([], [key], [new(key.SeriesId, key.Period, "field type conflict")], Start, Token);
        Assert.Equal("field type conflict", Assert.Single(await outbox.ReadRefusedAsync(10, Token)).Reason);

        await outbox.ConfirmAloneAsync([new(key.SeriesId, key.Period, 1)], [], [], Start, Token);
        Assert.Empty(await outbox.ReadRefusedAsync(10, Token));
    }

    [Fact]
    public async Task MarkRefused_ARefusedPoint_IsTriedAgainAndItsRefusalEndsWithIt()
    {
        var (_, outbox) = await WithFigureAsync(5m, Start);
        var key = (await outbox.NextChangesAsync(10, Token))[0];
        await outbox.ConfirmAloneAsync([], [key], [new(key.SeriesId, key.Period, "the catalog has no such set")], Start, Token);
        Assert.Empty(await outbox.NextChangesAsync(10, Token));

        Assert.Equal(1, await outbox.MarkRefusedAsync(Start, Token));

        var again = await outbox.NextChangesAsync(10, Token);
        await outbox.ConfirmAloneAsync([], again, [], Start, Token);
        Assert.Equal(new OutboxStatus(0, null, 0, 0), await outbox.ReadStatusAsync(Token));
    }

    [Fact]
    public async Task MarkAll_EveryFigure_IsToBePublishedAgain()
    {
        var (ledger, outbox) = await WithFigureAsync(5m, Start);
        await outbox.ConfirmAloneAsync([], await outbox.NextChangesAsync(10, Token), [], Start, Token);

        Assert.Equal(1, await outbox.MarkAllAsync("test", Start, Token));

        Assert.Equal(new OutboxStatus(1, Start, 0, 0), await outbox.ReadStatusAsync(Token));
        Assert.Equal(("", 1L), ((await outbox.ReadRebuildAsync(Token))?.Done, (await outbox.ReadRebuildAsync(Token))?.Figures));
        Assert.Equal("publish rebuild", (await ledger.ReadAuditAsync(1, Token))[0].Action);
    }

    [Fact]
    public async Task MarkAgain_APoint_IsToBePublishedWithWhateverFieldsItMayHave()
    {
        var (_, outbox) = await WithFigureAsync(5m, Start);
        var key = (await outbox.NextChangesAsync(10, Token))[0];
        await outbox.ConfirmAloneAsync([new(key.SeriesId, key.Period, 1)], [key], [], Start, Token);

        await outbox.MarkAgainAsync([new(key.SeriesId, key.Period, 0)], "test", Start, Token);
        Assert.Equal(
            1,
            Assert.Single(await outbox.ReadPublishedAsync([new(key.SeriesId, key.Period, key.Period)], Token)).Fields
        );
        var first = Assert.Single(await outbox.NextChangesAsync(10, Token));

        await outbox.MarkAgainAsync([new(key.SeriesId, key.Period, PublishedPoint.AnyField)], "test", Start, Token);
        Assert.Equal(
            -1,
            Assert.Single(await outbox.ReadPublishedAsync([new(key.SeriesId, key.Period, key.Period)], Token)).Fields
        );
        Assert.True(Assert.Single(await outbox.NextChangesAsync(10, Token)).Mark > first.Mark);
    }

    [Fact]
    public async Task FindSeries_NeverHeardOf_IsNull()
    {
        var (_, outbox) = await WithFigureAsync(5m, Start);
        var known = TestCatalog.Series(TestCatalog.Flow, Frequency.Month);

        var found = await outbox.FindSeriesAsync([known, known with { Area = "99" }], Token);

        Assert.NotNull(found[0]);
        Assert.Null(found[1]);
    }

    [Fact]
    public async Task NextChanges_AnHourAmongMany_ComesFirst()
    {
        var (ledger, outbox) = await WithFigureAsync(5m, Start);
        var hour = TestCatalog.Series(TestCatalog.Flow, Frequency.Hour);
        await using (
            var report = await ledger.BeginAsync(new(TestCatalog.Set.Code, "inbox", "h.csv", Start, false, Start, "test"), Token)
        )
        {
            await report.AppendAsync(hour, Period.Parse("2025-12-20T07"), FigureValue.Of(1m), 'A', Vintage.Official, null, Token);
            await report.CommitAsync(0, Token);
        }

        Assert.Equal(
            [Frequency.Hour, Frequency.Month],
            (await outbox.NextChangesAsync(10, Token)).Select(key => key.Series.Frequency)
        );
        Assert.Equal(hour, Assert.Single(await outbox.NextChangesAsync(1, Token)).Series);
    }

    [Fact]
    public async Task NumberSeries_KnownAndComputedOnes_KeepTheirNumbers()
    {
        var (_, outbox) = await WithFigureAsync(5m, Start);
        var reported = TestCatalog.Series(TestCatalog.Flow, Frequency.Month);
        var computed = TestCatalog.Series(TestCatalog.Flow, Frequency.Year);
        var known = (await outbox.NextChangesAsync(10, Token))[0].SeriesId;

        var numbers = await outbox.NumberSeriesAsync([computed, reported], Token);

        Assert.Equal(known, numbers[1]);
        Assert.NotEqual(known, numbers[0]);
        Assert.Equal(numbers, await outbox.NumberSeriesAsync([computed, reported], Token));
    }

    /// <summary>Publishing of what is known goes on while a long report is written.</summary>
    [Fact]
    public async Task NumberSeries_AllKnownWhileAReportIsWritten_DoesNotWait()
    {
        var (ledger, outbox) = await WithFigureAsync(5m, Start);
        var header = new ReportHeader(TestCatalog.Set.Code, "inbox", "b.csv", Start, false, Start, "test");
        await using var report = await ledger.BeginAsync(header, Token);

        Assert.Single(await outbox.NumberSeriesAsync([TestCatalog.Series(TestCatalog.Flow, Frequency.Month)], Token));
    }

    /// <summary>A computed series has a number, but nobody reported it.</summary>
    [Fact]
    public async Task ReadKeys_SeriesWithoutStatements_AreNotThere()
    {
        var (ledger, outbox) = await WithFigureAsync(5m, Start);
        await outbox.NumberSeriesAsync([TestCatalog.Series(TestCatalog.Flow, Frequency.Year)], Token);

        await using var snapshot = await ledger.OpenSnapshotAsync(null, Token);
        var keys = await snapshot.ReadKeysAsync(new(), Token).ToListAsync(Token);

        Assert.Equal([TestCatalog.Series(TestCatalog.Flow, Frequency.Month)], keys);
    }

    [Fact]
    public async Task Snapshot_AReportCommittedMeanwhile_IsNotSeen()
    {
        var (ledger, _) = await WithFigureAsync(5m, Start);
        var key = TestCatalog.Series(TestCatalog.Flow, Frequency.Month);
        await using var snapshot = await ledger.OpenSnapshotAsync(null, Token);
        Assert.NotNull(Assert.Single(await snapshot.ReadAsync([new(key)], Token)));

        await ReportAsync(ledger, 6m, Start.AddMinutes(1));

        var seen = Assert.Single(await snapshot.ReadAsync([new(key)], Token));
        Assert.Equal([5m], seen?.Periods[0].Statements.Select(statement => statement.Value.Number));
    }

    private async Task<(ILedger Ledger, IOutbox Outbox)> WithFigureAsync(decimal value, DateTimeOffset at)
    {
        var ledger = await CreateAsync();
        await ReportAsync(ledger, value, at);
        return (ledger, (IOutbox)ledger);
    }

    private static async Task ReportAsync(ILedger ledger, decimal value, DateTimeOffset at)
    {
        await using var report = await ledger.BeginAsync(
            new(TestCatalog.Set.Code, "inbox", "a.csv", at, false, at, "test"),
            Token
        );
        var series = TestCatalog.Series(TestCatalog.Flow, Frequency.Month);
        await report.AppendAsync(series, Period.Parse("2025-11"), FigureValue.Of(value), 'A', Vintage.Official, null, Token);
        await report.CommitAsync(0, Token);
    }
}
