using KpiMetrics.Pipeline.Ledger;
using KpiMetrics.Tests.Support;
using Microsoft.Data.Sqlite;

namespace KpiMetrics.Tests.Ledger;

public sealed class SqlitePlansTest : PlansContract, IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    protected override Task<ILedger> CreateAsync() => SqliteLedgers.CreateAsync(folder, "ledger.db");

    [Theory]
    [InlineData("UPDATE plan SET number = '7'")]
    [InlineData("DELETE FROM plan")]
    public async Task Plan_ChangedBehindOurBack_IsRefusedByTheStore(string sql)
    {
        await ReportAsync(await CreateAsync(), Start, stated: false, Plan("2026", 1200m));
        using var connection = new SqliteConnection($"Data Source={folder.File("ledger.db")}");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;

        var fault = Assert.Throws<SqliteException>(() => command.ExecuteNonQuery());
        Assert.Contains("append-only", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Migrate_ALedgerOfTheBuildBefore_GetsPlans()
    {
        var ledger = await CreateAsync();
        using (var connection = new SqliteConnection($"Data Source={folder.File("ledger.db")}"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = """
                DROP TABLE plan;
                DROP INDEX series_by_measure;
                DROP TABLE schedule_change;
                DELETE FROM schema_migration WHERE version >= 2
                """;
            command.ExecuteNonQuery();
        }

        Assert.Equal(["0002_plan", "0005_schedule"], await ledger.MigrateAsync(Start, TestContext.Current.CancellationToken));

        Assert.Equal(1, (await ReportAsync(ledger, Start, stated: false, Plan("2026", 1200m))).Recorded);
    }
}
