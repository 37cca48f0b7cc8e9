using System.Diagnostics;
using KpiMetrics.Pipeline.Collection;
using KpiMetrics.Pipeline.Ledger;
using KpiMetrics.Pipeline.Ledger.Claims;
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

        await VisitAsync(collection, Now);

        Assert.Equal((90m, 2), await CurrentAsync(ledger));
    }

    [Fact]
    public async Task Run_CorrectionInTheNextVisitWithAnEarlierClock_Counts()
    {
        var (collection, ledger) = await CreateAsync();
        Drop("a.csv", Now.AddMinutes(-2), 100);
        await VisitAsync(collection, Now);
        Drop("b.csv", Now.AddMinutes(-1), 90);

        await VisitAsync(collection, Now.AddMilliseconds(-5));

        Assert.Equal((90m, 2), await CurrentAsync(ledger));
    }

    [Fact]
    public async Task Run_CorrectionWhoseNameSortsFirst_IsTakenAfterWhatItCorrects()
    {
        var (collection, ledger) = await CreateAsync();
        Drop("2026-10.csv", Now.AddMinutes(-2), 100);
        Drop("2026-10-sua.csv", Now.AddMinutes(-1), 90);

        await VisitAsync(collection, Now);

        Assert.Equal((90m, 2), await CurrentAsync(ledger));
    }

    [Fact]
    public async Task Run_FileTakenButNotArchivedBeforeAKill_DoesNotUndoALaterCorrection()
    {
        var (killed, ledger) = await CreateAsync();
        Drop("b.csv", Now.AddMinutes(-2), 100);
        await VisitAsync(killed, Now);
        Directory.Delete(folder.File("inbox/done"), recursive: true);
        Drop("b.csv", Now.AddMinutes(-2), 100); // as if it had never been moved
        Drop("a.csv", Now.AddMinutes(-1), 90);

        var outcomes = await VisitAsync(Create(ledger), Now.AddSeconds(5));

        Assert.Equal(["b.csv", "a.csv"], outcomes.Select(outcome => outcome.Report));
        Assert.Equal(1, outcomes[0].Result?.Receipt.Repeated);
        Assert.Equal((90m, 2), await CurrentAsync(ledger));
    }

    [Fact]
    public async Task Run_FileWhoseReportIsCommittedButWhichAKillLeftInTheInbox_IsArchivedAndNotTakenAgain()
    {
        var (collection, ledger) = await CreateAsync();
        Drop("a.csv", Now.AddMinutes(-2), 100);
        await CommitAsync(ledger, "a.csv", Now);
        Drop("b.csv", Now.AddMinutes(-3), 90); // written earlier, and taken first, as by another channel
        await CommitAsync(ledger, "b.csv", Now.AddSeconds(1));

        var outcomes = await VisitAsync(collection, Now.AddSeconds(5));

        Assert.All(outcomes, outcome => Assert.Equal((0, 1, 0), Counts(outcome)));
        Assert.Equal((90m, 2), await CurrentAsync(ledger));
        Assert.Equal(2, Directory.GetFiles(folder.File("inbox/done"), "*.csv", SearchOption.AllDirectories).Length);
        Assert.Empty(await ((ITakenFiles)ledger).ReadTakenFilesAsync(TestCatalog.Set.Code, Token));
    }

    [Fact]
    public async Task Run_TheSameFileSentAgainLater_IsAStatementOfItsOwn()
    {
        var (collection, ledger) = await CreateAsync();
        Drop("a.csv", Now.AddMinutes(-3), 100);
        await VisitAsync(collection, Now);
        Drop("b.csv", Now.AddMinutes(-2), 90);
        await VisitAsync(collection, Now.AddSeconds(1));
        Drop("a.csv", Now.AddMinutes(-3), 100);

        await VisitAsync(collection, Now.AddSeconds(2));

        Assert.Equal((100m, 3), await CurrentAsync(ledger));
    }

    [Fact]
    public async Task Run_APipeAmongTheFiles_IsSetAsideAndTheOthersAreTaken()
    {
        var (collection, ledger) = await CreateAsync();
        Directory.CreateDirectory(folder.File("inbox"));
        using (var mkfifo = Process.Start("mkfifo", [folder.File("inbox/a.csv")]))
            await mkfifo.WaitForExitAsync(Token);
        Drop("b.csv", Now.AddMinutes(-1), 90);

        var outcomes = await VisitAsync(collection, Now.AddDays(1));

        Assert.Contains(
            "no regular file",
            Assert.Single(outcomes, outcome => outcome.Report == "a.csv").Fault,
            StringComparison.Ordinal
        );
        Assert.Equal((90m, 1), await CurrentAsync(ledger));
    }

    [Fact]
    public async Task Run_AFileThatCannotBeMoved_IsToldOnceAndTheOthersAreTaken()
    {
        var (collection, ledger) = await CreateAsync();
        Drop("a.csv", Now.AddMinutes(-2), 100);
        Directory.CreateDirectory(folder.File("inbox/taking/a.csv")); // in the way of the claim
        Drop("b.csv", Now.AddMinutes(-1), 90);

        var first = await VisitAsync(collection, Now);
        var second = await VisitAsync(collection, Now.AddSeconds(2));

        Assert.Equal(["a.csv", "b.csv"], first.Select(outcome => outcome.Report));
        Assert.NotNull(first[0].Fault);
        Assert.Empty(second);
        Assert.Equal((90m, 1), await CurrentAsync(ledger));
    }

    [Fact]
    public async Task Run_TheListOfRefusedRowsCorrectedAndSentBack_IsTaken()
    {
        var (collection, ledger) = await CreateAsync();
        folder.Write("inbox/a.csv", "indicator,measure,area,period,value\nT-01,T-01.01,24,2026-10,1.234\n");
        await VisitAsync(collection, Now);
        var refused = Directory.GetFiles(folder.File("inbox/done"), "*.refused.csv", SearchOption.AllDirectories).Single();
        folder.Write(
            "inbox/a.csv.refused.csv",
            (await File.ReadAllTextAsync(refused, Token)).Replace(",1.234,", ",1234,", StringComparison.Ordinal)
        );

        await VisitAsync(collection, Now.AddSeconds(2));

        Assert.Equal((1234m, 1), await CurrentAsync(ledger));
    }

    [Fact]
    public async Task Run_ATakenFileWhoseListCannotBeWritten_IsNotForgottenWhileItStillLies()
    {
        var (collection, ledger) = await CreateAsync();
        Drop("taking/a.csv", Now.AddMinutes(-2), 100);
        await CommitAsync(ledger, "taking/a.csv", Now);
        folder.Write("inbox/done/2026-11/.a.csv.refused.csv.tmp/in-the-way", "");
        Drop("b.csv", Now.AddMinutes(-1), 90);
        await VisitAsync(collection, Now.AddMinutes(1));
        Directory.Delete(folder.File("inbox/done/2026-11/.a.csv.refused.csv.tmp"), recursive: true);

        await VisitAsync(collection, Now.AddMinutes(2));

        Assert.Equal((90m, 2), await CurrentAsync(ledger));
    }

    [Fact]
    public async Task Run_ASecondBrokenFileOfTheSameName_IsToldAgain()
    {
        var (collection, _) = await CreateAsync();
        folder.Write("inbox/a.csv", "nonsense\n1\n");
        Assert.Single(await VisitAsync(collection, Now));
        folder.Write("inbox/a.csv", "nonsense\n2\n");

        Assert.Single(await VisitAsync(collection, Now.AddMinutes(1)));
    }

    [Fact]
    public async Task Run_ARefusedNegativeNumberCorrectedAndSentBack_IsTaken()
    {
        var (collection, ledger) = await CreateAsync();
        folder.Write("inbox/a.csv", "indicator,measure,area,period,value\nT-01,T-01.03,24,2026-13,-5\n");
        await VisitAsync(collection, Now);
        var refused = Directory.GetFiles(folder.File("inbox/done"), "*.refused.csv", SearchOption.AllDirectories).Single();
        folder.Write(
            "inbox/b.csv",
            (await File.ReadAllTextAsync(refused, Token)).Replace("2026-13,", "2026-10,", StringComparison.Ordinal)
        );

        await VisitAsync(collection, Now.AddMinutes(1));

        Assert.Equal((-5m, 1), await CurrentAsync(ledger));
    }

    private static (int, int, int) Counts(CollectionOutcome outcome) =>
        outcome.Result is { Receipt: var receipt } ? (receipt.Recorded, receipt.Repeated, receipt.Refused) : default;

    private static async Task<List<CollectionOutcome>> VisitAsync(InboxCollection collection, DateTimeOffset at)
    {
        var outcomes = new List<CollectionOutcome>();
        await foreach (var outcome in collection.RunAsync(at, Token))
            outcomes.Add(outcome);
        return outcomes;
    }

    // What a worker does with a file up to the moment it is killed.
    private async Task CommitAsync(ILedger ledger, string name, DateTimeOffset at)
    {
        var path = folder.File($"inbox/{name}");
        await using var file = await ReportFile.OpenAsync(path, null, Token);
        await new ReportIntake(TestCatalog.Snapshot, ledger, TestCatalog.Zone).TakeAsync(
            new(TestCatalog.Set.Code, "inbox", name, at, false, at, "test", InboxFolder.IdentityOf(path)),
            file.ReadAsync(Token),
            locale: null,
            dryRun: false,
            refused => Assert.Fail(refused.Refusal.Message),
            onProgress: null,
            Token
        );
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

    [Theory]
    [InlineData("Sở Tài chính", 1, 0)]
    [InlineData("Sở Y tế", 0, 1)]
    public async Task Run_FolderOfOneOffice_TakesOnlyItsFiguresUnderItsName(string agency, int recorded, int refused)
    {
        var ledger = await SqliteLedgers.CreateAsync(folder, "ledger.db");
        Drop("a.csv", Now.AddMinutes(-2), 100);

        var outcome = Assert.Single(await VisitAsync(Create(ledger, "hop", agency), Now));

        Assert.Equal(
            ("hop", recorded, refused),
            (outcome.Source, outcome.Result?.Receipt.Recorded, outcome.Result?.Receipt.Refused)
        );
        await foreach (var series in ledger.ReadAsync(new(TestCatalog.Set.Code), Token))
            Assert.Equal("hop", Assert.Single(series.Figures(TestCatalog.Set.TrustIn)).Current.Source);
    }

    [Fact]
    public async Task Run_AnotherFolderOfTheSet_LeavesFilesTakenElsewhereKnown()
    {
        var ledger = await SqliteLedgers.CreateAsync(folder, "ledger.db");
        var files = (ITakenFiles)ledger;
        foreach (var (source, file) in new[] { ("hop", "hop/a.csv|1|x"), ("inbox", "b.csv|1|x"), ("nop", "nop/c.csv|1|x") })
        {
            await using var report = await ledger.BeginAsync(
                new(TestCatalog.Set.Code, source, "f", Now, false, Now, "worker", file),
                Token
            );
            await report.CommitAsync(0, Token);
        }

        await VisitAsync(Create(ledger, "hop", "Sở Tài chính"), Now);
        Assert.Equal(["b.csv|1|x", "nop/c.csv|1|x"], (await files.ReadTakenFilesAsync(TestCatalog.Set.Code, Token)).Order());

        await VisitAsync(Create(ledger), Now);
        Assert.Equal(["nop/c.csv|1|x"], await files.ReadTakenFilesAsync(TestCatalog.Set.Code, Token));
    }

    private async Task<(InboxCollection, ILedger)> CreateAsync()
    {
        var ledger = await SqliteLedgers.CreateAsync(folder, "ledger.db");
        return (Create(ledger), ledger);
    }

    private InboxCollection Create(ILedger ledger, string source = InboxCollection.Source, string? agency = null) =>
        new(
            TestCatalog.Set.Code,
            new InboxFolder(folder.File("inbox")),
            new ReportIntake(TestCatalog.Snapshot, ledger, TestCatalog.Zone),
            (ITakenFiles)ledger,
            new((IClaims)ledger, "test", _ => false, TimeSpan.FromSeconds(10), TimeProvider.System),
            TestCatalog.Zone,
            TimeSpan.Zero,
            locale: null,
            source,
            agency
        );

    private void Drop(string name, DateTimeOffset writtenAt, int value)
    {
        var path = folder.Write($"inbox/{name}", $"indicator,measure,area,period,value\nT-01,T-01.01,24,2026-10,{value}\n");
        File.SetLastWriteTimeUtc(path, writtenAt.UtcDateTime);
    }
}
