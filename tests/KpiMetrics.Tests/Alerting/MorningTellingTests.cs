using System.Globalization;
using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Obligations;
using KpiMetrics.Core.Periods;
using KpiMetrics.Pipeline.Ledger;
using KpiMetrics.Tests.Ledger;
using KpiMetrics.Tests.Obligations;
using KpiMetrics.Tests.Support;

namespace KpiMetrics.Tests.Alerting;

/// <summary>What an office hears in a morning, from the ledger to the message. Friday, 20 November: a report is due on Monday.</summary>
public sealed class MorningTellingTests : IAsyncDisposable
{
    private const string Digest = "digest/15@2025-07-01/office/Sở Một/02001@2025-07-01/2026-11-20 digest office";

    private static readonly DateTimeOffset Morning = DutyWorld.At("2026-11-20 07:30");
    private static readonly CatalogSnapshot Catalog = DutyWorld.CatalogOf(DutyWorld.Monthly);

    private readonly TempFolder folder = new();
    private readonly AlertEar ear = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await ear.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task Tell_AllThatIsInItIsReportedAndTakenBack_IsOneMessageOfTheMorning()
    {
        await using var worker = await WorkerAsync(isPulled: false);

        await TellAsync(worker, Morning);
        await ReportAsync(worker, Morning.AddMinutes(20), 1m);
        Assert.NotNull((await new DutyLedger(worker.Ledger).OneAsync()).CompleteAt);
        await TellAsync(worker, Morning.AddMinutes(30));
        await ReportAsync(worker, Morning.AddMinutes(40), null);
        await TellAsync(worker, Morning.AddMinutes(50));
        Assert.Equal([Digest], ear.News);

        // Not of the afternoon: it ends with the morning.
        await TellAsync(worker, Morning.AddHours(4));
        Assert.Equal(0, ear.Holding);
        Assert.Equal([Digest], ear.News);
    }

    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 0)]
    public async Task Tell_WhatASourceIsAskedFor_RemindsNobody(bool isPulled, int told)
    {
        await using var worker = await WorkerAsync(isPulled);

        await TellAsync(worker, Morning);

        Assert.Equal(told, ear.News.Count);
    }

    private async Task<AlertWorker> WorkerAsync(bool isPulled)
    {
        var worker = new AlertWorker(Catalog, folder.File("ledger.db"), ear.Address, _ => isPulled);
        await worker.Ledger.MigrateAsync(DateTimeOffset.UnixEpoch, Token);
        var due = DutyWorld.At("2026-11-23 17:00");
        await new DutyLedger(worker.Ledger).CreateAsync(
            new Obligation(
                DutyWorld.Months,
                Period.Parse("2026-10"),
                DutyWorld.One.Id,
                AlertWorld.Office,
                new(due.AddDays(-20), due, TimeSpan.FromDays(5), TimeSpan.FromDays(2), "test"),
                ["LC-A01.01"],
                due.AddDays(-30)
            )
        );
        return worker;
    }

    private async Task TellAsync(AlertWorker worker, DateTimeOffset at)
    {
        ear.Now = at;
        await worker.TellAsync(await worker.Ledger.ReadAlertsAsync(AlertQuery.Live, Token), at, Token);
    }

    private static Task ReportAsync(AlertWorker worker, DateTimeOffset at, decimal? value) =>
        new DutyLedger(worker.Ledger).ReportAsync(
            at.ToOffset(TimeSpan.FromHours(7)).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
            DutyWorld.Months,
            "2026-10",
            DutyWorld.One.Id,
            [("LC-A01.01", value)]
        );
}
