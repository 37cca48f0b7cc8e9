using KpiMetrics.Pipeline.Ledger.Postgres;
using KpiMetrics.ServerTests.Servers;
using Npgsql;

namespace KpiMetrics.ServerTests.Ledger;

public sealed class PostgresMigrationTest(SharedPostgres postgres)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Migrate_AnEmptyDatabase_RunsAllStepsOnce()
    {
        await using var ledger = new PostgresLedger(await postgres.CreateDatabaseAsync(Token));

        var steps = await ledger.MigrateAsync(DateTimeOffset.UnixEpoch, Token);

        Assert.Equal("0001_ledger", steps[0]);
        Assert.Empty(await ledger.MigrateAsync(DateTimeOffset.UnixEpoch, Token));
    }

    [Fact]
    public async Task Migrate_ByManyAtOnce_RunsEachStepOnce()
    {
        var database = await postgres.CreateDatabaseAsync(Token);
        var done = await Task.WhenAll(
            Enumerable
                .Range(0, 8)
                .Select(async _ =>
                {
                    await using var ledger = new PostgresLedger(database);
                    return await ledger.MigrateAsync(DateTimeOffset.UnixEpoch, Token);
                })
        );

        Assert.Single(done, steps => steps.Count > 0);
    }

    [Fact]
    public async Task Migrate_NewerLedger_IsRefusedWithBothVersionsAndWithoutThePassword()
    {
        var database = await postgres.CreateDatabaseAsync(Token);
        await using var ledger = new PostgresLedger(database);
        await ledger.MigrateAsync(DateTimeOffset.UnixEpoch, Token);
        await ExecuteAsync(database, "INSERT INTO kpi.schema_migration VALUES (99, 'of the future', 0)");

        var fault = await Assert.ThrowsAsync<InvalidOperationException>(() =>
            ledger.MigrateAsync(DateTimeOffset.UnixEpoch, Token)
        );

        Assert.Contains("schema 99", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(
            new NpgsqlConnectionStringBuilder(database).Password ?? "",
            fault.ToString(),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("secret")]
    [InlineData("Password=secret;secret2=secret")]
    [InlineData("Host=a;Port=secret")]
    [InlineData("Username=kpi;Password=secret")]
    public void Open_NoConnectionString_IsRefusedWithoutRepeatingIt(string given)
    {
        var fault = Assert.Throws<ArgumentException>(() => new PostgresLedger(given));

        Assert.DoesNotContain("secret", fault.ToString(), StringComparison.Ordinal);
        Assert.Contains("Host=", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("observation", "INSERT INTO kpi.observation VALUES (1, 2026, 126, 0, 1, 3, 1, 1.50, NULL, 'A', NULL)")]
    [InlineData("observation_2026", "INSERT INTO kpi.observation VALUES (1, 2026, 126, 0, 1, 3, 1, 1.50, NULL, 'A', NULL)")]
    [InlineData("exemption", "INSERT INTO kpi.exemption VALUES (1, 2, 3, 4, 5, 1, NULL, 'a', 'b')")]
    [InlineData(
        "schedule_change",
        "INSERT INTO kpi.schedule_change VALUES (1, 'a', 0, 'a', 'b', 'set', 0, NULL, NULL, 0, NULL, NULL)"
    )]
    [InlineData("plan", "INSERT INTO kpi.plan VALUES ('s', 'm', '', 'a', '', 2026, '2026', 0, 1, 1, 1.50, NULL, NULL)")]
    public async Task Row_ChangedBehindOurBack_IsRefusedByTheStore(string table, string insert)
    {
        var database = await postgres.CreateDatabaseAsync(Token);
        await using var ledger = new PostgresLedger(database);
        await ledger.MigrateAsync(DateTimeOffset.UnixEpoch, Token);
        await ExecuteAsync(database, insert);
        var column = table switch
        {
            "observation" or "observation_2026" or "plan" => "number = 7",
            "exemption" => "kind = 2",
            _ => "cron = NULL",
        };

        foreach (var sql in (string[])[$"UPDATE kpi.{table} SET {column}", $"DELETE FROM kpi.{table}", $"TRUNCATE kpi.{table}"])
        {
            var fault = await Assert.ThrowsAsync<PostgresException>(() => ExecuteAsync(database, sql));
            Assert.Contains("append-only", fault.MessageText, StringComparison.Ordinal);
        }
    }

    private static async Task ExecuteAsync(string database, string sql)
    {
        await using var source = NpgsqlDataSource.Create(database);
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Token);
    }
}
