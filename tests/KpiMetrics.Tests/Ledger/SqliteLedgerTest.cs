using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;
using KpiMetrics.Pipeline.Ledger;
using KpiMetrics.Pipeline.Ledger.Sqlite;
using KpiMetrics.Tests.Support;
using Microsoft.Data.Sqlite;

namespace KpiMetrics.Tests.Ledger;

public sealed class SqliteLedgerTest : LedgerContract, IDisposable
{
    private readonly TempFolder folder = new();
    private int created;

    public void Dispose() => folder.Dispose();

    protected override Task<ILedger> CreateAsync() => SqliteLedgers.CreateAsync(folder, $"{created++}.db");

    [Fact]
    public async Task Append_AfterAReportWasGivenUp_NumbersSeriesAnew()
    {
        var ledger = await CreateAsync();
        var (given, other) = (
            TestCatalog.Series(TestCatalog.Flow, Frequency.Year),
            TestCatalog.Series(TestCatalog.Stock, Frequency.Year)
        );
        await StateAsync(ledger, commit: false, (given, 1));
        await StateAsync(ledger, commit: false, (other, 2), (given, 1), (given, 1));
        await StateAsync(ledger, commit: true, (other, 3));
        await StateAsync(ledger, commit: true, (given, 4), (other, 3));
        await StateAsync(ledger, commit: true, (given, 4), (other, 5));

        var figures = new Dictionary<SeriesKey, string>();
        await foreach (var series in ledger.ReadAsync(new FigureQuery(), TestContext.Current.CancellationToken))
            figures[series.Key] = string.Join(' ', series.Periods.Single().Statements.Select(statement => statement.Value));
        Assert.Equal("4", figures[given]);
        Assert.Equal("3 5", figures[other]);
    }

    [Theory]
    [InlineData("UPDATE observation SET number = '7'")]
    [InlineData("DELETE FROM observation")]
    public async Task Observation_ChangedBehindOurBack_IsRefusedByTheStore(string sql)
    {
        var ledger = await CreateAsync();
        var token = TestContext.Current.CancellationToken;
        await using (var report = await ledger.BeginAsync(new("test", "inbox", "a", default, false, default, "test"), token))
        {
            var series = TestCatalog.Series(TestCatalog.Flow, Frequency.Year);
            await report.AppendAsync(series, Period.Parse("2025"), FigureValue.Of(5m), 'A', Vintage.Official, null, token);
            await report.CommitAsync(0, token);
        }
        using var connection = new SqliteConnection($"Data Source={folder.File("0.db")}");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;

        var fault = Assert.Throws<SqliteException>(() => command.ExecuteNonQuery());
        Assert.Contains("append-only", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Begin_FileDeletedOrReplacedUnderTheProcess_TakesNothing(bool replaced)
    {
        var ledger = await CreateAsync();
        foreach (var file in Directory.GetFiles(folder.Path, "0.db*"))
            File.Delete(file);
        if (replaced)
        {
            SqliteConnection.ClearAllPools();
            await new SqliteLedger(folder.File("0.db")).MigrateAsync(default, TestContext.Current.CancellationToken);
        }

        var fault = await Assert.ThrowsAsync<LedgerReplacedException>(() =>
            ledger.BeginAsync(new("test", "inbox", "a", default, false, default, "test"), TestContext.Current.CancellationToken)
        );
        Assert.Contains(replaced ? "another ledger" : "gone", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Migrate_WhileAReportIsWritten_DoesNotWaitForIt()
    {
        var token = TestContext.Current.CancellationToken;
        var ledger = await CreateAsync();
        await using var report = await ledger.BeginAsync(new("test", "inbox", "a", default, false, default, "test"), token);

        // The report ends only after this line: waiting for it would be for ever.
        Assert.Empty(await new SqliteLedger(folder.File("0.db")).MigrateAsync(default, token));
    }

    [Fact]
    public async Task Begin_FailsAfterTakingTheLock_GivesItBack()
    {
        var ledger = await CreateAsync();
        using var other = new SqliteConnection($"Data Source={folder.File("0.db")};Pooling=False;Default Timeout=2");
        other.Open();
        using var command = other.CreateCommand();
        command.CommandText = "ALTER TABLE report RENAME TO report_of_a_newer_build";
        command.ExecuteNonQuery();

        await Assert.ThrowsAsync<SqliteException>(() =>
            ledger.BeginAsync(new("test", "inbox", "a", default, false, default, "test"), TestContext.Current.CancellationToken)
        );

        command.CommandText = "BEGIN IMMEDIATE";
        command.ExecuteNonQuery();
        command.CommandText = "ALTER TABLE report_of_a_newer_build RENAME TO report; COMMIT";
        command.ExecuteNonQuery();
        await StateAsync(ledger, commit: true, (TestCatalog.Series(TestCatalog.Flow, Frequency.Year), 1));
    }

    [Fact]
    public async Task Begin_WhileAReportIsWritten_WaitsWithoutAThread()
    {
        var token = TestContext.Current.CancellationToken;
        var ledger = await CreateAsync();
        var header = new ReportHeader("test", "inbox", "a", default, false, default, "test");
        using var gaveUp = CancellationTokenSource.CreateLinkedTokenSource(token);
        Task<IReportTransaction> second;
        Task write,
            cancelled;
        await using (await ledger.BeginAsync(header, token))
        {
            // Were they to wait on this very thread, the first report would never end.
            second = ledger.BeginAsync(header, token);
            write = ((IOutbox)ledger).MarkAllAsync("test", default, token);
            cancelled = ledger.BeginAsync(header, gaveUp.Token);
            Assert.False(second.IsCompleted || write.IsCompleted || cancelled.IsCompleted);
            await gaveUp.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        }

        await (await second).DisposeAsync();
        await write;
    }

    [Fact]
    public async Task Migrate_Again_DoesNothing()
    {
        var ledger = await CreateAsync();

        Assert.Empty(await ledger.MigrateAsync(DateTimeOffset.UnixEpoch, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Migrate_NewerLedger_IsRefusedWithBothVersions()
    {
        var ledger = await CreateAsync();
        using (var connection = new SqliteConnection($"Data Source={folder.File("0.db")}"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "INSERT INTO schema_migration VALUES (99, 'of the future', 0)";
            command.ExecuteNonQuery();
        }

        var fault = await Assert.ThrowsAsync<InvalidOperationException>(() =>
            ledger.MigrateAsync(DateTimeOffset.UnixEpoch, TestContext.Current.CancellationToken)
        );
        Assert.Contains("schema 99", fault.Message, StringComparison.Ordinal);
    }

    private static async Task StateAsync(ILedger ledger, bool commit, params (SeriesKey Series, decimal Value)[] figures)
    {
        var token = TestContext.Current.CancellationToken;
        await using var report = await ledger.BeginAsync(new("test", "inbox", "a", default, false, default, "test"), token);
        foreach (var (series, value) in figures)
            await report.AppendAsync(series, Period.Parse("2025"), FigureValue.Of(value), 'A', Vintage.Official, null, token);
        if (commit)
            await report.CommitAsync(0, token);
    }
}
