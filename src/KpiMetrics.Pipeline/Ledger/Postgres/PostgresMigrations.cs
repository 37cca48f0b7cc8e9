using System.Globalization;
using KpiMetrics.Pipeline.Ledger.Sql;
using Npgsql;

namespace KpiMetrics.Pipeline.Ledger.Postgres;

/// <summary>The numbered SQL files that bring a database to the schema of this build, each once, in order.</summary>
internal static class PostgresMigrations
{
    /// <summary>Runs what is missing in one transaction, under a lock that all processes know, and names it; readers are let in whenever they lack something.</summary>
    /// <exception cref="InvalidOperationException">The schema was written by a newer build.</exception>
    public static async Task<IReadOnlyList<string>> RunAsync(
        PostgresDatabase database,
        DateTimeOffset at,
        CancellationToken cancellationToken
    )
    {
        var steps = MigrationFiles.Of(typeof(PostgresMigrations));
        await using var connection = await database.ConnectAsync(cancellationToken);
        // Without a lock: who only reads must not wait for anybody, and need not be allowed to create anything.
        if (await VersionAsync(connection, cancellationToken) == steps[^1].Version)
        {
            await PostgresReaders.GrantAsync(connection, cancellationToken);
            return [];
        }
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var locking = new PostgresBatch(connection, transaction);
        PostgresDatabase.Lock(locking, WriteLock.Migration);
        await locking.SendAsync(cancellationToken);
        var present = await VersionAsync(connection, cancellationToken);
        if (present > steps[^1].Version)
        {
            throw new InvalidOperationException(
                $"The ledger {database.Place} is at schema {present}, this build knows {steps[^1].Version}: run the newer build."
            );
        }
        if (present == 0)
            await ExecuteAsync(
                connection,
                $"""
                CREATE SCHEMA IF NOT EXISTS {PostgresDatabase.Schema};
                CREATE TABLE {PostgresDatabase.Schema}.schema_migration (version INTEGER PRIMARY KEY, name TEXT NOT NULL, applied_at BIGINT NOT NULL);
                """,
                cancellationToken
            );
        var missing = steps.Where(step => step.Version > present).ToList();
        foreach (var step in missing)
        {
            await ExecuteAsync(connection, step.Sql, cancellationToken);
            await using var record = new NpgsqlCommand("INSERT INTO schema_migration VALUES ($1, $2, $3)", connection);
            record.Parameters.Add(new() { Value = step.Version });
            record.Parameters.Add(new() { Value = step.Name });
            record.Parameters.Add(new() { Value = at.ToUnixTimeMilliseconds() });
            await record.ExecuteNonQueryAsync(cancellationToken);
        }
        await transaction.CommitAsync(cancellationToken);
        await PostgresReaders.GrantAsync(connection, cancellationToken);
        return missing.ConvertAll(step => step.Name);
    }

    private static async Task<int> VersionAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        // Not to_regclass: it may answer from what this session remembers of the time before it got the lock.
        await using var find = new NpgsqlCommand(
            $"SELECT TRUE FROM pg_catalog.pg_tables WHERE schemaname = '{PostgresDatabase.Schema}' AND tablename = 'schema_migration'",
            connection
        );
        if (await find.ExecuteScalarAsync(cancellationToken) is not true)
            return 0;
        await using var version = new NpgsqlCommand("SELECT COALESCE(MAX(version), 0) FROM schema_migration", connection);
        return Convert.ToInt32(await version.ExecuteScalarAsync(cancellationToken), CultureInfo.InvariantCulture);
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
