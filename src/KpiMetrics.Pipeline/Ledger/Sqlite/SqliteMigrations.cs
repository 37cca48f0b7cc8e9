using System.Globalization;
using KpiMetrics.Pipeline.Ledger.Sql;
using Microsoft.Data.Sqlite;

namespace KpiMetrics.Pipeline.Ledger.Sqlite;

/// <summary>The numbered SQL files that bring a ledger file to the schema of this build, each once, in order.</summary>
internal static class SqliteMigrations
{
    /// <summary>Runs what is missing in one exclusive transaction and names it.</summary>
    /// <exception cref="InvalidOperationException">The file was written by a newer build.</exception>
    public static IReadOnlyList<string> Run(SqliteConnection connection, DateTimeOffset at)
    {
        var steps = MigrationFiles.Of(typeof(SqliteMigrations));
        if (IsCurrent(connection, steps[^1].Version))
            return [];
        using var transaction = connection.BeginTransaction(deferred: false);
        SqliteDatabase.Execute(
            connection,
            "CREATE TABLE IF NOT EXISTS schema_migration (version INTEGER PRIMARY KEY, name TEXT NOT NULL, applied_at INTEGER NOT NULL)",
            transaction
        );
        var present = Version(connection, transaction);
        if (present > steps[^1].Version)
        {
            throw new InvalidOperationException(
                $"The SQLite ledger '{connection.DataSource}' is at schema {present}, this build knows {steps[^1].Version}: run the newer build."
            );
        }
        var missing = steps.Where(step => step.Version > present).ToList();
        using var record = connection.Prepare(transaction, "INSERT INTO schema_migration VALUES ($1, $2, $3)", 3);
        foreach (var step in missing)
        {
            SqliteDatabase.Execute(connection, step.Sql, transaction);
            record.With(step.Version, step.Name, at.ToUnixTimeMilliseconds()).ExecuteNonQuery();
        }
        transaction.Commit();
        return missing.ConvertAll(step => step.Name);
    }

    // Without a lock: who only reads must not wait for a report that is being written.
    private static bool IsCurrent(SqliteConnection connection, int newest)
    {
        using var find = connection.Prepare(null, "SELECT 1 FROM sqlite_schema WHERE name = 'schema_migration'", 0);
        return find.ExecuteScalar() is not null && Version(connection, null) == newest;
    }

    private static int Version(SqliteConnection connection, SqliteTransaction? transaction)
    {
        using var command = connection.Prepare(transaction, "SELECT COALESCE(MAX(version), 0) FROM schema_migration", 0);
        return Convert.ToInt32(command.ExecuteScalar(), CultureInfo.InvariantCulture);
    }
}
