using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;
using KpiMetrics.Pipeline.Ledger;
using KpiMetrics.Pipeline.Ledger.Copying;
using KpiMetrics.Pipeline.Ledger.Postgres;
using KpiMetrics.Pipeline.Ledger.Sqlite;
using KpiMetrics.ServerTests.Servers;
using KpiMetrics.ServerTests.Support;
using KpiMetrics.Tests.Support;
using Microsoft.Data.Sqlite;

namespace KpiMetrics.ServerTests.Ledger;

/// <summary>A ledger file with what seldom is in one, copied into PostgreSQL.</summary>
public sealed class LedgerCopyTest(SharedPostgres postgres) : IDisposable
{
    private static readonly DateTimeOffset At = new(2026, 11, 20, 14, 0, 0, TimeSpan.FromHours(7));
    private static readonly SeriesKey Series = TestCatalog.Series(TestCatalog.Flow, Frequency.Month);

    private readonly TestFolder folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string LedgerFile => folder.File("ledger.db");

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("0.00")]
    [InlineData("1.50")]
    [InlineData("-79228162514264337593543950335")]
    [InlineData("0.0000000000000000000000000001")]
    public async Task Copy_ANumber_IsThereDigitForDigit(string digits)
    {
        await FillAsync();
        Execute($"INSERT INTO observation VALUES (1, 1511, 7, 1, 3, 1, '{digits}', NULL, 'A', NULL)");
        await using var database = new KpiDatabase(await CopyAsync());

        Assert.Equal(
            digits,
            await database.ValueAsync("SELECT number::text FROM observation WHERE period = 1511 AND year = 2025")
        );
    }

    [Fact]
    public async Task Copy_TextWithNul_IsKeptWithAnotherSignAndCounted()
    {
        await FillAsync();
        Execute(
            "INSERT INTO observation VALUES (1, 1511, 7, 1, 3, 1, NULL, CAST(x'C4906100626C' AS TEXT), 'A', 'a''\\b' || char(9, 10, 128512))"
        );
        var target = await postgres.CreateDatabaseAsync(Token);

        var result = await CopyAsync(target);

        Assert.Equal(1, result.ReplacedTexts);
        await using var database = new KpiDatabase(target);
        Assert.Equal("Đa\uFFFDbl", await database.ValueAsync("SELECT text FROM observation WHERE period = 1511"));
        Assert.Equal("a'\\b\t\n😀", await database.ValueAsync("SELECT note FROM observation WHERE period = 1511"));
    }

    [Theory]
    [InlineData("'1,5', NULL, 'A'", "number of the row observation (series_id 1, period 1511, year 2025) is no number")]
    [InlineData("'1e5', NULL, 'A'", "is no number")]
    [InlineData(
        "NULL, x'00', 'A'",
        "column text of the row observation (series_id 1, period 1511, year 2025) is of another kind"
    )]
    [InlineData("NULL, CAST(x'FF' AS TEXT), 'A'", "is no UTF-8 text")]
    public async Task Copy_AValueThatNoLedgerHas_IsRefusedWithItsPlaceAndNothingIsLeft(string values, string why)
    {
        await FillAsync();
        Execute($"INSERT INTO observation VALUES (1, 1511, 7, 1, 3, 1, {values}, NULL)");

        await RefusedAsync(await postgres.CreateDatabaseAsync(Token), why);
    }

    [Fact]
    public async Task Copy_SeriesOfAFigureIsMissing_IsRefused()
    {
        await FillAsync();
        Execute("INSERT INTO observation VALUES (77, 1511, 7, 1, 3, 1, '1', NULL, 'A', NULL)");

        await RefusedAsync(await postgres.CreateDatabaseAsync(Token), "there is no such series");
    }

    [Fact]
    public async Task Copy_PointsWereOnTheirWay_ArePublishedOnceMore()
    {
        await FillAsync();
        var ledger = new SqliteLedger(LedgerFile);
        var key = Assert.Single(await ledger.NextChangesAsync(10, Token));
        var lease = await ledger.TryLeaseAsync(new("a", At, TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(35)), Token);
        Assert.NotNull(lease);
        var point = new PublishedPoint(key.SeriesId, key.Period, 1);
        await ledger.ConfirmAsync(new(lease, 1, [point], At), [], [key], [], At, Token);
        await ledger.IntendAsync(new(lease, 2, [point], At), [point], Token);
        Assert.Empty(await ledger.NextChangesAsync(10, Token));
        Execute("INSERT INTO publish_rebuild VALUES (1, 2, 3, 'm')");
        Execute("INSERT INTO published_by VALUES ('f')");
        var target = await postgres.CreateDatabaseAsync(Token);

        var result = await CopyAsync(target);

        Assert.Equal(1, result.Requeued);
        await using var copy = new PostgresLedger(target);
        var again = Assert.Single(await copy.NextChangesAsync(10, Token));
        Assert.Equal((key.SeriesId, key.Period), (again.SeriesId, again.Period));
        var published = Assert.Single(await copy.ReadPublishedAsync([new(key.SeriesId, key.Period, key.Period)], Token));
        Assert.Equal(PublishedPoint.AnyField, published.Fields);
        Assert.Null(await copy.ReadHolderAsync(Token));
        Assert.Equal("m", (await copy.ReadRebuildAsync(Token))?.Done);
        Assert.Null(await copy.MarkWhereComputedOtherwiseAsync("f", "test", At, Token));
    }

    [Fact]
    public async Task Copy_NumbersOfDeletedRows_AreNotGivenAgain()
    {
        await FillAsync();
        Execute("UPDATE sqlite_sequence SET seq = 900 WHERE name = 'audit'");
        Execute("INSERT INTO source VALUES (50, 'other')");
        var target = await postgres.CreateDatabaseAsync(Token);
        await CopyAsync(target);
        await using var ledger = new PostgresLedger(target);

        await ReportAsync(ledger, "new", 6m);

        await using var database = new KpiDatabase(target);
        Assert.Equal("51", await database.ValueAsync("SELECT id FROM source WHERE name = 'new'"));
        Assert.Equal("901", await database.ValueAsync("SELECT id FROM audit WHERE action = 'ledger copy'"));
        Assert.Equal("902", await database.ValueAsync("SELECT MAX(id) FROM audit"));
    }

    [Fact]
    public async Task Copy_TargetHoldsSomething_IsRefusedAndNamesIt()
    {
        await FillAsync();
        var target = await CopyAsync();
        await using var database = new KpiDatabase(target);
        var before = await database.RowsAsync();

        var fault = await Assert.ThrowsAsync<LedgerCopyException>(() => CopyAsync(target));

        Assert.Contains("series 1, source 1, report 1, observation 1, audit 2", fault.Message, StringComparison.Ordinal);
        Assert.Equal(before, await database.RowsAsync());
    }

    [Fact]
    public async Task Copy_AWorkerRunsOnTheTarget_IsRefused()
    {
        await FillAsync();
        var target = await postgres.CreateLedgerAsync(Token);
        await using var ledger = new PostgresLedger(target);
        var claim = await ledger.TryTakeClaimAsync("worker/a", "a", TimeSpan.FromMinutes(1), _ => false, Token);
        Assert.NotNull(claim);

        await RefusedAsync(target, "A worker runs on");

        await ledger.GiveBackClaimAsync(claim, Token);
        await CopyAsync(target);
    }

    [Fact]
    public async Task Copy_AProcessHasTheFileOpen_IsRefused()
    {
        await FillAsync();
        var target = await postgres.CreateDatabaseAsync(Token);
        await using (await new SqliteLedger(LedgerFile).OpenSnapshotAsync(null, Token))
        {
            var fault = await Assert.ThrowsAsync<LedgerCopyException>(() => CopyAsync(target));
            Assert.Contains("stop the worker first", fault.Message, StringComparison.Ordinal);
        }

        await CopyAsync(target);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Copy_Cancelled_LeavesNothingAndASecondTryWorks(bool whileComparing)
    {
        await FillAsync();
        Execute(
            """
            INSERT INTO observation WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 25000)
            SELECT 1, 1400, i, 1, 3, 1, i || '.50', NULL, 'A', NULL FROM n
            """
        );
        var target = await postgres.CreateDatabaseAsync(Token);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            CopyAsync(
                target,
                far =>
                {
                    if (far is { Table: "observation", Rows: 20_000 } && far.IsComparing == whileComparing)
                        stop.Cancel();
                },
                stop.Token
            )
        );

        await using var database = new KpiDatabase(target);
        Assert.Equal(0, await database.RowsAsync());
        Assert.Equal(25_001, (await CopyAsync(target)).Tables.Single(table => table.Table == "observation").Rows);
    }

    [Fact]
    public async Task Copy_TheTargetKeepsSomethingElse_IsNoticedAndNothingIsLeft()
    {
        await FillAsync();
        var target = await postgres.CreateLedgerAsync(Token);
        await using var database = new KpiDatabase(target);
        await database.ExecuteAsync(
            "CREATE FUNCTION falsify() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.number := NEW.number + 0.00; RETURN NEW; END $$"
        );
        await database.ExecuteAsync(
            "CREATE TRIGGER falsify BEFORE INSERT ON observation FOR EACH ROW EXECUTE FUNCTION falsify()"
        );

        await RefusedAsync(target, "The table observation came out otherwise than it went in: 1 rows");
    }

    [Fact]
    public async Task Copy_FileIsNone_IsRefusedAndNotMade()
    {
        var target = await postgres.CreateDatabaseAsync(Token);
        await Assert.ThrowsAsync<LedgerCopyException>(() => CopyAsync(target));
        Assert.False(File.Exists(LedgerFile));

        await File.WriteAllTextAsync(
            LedgerFile,
            "no ledger at all, but long enough for one's header to be looked at, I hope",
            Token
        );
        await Assert.ThrowsAsync<LedgerCopyException>(() => CopyAsync(target));
        await File.WriteAllTextAsync(LedgerFile, "", Token);
        var fault = await Assert.ThrowsAsync<LedgerCopyException>(() => CopyAsync(target));

        Assert.Contains("is no ledger", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Copy_FileIsOfANewerBuild_IsRefused()
    {
        await FillAsync();
        Execute("INSERT INTO schema_migration VALUES (99, 'of the future', 0)");
        var target = await postgres.CreateDatabaseAsync(Token);

        var fault = await Assert.ThrowsAsync<InvalidOperationException>(() => CopyAsync(target));

        Assert.Contains("schema 99", fault.Message, StringComparison.Ordinal);
    }

    private async Task FillAsync()
    {
        var ledger = new SqliteLedger(LedgerFile);
        await ledger.MigrateAsync(At, Token);
        await ReportAsync(ledger, "forms", 5m);
    }

    private static async Task ReportAsync(ILedger ledger, string source, decimal value)
    {
        await using var report = await ledger.BeginAsync(
            new(TestCatalog.Set.Code, source, "a.csv", At, false, At, "test"),
            Token
        );
        await report.AppendAsync(Series, Period.Parse("2025-11"), FigureValue.Of(value), 'A', Vintage.Official, null, Token);
        await report.CommitAsync(0, Token);
    }

    private async Task<string> CopyAsync()
    {
        var target = await postgres.CreateDatabaseAsync(Token);
        await CopyAsync(target);
        return target;
    }

    private Task<LedgerCopyResult> CopyAsync(string target) => CopyAsync(target, _ => { }, Token);

    private Task<LedgerCopyResult> CopyAsync(string target, Action<LedgerCopyProgress> progress, CancellationToken stop)
    {
        SqliteConnection.ClearAllPools(); // they keep connections open as a running process would
        return LedgerCopy.RunAsync(LedgerFile, target, "test", At, progress, stop);
    }

    private async Task RefusedAsync(string target, string why)
    {
        var fault = await Assert.ThrowsAsync<LedgerCopyException>(() => CopyAsync(target));
        Assert.Contains(why, fault.Message, StringComparison.Ordinal);
        await using var database = new KpiDatabase(target);
        Assert.Equal(0, await database.RowsAsync());
    }

    private void Execute(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={LedgerFile};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
