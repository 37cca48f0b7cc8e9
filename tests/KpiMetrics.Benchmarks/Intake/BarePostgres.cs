using Npgsql;
using NpgsqlTypes;

namespace KpiMetrics.Benchmarks.Intake;

/// <summary>Binary COPY of rows ready parsed to a staging table, then one INSERT .. SELECT .. ON CONFLICT into the table, in one transaction.</summary>
internal sealed class BarePostgres(string connectionString) : IIntakeContender, IAsyncDisposable
{
    private readonly NpgsqlDataSource source = NpgsqlDataSource.Create(connectionString);

    public async Task StartTurnAsync()
    {
        const string Tables = """
            DROP TABLE IF EXISTS o;
            DROP TABLE IF EXISTS staging;
            CREATE TABLE o (series int, period int, value numeric, PRIMARY KEY (series, period));
            CREATE UNLOGGED TABLE staging (series int, period int, value numeric);
            """;
        await using var command = source.CreateCommand(Tables);
        await command.ExecuteNonQueryAsync();
    }

    public async Task TakeAsync(int report)
    {
        await using var connection = await source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await ExecuteAsync(connection, "TRUNCATE staging");
        await using (var rows = await connection.BeginBinaryImportAsync("COPY staging FROM STDIN (FORMAT BINARY)"))
        {
            for (var s = 0; s < IntakeData.Series; s++)
            {
                for (var m = 0; m < IntakeData.Months; m++)
                {
                    await rows.StartRowAsync();
                    await rows.WriteAsync(s, NpgsqlDbType.Integer);
                    await rows.WriteAsync(m, NpgsqlDbType.Integer);
                    await rows.WriteAsync(IntakeData.Value(report, s, m), NpgsqlDbType.Numeric);
                }
            }
            await rows.CompleteAsync();
        }
        await ExecuteAsync(
            connection,
            "INSERT INTO o SELECT * FROM staging ON CONFLICT (series, period) DO UPDATE SET value = excluded.value"
        );
        await transaction.CommitAsync();
    }

    public ValueTask DisposeAsync() => source.DisposeAsync();

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
