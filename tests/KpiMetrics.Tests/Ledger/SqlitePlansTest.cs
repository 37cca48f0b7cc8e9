using KpiMetrics.Pipeline.Ledger;
using KpiMetrics.Pipeline.Ledger.Sqlite;
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
    public async Task Migrate_ALedgerOfTheFirstBuild_GetsPlansAndAllThatFollowed()
    {
        using (var connection = new SqliteConnection($"Data Source={folder.File("ledger.db")}"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText =
                FirstMigration()
                + """
                    CREATE TABLE schema_migration (version INTEGER PRIMARY KEY, name TEXT NOT NULL, applied_at INTEGER NOT NULL);
                    INSERT INTO schema_migration VALUES (1, '0001_ledger', 0);
                    """;
            command.ExecuteNonQuery();
        }
        var ledger = new SqliteLedger(folder.File("ledger.db"));

        var steps = await ledger.MigrateAsync(Start, TestContext.Current.CancellationToken);

        Assert.Equal("0002_plan", steps[0]);
        Assert.Equal(steps.Order(StringComparer.Ordinal), steps);
        Assert.Empty(await ledger.MigrateAsync(Start, TestContext.Current.CancellationToken));
        Assert.Equal(1, (await ReportAsync(ledger, Start, stated: false, Plan("2026", 1200m))).Recorded);
    }

    private static string FirstMigration()
    {
        var assembly = typeof(SqliteLedger).Assembly;
        var name = assembly
            .GetManifestResourceNames()
            .Single(of => of.EndsWith("Sqlite.Migrations.0001_ledger.sql", StringComparison.Ordinal));
        using var stream = assembly.GetManifestResourceStream(name);
        Assert.NotNull(stream);
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
