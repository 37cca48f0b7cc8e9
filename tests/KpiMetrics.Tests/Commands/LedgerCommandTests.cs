using KpiMetrics.Pipeline.Ledger.Sqlite;

namespace KpiMetrics.Tests.Commands;

public sealed class LedgerCommandTests : IDisposable
{
    private const string First = "CC-F303,CC-F303.02,24,2025,153771,";
    private const string Second = "CC-F303,CC-F303.03,24,2025,151619,";

    private readonly Cli cli = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string LedgerFile => Path.Combine(cli.Data, "ledger.db");

    public void Dispose() => cli.Dispose();

    [Fact]
    public async Task Backup_AReportIsBeingWritten_HasWhatWasCommittedAndDoesNotWait()
    {
        await cli.ImportAsync([], First);
        var before = await ExportAsync();
        var ledger = new SqliteLedger(LedgerFile);
        await using var report = await ledger.BeginAsync(new("cchc", "other", "r", Cli.Now, false, Cli.Now, "test"), Token);

        var (exit, output, _) = await BackupAsync();

        Assert.Equal(0, exit);
        Assert.Contains("1 statements of 1 reports", output, StringComparison.Ordinal);
        await report.CommitAsync(0, Token);
        await report.DisposeAsync();
        Forget();
        Assert.Equal(0, (await RestoreAsync()).Exit);
        Assert.Equal(before, await ExportAsync());
    }

    [Fact]
    public async Task Restore_ALaterLedgerIsThere_IsSetAsideWholeAndTheEarlierFiguresAreBack()
    {
        await cli.ImportAsync([], First);
        var before = await ExportAsync();
        await BackupAsync();
        await cli.ImportAsync([], Second);
        var after = await ExportAsync();
        Assert.NotEqual(before, after);
        Forget();

        var (exit, output, _) = await RestoreAsync();

        Assert.Equal(0, exit);
        Assert.Contains("publish verify", output, StringComparison.Ordinal);
        Assert.Equal(before, await ExportAsync());
        Forget();
        var aside = Assert.Single(Directory.GetFiles(cli.Data, "ledger-until-*.db"));
        File.Move(aside, LedgerFile, overwrite: true);
        Assert.Equal(after, await ExportAsync());
    }

    [Fact]
    public async Task Restore_AProcessHasTheLedgerOpen_IsRefusedAndNothingChanges()
    {
        await cli.ImportAsync([], First);
        await BackupAsync();
        await cli.ImportAsync([], Second);
        var after = await ExportAsync();
        Forget();
        var ledger = new SqliteLedger(LedgerFile);
        await using (await ledger.OpenSnapshotAsync(null, Token))
        {
            var (exit, _, error) = await RestoreAsync();

            Assert.Equal(1, exit);
            Assert.Contains("stop the worker first", error, StringComparison.Ordinal);
        }
        Assert.Equal(after, await ExportAsync());
        Assert.Empty(Directory.GetFiles(cli.Data, "ledger-until-*"));
    }

    [Fact]
    public async Task Restore_ThenAWriterOfTheOldLedgerGoesOn_TakesNothingMore()
    {
        await cli.ImportAsync([], First);
        await BackupAsync();
        var old = new SqliteLedger(LedgerFile);
        await old.MigrateAsync(Cli.Now, Token); // knows its ledger from now on
        Forget();
        await RestoreAsync();

        await Assert.ThrowsAsync<LedgerReplacedException>(() =>
            old.BeginAsync(new("cchc", "other", "r", Cli.Now, false, Cli.Now, "test"), Token)
        );
    }

    [Theory]
    [InlineData("not a ledger at all")]
    [InlineData("")]
    public async Task Restore_FileIsNoBackup_IsRefusedAndNothingChanges(string content)
    {
        await cli.ImportAsync([], First);
        var before = await ExportAsync();
        cli.Folder.Write("backup.db", content);

        var (exit, _, error) = await RestoreAsync();

        Assert.Equal(1, exit);
        Assert.Contains("no whole backup", error, StringComparison.Ordinal);
        Assert.Equal(before, await ExportAsync());
    }

    [Fact]
    public async Task Restore_BackupIsCutOff_IsRefused()
    {
        await cli.ImportAsync([], First);
        await BackupAsync();
        var file = cli.Folder.File("backup.db");
        using (var cut = File.OpenWrite(file))
            cut.SetLength(cut.Length / 2);

        Assert.Equal(1, (await RestoreAsync()).Exit);
    }

    [Fact]
    public async Task Backup_TargetIsThereOrLedgerIsNot_IsRefused()
    {
        Assert.Contains("There is no ledger", (await BackupAsync()).Error, StringComparison.Ordinal);
        await cli.ImportAsync([], First);
        await BackupAsync();

        Assert.Contains("is there already", (await BackupAsync()).Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("backup")]
    [InlineData("restore")]
    public async Task Command_LedgerLiesInPostgres_NamesItsToolsAndKeepsTheSecret(string command)
    {
        var (exit, _, error) = await cli.RunAsync(
            "ledger",
            command,
            cli.Folder.File("backup.db"),
            "--Ledger:Postgres=Host=127.0.0.1;Username=kpi;Password=geheim"
        );

        Assert.Equal(1, exit);
        Assert.Contains("pg_dump", error, StringComparison.Ordinal);
        Assert.DoesNotContain("geheim", error, StringComparison.Ordinal);
    }

    // The pool keeps connections open as a running process would.
    private static void Forget() => Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();

    private Task<CliResult> BackupAsync() => cli.RunAsync("ledger", "backup", cli.Folder.File("backup.db"));

    private Task<CliResult> RestoreAsync() => cli.RunAsync("ledger", "restore", cli.Folder.File("backup.db"));

    private async Task<string> ExportAsync() => (await cli.RunAsync("export", "--set", "cchc")).Out;
}
