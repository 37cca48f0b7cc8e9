using System.Globalization;
using Npgsql;

namespace KpiMetrics.ServerTests.Ledger.Views;

/// <summary>Asks a ledger in PostgreSQL as a board does.</summary>
internal sealed class ViewReader(string database) : IAsyncDisposable
{
    private readonly NpgsqlDataSource source = NpgsqlDataSource.Create(
        new NpgsqlConnectionStringBuilder(database) { SearchPath = "kpi", Timezone = "UTC" }.ConnectionString
    );

    private string? original;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Each row's columns with a bar between; what is empty is nothing.</summary>
    public async Task<List<string>> RowsAsync(string sql)
    {
        await using var command = source.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync(Token);
        var rows = new List<string>();
        while (await reader.ReadAsync(Token))
        {
            rows.Add(
                string.Join(
                    '|',
                    Enumerable
                        .Range(0, reader.FieldCount)
                        .Select(column =>
                            reader.IsDBNull(column) ? "" : Convert.ToString(reader.GetValue(column), CultureInfo.InvariantCulture)
                        )
                )
            );
        }
        return rows;
    }

    public async Task<string> OneAsync(string sql) => Assert.Single(await RowsAsync(sql));

    public async Task DoAsync(string sql)
    {
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Token);
    }

    /// <summary>Stops the clock of the views of obligations and of quality: from now on they stand as at the instant. What else they say is as it was migrated.</summary>
    public async Task StopClockAsync(DateTimeOffset at)
    {
        const string view = "obligation_now";
        original ??= await OneAsync($"SELECT pg_get_viewdef('kpi.{view}')");
        Assert.Contains("now()", original, StringComparison.Ordinal);
        var stopped = string.Create(
            CultureInfo.InvariantCulture,
            $"TIMESTAMPTZ '{at.UtcDateTime:yyyy-MM-dd HH:mm:ss.ffffff}+00'"
        );
        await DoAsync($"CREATE OR REPLACE VIEW {view} AS {original.Replace("now()", stopped, StringComparison.Ordinal)}");
        await DoAsync(
            $"CREATE OR REPLACE FUNCTION quality_now() RETURNS TIMESTAMPTZ LANGUAGE sql STABLE PARALLEL SAFE AS $$ SELECT {stopped} $$"
        );
    }

    public ValueTask DisposeAsync() => source.DisposeAsync();
}
