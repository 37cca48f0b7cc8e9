using KpiMetrics.Pipeline.Collection;
using KpiMetrics.Pipeline.Ledger;
using KpiMetrics.Pipeline.Sources.Inbox;
using KpiMetrics.Tests.Ledger;
using KpiMetrics.Tests.Support;

namespace KpiMetrics.Tests.Collection;

/// <summary>The order in which files become statements: of two on one figure the one sent later counts.</summary>
public sealed class InboxCollectionTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 14, 0, 0, TimeSpan.FromHours(7));

    private readonly TempFolder folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Run_CorrectionInTheSameVisit_Counts()
    {
        var (collection, ledger) = await CreateAsync();
        Drop("a.csv", Now.AddMinutes(-2), 100);
        Drop("b.csv", Now.AddMinutes(-1), 90);

        await collection.RunAsync(Now, Token);

        Assert.Equal((90m, 2), await CurrentAsync(ledger));
    }

    [Fact]
    public async Task Run_CorrectionInTheNextVisitWithAnEarlierClock_Counts()
    {
        var (collection, ledger) = await CreateAsync();
        Drop("a.csv", Now.AddMinutes(-2), 100);
        await collection.RunAsync(Now, Token);
        Drop("b.csv", Now.AddMinutes(-1), 90);

        await collection.RunAsync(Now.AddMilliseconds(-5), Token);

        Assert.Equal((90m, 2), await CurrentAsync(ledger));
    }

    [Fact]
    public async Task Run_CorrectionWhoseNameSortsFirst_IsTakenAfterWhatItCorrects()
    {
        var (collection, ledger) = await CreateAsync();
        Drop("2026-10.csv", Now.AddMinutes(-2), 100);
        Drop("2026-10-sua.csv", Now.AddMinutes(-1), 90);

        await collection.RunAsync(Now, Token);

        Assert.Equal((90m, 2), await CurrentAsync(ledger));
    }

    [Fact]
    public async Task Run_FileTakenButNotArchivedBeforeAKill_DoesNotUndoALaterCorrection()
    {
        var (killed, ledger) = await CreateAsync();
        Drop("b.csv", Now.AddMinutes(-2), 100);
        await killed.RunAsync(Now, Token);
        Directory.Delete(folder.File("inbox/done"), recursive: true);
        Drop("b.csv", Now.AddMinutes(-2), 100); // as if it had never been moved
        Drop("a.csv", Now.AddMinutes(-1), 90);

        var outcomes = await Create(ledger).RunAsync(Now.AddSeconds(5), Token);

        Assert.Equal(["b.csv", "a.csv"], outcomes.Select(outcome => outcome.Report));
        Assert.Equal(1, outcomes[0].Result?.Receipt.Repeated);
        Assert.Equal((90m, 2), await CurrentAsync(ledger));
    }

    private static async Task<(decimal?, int)> CurrentAsync(ILedger ledger)
    {
        await foreach (var series in ledger.ReadAsync(new(TestCatalog.Set.Code), Token))
        {
            var figure = Assert.Single(series.Figures(TestCatalog.Set.TrustIn));
            return (figure.Current.Value.Number, figure.Revision);
        }
        return (null, 0);
    }

    private async Task<(InboxCollection, ILedger)> CreateAsync()
    {
        var ledger = await SqliteLedgers.CreateAsync(folder, "ledger.db");
        return (Create(ledger), ledger);
    }

    private InboxCollection Create(ILedger ledger) =>
        new(
            TestCatalog.Set.Code,
            new InboxFolder(folder.File("inbox")),
            new ReportIntake(TestCatalog.Snapshot, ledger, TestCatalog.Zone),
            TestCatalog.Zone,
            TimeSpan.Zero,
            locale: null
        );

    private void Drop(string name, DateTimeOffset writtenAt, int value)
    {
        var path = folder.Write($"inbox/{name}", $"indicator,measure,area,period,value\nT-01,T-01.01,24,2026-10,{value}\n");
        File.SetLastWriteTimeUtc(path, writtenAt.UtcDateTime);
    }
}
