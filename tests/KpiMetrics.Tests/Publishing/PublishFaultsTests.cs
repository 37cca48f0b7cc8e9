using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;
using KpiMetrics.Pipeline.Ledger;
using KpiMetrics.Pipeline.Publishing;
using KpiMetrics.Tests.Ledger;
using KpiMetrics.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace KpiMetrics.Tests.Publishing;

/// <summary>What must not empty the outbox: the stage on a real ledger.</summary>
public sealed class PublishFaultsTests : IDisposable
{
    private static readonly DateTimeOffset At = new(2026, 11, 20, 14, 0, 0, TimeSpan.FromHours(7));

    private readonly TempFolder folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Run_WhatAnswersIsNoInfluxDb_ThrowsAndKeepsEveryKey(int version)
    {
        var ledger = await LedgerAsync();
        using var server = new ScriptedServer(_ => (400, "Client sent an HTTP request to an HTTPS server.\n"));
        using var http = new HttpClient(server);
        var options = new InfluxOptions
        {
            Url = "http://influx:8086",
            Version = version,
            Org = "o",
            Bucket = "b",
        };
        var stage = new PublishStage(
            (IOutbox)ledger,
            ledger,
            InfluxWriters.Create(http, options, NullLogger.Instance),
            TestCatalog.Snapshot,
            TestCatalog.Zone
        );

        await Assert.ThrowsAsync<InfluxRefusedException>(() => stage.RunAloneAsync((IOutbox)ledger, At, Token));

        Assert.Equal(12, (await ((IOutbox)ledger).ReadStatusAsync(Token)).Waiting);
    }

    [Fact]
    public async Task Run_CatalogWithoutTheSetForOnce_PublishesAfterwards()
    {
        var ledger = await LedgerAsync();
        var outbox = (IOutbox)ledger;
        var store = new MemoryStore(new StepFaults());
        await new PublishStage(outbox, ledger, store, new([], []), TestCatalog.Zone).RunAloneAsync(outbox, At, Token);
        Assert.Equal((0, 12), ((await outbox.ReadStatusAsync(Token)).Waiting, (await outbox.ReadStatusAsync(Token)).Refused));

        await outbox.MarkRefusedAsync(At, Token); // as the worker does when it starts
        var result = await new PublishStage(outbox, ledger, store, TestCatalog.Snapshot, TestCatalog.Zone).RunAloneAsync(
            outbox,
            At,
            Token
        );

        Assert.Equal(12 + 4 + 2 + 1, result.Points); // months, and the quarters, halves and year they make
        Assert.Equal(new OutboxStatus(0, null, 19, 0), await outbox.ReadStatusAsync(Token));
    }

    private async Task<ILedger> LedgerAsync()
    {
        var ledger = await SqliteLedgers.CreateAsync(folder, "ledger.db");
        await using var report = await ledger.BeginAsync(new("test", "inbox", "a", At, false, At, "test"), Token);
        foreach (var month in Period.Parse("2025").Parts(Frequency.Month))
        {
            var series = TestCatalog.Series(TestCatalog.Flow, Frequency.Month);
            await report.AppendAsync(series, month, FigureValue.Of(month.Number), 'A', Vintage.Official, null, Token);
        }
        await report.CommitAsync(0, Token);
        return ledger;
    }
}
