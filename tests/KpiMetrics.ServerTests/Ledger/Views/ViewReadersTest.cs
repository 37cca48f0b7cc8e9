using KpiMetrics.Pipeline.Ledger.Postgres;
using KpiMetrics.ServerTests.Servers;
using Npgsql;

namespace KpiMetrics.ServerTests.Ledger.Views;

/// <summary>Who may read the views may do nothing else. On a server of its own, as roles belong to a whole server.</summary>
public sealed class ViewReadersTest
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Reader_MadeAfterTheLedger_ReadsAllViewsOnceMigratedAgainAndNothingElse()
    {
        if (PostgresServer.Find() is not { } programs)
        {
            MissingServer.Require("No PostgreSQL; apt-get install postgresql, or name the folder of initdb in PG_BIN.");
            return;
        }
        await using var server = await PostgresServer.StartAsync(programs, [], Token);
        var database = await server.CreateDatabaseAsync("ledger", null, Token);
        await using var ledger = new PostgresLedger(database);
        await using var owner = new ViewReader(database);
        await ledger.MigrateAsync(DateTimeOffset.UnixEpoch, Token);
        await owner.DoAsync(
            """
            CREATE ROLE kpi_reader NOLOGIN;
            CREATE ROLE board LOGIN PASSWORD 'p' IN ROLE kpi_reader;
            ALTER ROLE board SET default_transaction_read_only = on;
            """
        );
        await using var board = new ViewReader(
            new NpgsqlConnectionStringBuilder(database) { Username = "board", Password = "p" }.ConnectionString
        );
        await RefusedAsync(board, "SELECT * FROM kpi.v_latest", PostgresErrorCodes.InsufficientPrivilege);

        Assert.Empty(await ledger.MigrateAsync(DateTimeOffset.UnixEpoch, Token));

        foreach (var (name, kind) in await RelationsAsync(owner))
        {
            if (kind == "v" && name.StartsWith("v_", StringComparison.Ordinal))
                await board.RowsAsync($"SELECT * FROM {name}");
            else
                await RefusedAsync(board, $"SELECT * FROM {name}", PostgresErrorCodes.InsufficientPrivilege);
        }
        foreach (
            var sql in (string[])
                [
                    "INSERT INTO token (name, role, hash, created_at, created_by) VALUES ('a', 'admin', '', 0, 'a')",
                    "UPDATE ledger_identity SET id = 'a'",
                    "UPDATE v_claim SET holder = 'a'",
                    "DELETE FROM v_refused_point",
                    "SELECT grant_views('board')",
                    "CREATE TABLE mine (n int)",
                    "CREATE VIEW mine AS SELECT 1",
                ]
        )
        {
            var fault = await Assert.ThrowsAsync<PostgresException>(() => board.DoAsync(sql));
            Assert.Contains(fault.SqlState, Refusals);
            // What is set for the role is a belt; the rights are what holds.
            fault = await Assert.ThrowsAsync<PostgresException>(() => board.DoAsync("SET transaction_read_only = off; " + sql));
            Assert.Contains(fault.SqlState, Refusals.Skip(1));
        }
        Assert.Equal("on", await board.OneAsync("SHOW transaction_read_only"));
    }

    private static readonly string[] Refusals =
    [
        PostgresErrorCodes.ReadOnlySqlTransaction,
        PostgresErrorCodes.InsufficientPrivilege,
        PostgresErrorCodes.ObjectNotInPrerequisiteState, // a view that nobody can write to
    ];

    private static async Task<List<(string Name, string Kind)>> RelationsAsync(ViewReader owner)
    {
        var rows = await owner.RowsAsync(
            """
            SELECT c.relname, c.relkind::text FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname = 'kpi' AND c.relkind IN ('v', 'r', 'p')
            """
        );
        Assert.Contains("v_latest|v", rows);
        Assert.Contains("token|r", rows);
        Assert.Contains("observation|p", rows);
        return rows.ConvertAll(row => (row.Split('|')[0], row.Split('|')[1]));
    }

    private static async Task RefusedAsync(ViewReader reader, string sql, string state) =>
        Assert.Equal(state, (await Assert.ThrowsAsync<PostgresException>(() => reader.RowsAsync(sql))).SqlState);
}
