using KpiMetrics.ServerTests.Support;

namespace KpiMetrics.ServerTests.Running;

/// <summary>
/// Two offices, one whose files are imported by hand and one that drops them into the inbox, and an engine that is killed under them.
/// A killed import is run again until it ends, as a person would.
/// </summary>
internal sealed class KillStory(Installation installation, Random random)
{
    private const int ImportRows = 3000;
    private const int InboxRows = 2000;

    private readonly List<Report> dropped = [];
    private Report? import;
    private int killedImports;
    private int withOutbox;
    private int withInbox;
    private int takenButNotArchived;

    public Reporter Imports { get; } = new(random, TestSet.FirstMeasures, TestSet.Communes);

    public Reporter Inbox { get; } = new(random, TestSet.SecondMeasures, TestSet.Communes);

    /// <summary>How many rounds were killed with work under way: files not collected or points not published.</summary>
    public int HitUnfinished { get; private set; }

    public async Task RoundAsync(int round, CancellationToken cancellationToken)
    {
        // Names in no order: what counts is when a file was sent.
        for (var files = random.Next(1, 3); files > 0; files--)
        {
            var report = Inbox.Next($"{random.Next(100, 1000)}-{round}-{files}.csv", InboxRows, random.Next(4));
            dropped.Add(report);
            installation.Drop(TestSet.Code, report.Name, report.Text);
        }
        import ??= Imports.Next($"import-{round}.csv", ImportRows, random.Next(4));
        var before = TakenBefore(import);
        var path = installation.Write(import.Name, import.Text);
        await using var worker = installation.Run("--Inbox:SettleSeconds=0");
        await using var importing = installation.Start("import", path, "--set", TestSet.Code);
        await Task.WhenAll(
            KillWorkerAsync(worker, cancellationToken),
            KillAfterAsync(importing, random.Next(200, 1200), cancellationToken)
        );
        AssertNothingFailed(worker);
        var isKilled = importing.ExitCode == WorkerProcess.Killed;
        if (!isKilled)
            AssertImported(new(importing.ExitCode, importing.Output, importing.Error), path, before);
        Count(isKilled);
    }

    /// <summary>Starts the worker once more and lets everything come to its end.</summary>
    public async Task FinishAsync(CancellationToken cancellationToken)
    {
        var before = import is not null && TakenBefore(import);
        await using var worker = await installation.RunUntilUpAsync("--Inbox:SettleSeconds=0");
        if (import is not null)
        {
            var path = installation.Write(import.Name, import.Text);
            AssertImported(await installation.CommandAsync("import", path, "--set", TestSet.Code), path, before);
        }
        await installation.AllCollectedAsync(TestSet.Code, worker);
        await installation.AllPublishedAsync(worker);
        Assert.Equal(0, await worker.TerminateAsync(TimeSpan.FromSeconds(10), cancellationToken));
        AssertNothingFailed(worker);
    }

    public void AssertLedgerHasEveryStatementOnce(LedgerFile ledger)
    {
        Assert.Equal(
            0,
            ledger.Count(
                """
                SELECT COUNT(*) FROM (
                    SELECT 1 FROM observation GROUP BY series_id, period, received_at, number, text, status HAVING COUNT(*) > 1)
                """
            )
        );
        var kept = ledger.Statements(TestSet.Code);
        var said = Imports.Said.Concat(Inbox.Said).ToDictionary(StringComparer.Ordinal);
        Assert.Equal(said.Keys.Order(StringComparer.Ordinal), kept.Keys.Order(StringComparer.Ordinal));
        foreach (var (figure, statements) in said)
        {
            Assert.True(
                statements.SequenceEqual(kept[figure], StringComparer.Ordinal),
                $"{figure}: said {string.Join(" then ", statements)}; kept {string.Join(" then ", kept[figure])}"
            );
        }
    }

    public void AssertInboxFilesAreArchivedOnce()
    {
        Assert.Empty(installation.InInbox(TestSet.Code));
        var archived = installation.Archived(TestSet.Code).ToList();
        foreach (var report in dropped)
        {
            var file = Assert.Single(archived, path => path.EndsWith($"-{report.Name}", StringComparison.Ordinal));
            Assert.Equal(report.Text, File.ReadAllText(file));
            archived.Remove(file);
            if (report.RefusedLines.Count == 0)
                continue;
            var refusals = $"{file}.refused.csv";
            Assert.True(archived.Remove(refusals), $"{refusals} is not there");
            var lines = File.ReadLines(refusals).Skip(1).Select(line => line.Split(',')[0]);
            Assert.Equal(report.RefusedLines.Select(line => $"{line}"), lines);
        }
        Assert.Empty(archived);
    }

    public override string ToString() =>
        $"{HitUnfinished} rounds were killed with work under way: {killedImports} while importing, {withInbox} with files in the inbox ({takenButNotArchived} with one taken but not yet archived), {withOutbox} with points to publish";

    private static void AssertNothingFailed(WorkerProcess worker)
    {
        Assert.Empty(worker.Error);
        Assert.DoesNotContain(worker.Output, line => line.Contains("fail:", StringComparison.Ordinal));
    }

    /// <summary>At any moment from its start, or while it does the first it finds to do, however fast the machine.</summary>
    private async Task KillWorkerAsync(WorkerProcess worker, CancellationToken cancellationToken)
    {
        var (afterUp, milliseconds) = (random.Next(2) == 0, random.Next(800));
        if (afterUp)
            await worker.WaitForLineAsync("KpiMetrics is up", Installation.Patience, cancellationToken);
        await KillAfterAsync(worker, afterUp ? milliseconds : 2 * milliseconds, cancellationToken);
    }

    private static async Task KillAfterAsync(WorkerProcess process, int milliseconds, CancellationToken cancellationToken)
    {
        try
        {
            await process.WaitForExitAsync(TimeSpan.FromMilliseconds(milliseconds), cancellationToken);
        }
        catch (TimeoutException)
        {
            await process.KillAsync();
        }
    }

    private bool TakenBefore(Report report)
    {
        using var ledger = new LedgerFile(installation.LedgerFile);
        return ledger.HasReport(report.Name);
    }

    /// <summary>An import that ended says so: what a killed try had already taken is repeated, every bad row is named.</summary>
    private void AssertImported(CommandResult result, string path, bool wasTaken)
    {
        var report = import ?? throw new InvalidOperationException("Nothing was imported.");
        import = null;
        var (recorded, repeated) = wasTaken ? (0, report.Recorded + report.Repeated) : (report.Recorded, report.Repeated);
        Assert.Equal((report.Rows, recorded, repeated, report.RefusedLines.Count), result.Counts());
        Assert.Equal(report.RefusedLines.Count > 0 ? 2 : 0, result.ExitCode);
        Assert.Equal(
            report.RefusedLines.Select(line => $"{path}:{line}:"),
            result.Error.Select(line => line[..line.IndexOf(' ', StringComparison.Ordinal)])
        );
    }

    private void Count(bool isImportKilled)
    {
        using var ledger = new LedgerFile(installation.LedgerFile);
        var waiting = installation.InInbox(TestSet.Code);
        var hasPoints = ledger.Waiting > 0;
        killedImports += isImportKilled ? 1 : 0;
        withInbox += waiting.Count > 0 ? 1 : 0;
        takenButNotArchived += waiting.Any(ledger.HasReport) ? 1 : 0;
        withOutbox += hasPoints ? 1 : 0;
        HitUnfinished += waiting.Count > 0 || hasPoints ? 1 : 0;
    }
}
