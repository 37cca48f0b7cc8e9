using Microsoft.Data.Sqlite;

namespace KpiMetrics.Benchmarks.Intake;

/// <summary>A prepared upsert of rows ready parsed into one table of a SQLite file, in the order of its key, in one transaction.</summary>
internal sealed class BareSqlite(string folder) : IIntakeContender
{
    private int turn;

    public Task StartTurnAsync()
    {
        turn++;
        using var connection = Open();
        using var command = connection.CreateCommand();
        command.CommandText =
            "PRAGMA journal_mode = WAL; CREATE TABLE o (series INTEGER, period INTEGER, value TEXT, PRIMARY KEY (series, period)) WITHOUT ROWID";
        command.ExecuteNonQuery();
        return Task.CompletedTask;
    }

    public Task TakeAsync(int report)
    {
        using var connection = Open();
        using var command = connection.CreateCommand();
        using var transaction = connection.BeginTransaction();
        command.Transaction = transaction;
        command.CommandText = "INSERT INTO o VALUES ($1, $2, $3) ON CONFLICT DO UPDATE SET value = excluded.value";
        var (series, period, value) = (
            command.Parameters.Add("$1", SqliteType.Integer),
            command.Parameters.Add("$2", SqliteType.Integer),
            command.Parameters.Add("$3", SqliteType.Text)
        );
        for (var s = 0; s < IntakeData.Series; s++)
        {
            for (var m = 0; m < IntakeData.Months; m++)
            {
                (series.Value, period.Value, value.Value) = (s, m, IntakeData.Text(report, s, m));
                command.ExecuteNonQuery();
            }
        }
        transaction.Commit();
        return Task.CompletedTask;
    }

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection($"Data Source={Path.Combine(folder, $"bare{turn}.db")}");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA synchronous = FULL; PRAGMA cache_size = -32000";
        command.ExecuteNonQuery();
        return connection;
    }
}
