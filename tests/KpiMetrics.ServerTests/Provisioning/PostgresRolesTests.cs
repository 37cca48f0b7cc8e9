using KpiMetrics.Pipeline.Ledger.Postgres;
using KpiMetrics.ServerTests.Servers;
using KpiMetrics.Tests.Support;
using Npgsql;

namespace KpiMetrics.ServerTests.Provisioning;

/// <summary>provisioning/postgres on a real server: who is there afterwards, and what they may.</summary>
public sealed class PostgresRolesTests
{
    private const string Awkward = """it's "quoted" \ $HOME ünd;""";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Roles_AfterTheScript_OwnerMayAllGrafanaReadsWhatIsGrantedAndTheSuperuserHasNoPassword()
    {
        if (PostgresServer.Find() is not { } programs)
        {
            MissingServer.Require("No PostgreSQL; apt-get install postgresql, or name the folder of initdb in PG_BIN.");
            return;
        }
        await using var server = await PostgresServer.StartAsync(programs, [], Token);
        var super = await SuperuserAsync(server);

        await ProvisionAsync(programs, super);

        await using (var ledger = new PostgresLedger(StringFor(super, "kpi", "kpi's own")))
            await ledger.MigrateAsync(DateTimeOffset.UnixEpoch, Token);
        await using (var owner = await OpenAsync(super, "kpi", "kpi's own"))
        {
            Assert.Equal(
                "f/f/f",
                await AskAsync(
                    owner,
                    "SELECT concat_ws('/', rolsuper, rolcreaterole, rolcreatedb) FROM pg_roles WHERE rolname = current_user"
                )
            );
        }
        await using (var grafana = await OpenAsync(super, "grafana", Awkward))
        {
            Assert.Equal("0", await AskAsync(grafana, "SELECT count(*)::text FROM v_latest"));
            Assert.Equal("0", await AskAsync(grafana, "SELECT outbox::text FROM v_engine"));
            Assert.Equal("30s", await AskAsync(grafana, "SHOW statement_timeout"));
            await RefusedAsync(grafana, "SELECT * FROM token", PostgresErrorCodes.InsufficientPrivilege);
            await RefusedAsync(grafana, "CREATE TABLE mine (n int)", PostgresErrorCodes.ReadOnlySqlTransaction);
            await RefusedAsync(
                grafana,
                "SET transaction_read_only = off; CREATE TABLE mine (n int)",
                PostgresErrorCodes.InsufficientPrivilege
            );
        }
        var locked = await Assert.ThrowsAsync<PostgresException>(async () => await OpenAsync(super, null, null));
        Assert.Equal(PostgresErrorCodes.InvalidPassword, locked.SqlState);
    }

    /// <summary>A superuser as in the image: not called <c>kpi</c>, as the server's first one is in these tests.</summary>
    private static async Task<NpgsqlConnectionStringBuilder> SuperuserAsync(PostgresServer server)
    {
        const string name = "boss";
        var first = new NpgsqlConnectionStringBuilder(server.ConnectionString) { Pooling = false };
        await using (var connection = new NpgsqlConnection(first.ConnectionString))
        {
            await connection.OpenAsync(Token);
            await DoAsync(connection, $"CREATE ROLE {name} SUPERUSER LOGIN PASSWORD '{first.Password}'");
        }
        first.Username = name;
        await using (var connection = new NpgsqlConnection(first.ConnectionString))
        {
            await connection.OpenAsync(Token);
            await DoAsync(connection, "ALTER ROLE kpi RENAME TO first");
        }
        return first;
    }

    private static async Task ProvisionAsync(string programs, NpgsqlConnectionStringBuilder super)
    {
        var psql = new[] { programs, "/usr/bin" }.Select(folder => Path.Combine(folder, "psql")).FirstOrDefault(File.Exists);
        if (psql is null)
            MissingServer.Require($"No psql in {programs} or /usr/bin; apt-get install postgresql-client.");
        var environment = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["PATH"] = $"{Path.GetDirectoryName(psql)}:/usr/bin:/bin",
            ["PGHOST"] = super.Host!, // PostgresServer sets both
            ["PGPORT"] = $"{super.Port}",
            ["PGPASSWORD"] = super.Password!,
            ["POSTGRES_USER"] = super.Username!,
            ["POSTGRES_PASSWORD"] = "kpi's own",
            ["GRAFANA_PASSWORD"] = Awkward,
        };
        var script = Path.Combine(Repository.Root, "provisioning/postgres/10-roles.sh");
        var (exitCode, output, error) = await Tool.RunAsync("/bin/sh", [script], environment);
        Assert.True(exitCode == 0, output + error);
    }

    /// <summary>To the database kpi; as the superuser with the password he had where no user is named.</summary>
    private static async Task<NpgsqlConnection> OpenAsync(NpgsqlConnectionStringBuilder super, string? user, string? password)
    {
        var connection = new NpgsqlConnection(StringFor(super, user, password));
        await connection.OpenAsync(Token);
        return connection;
    }

    private static string StringFor(NpgsqlConnectionStringBuilder super, string? user, string? password)
    {
        var settings = new NpgsqlConnectionStringBuilder(super.ConnectionString) { Database = "kpi" };
        if (user is not null)
            (settings.Username, settings.Password) = (user, password);
        return settings.ConnectionString;
    }

    private static async Task DoAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Token);
    }

    private static async Task<string?> AskAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return (string?)await command.ExecuteScalarAsync(Token);
    }

    private static async Task RefusedAsync(NpgsqlConnection connection, string sql, string state) =>
        Assert.Equal(state, (await Assert.ThrowsAsync<PostgresException>(() => DoAsync(connection, sql))).SqlState);
}
