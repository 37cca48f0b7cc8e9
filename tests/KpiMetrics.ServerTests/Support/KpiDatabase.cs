using System.Globalization;
using KpiMetrics.Pipeline.Ledger.Copying;
using Npgsql;

namespace KpiMetrics.ServerTests.Support;

/// <summary>A look into the schema <c>kpi</c> past the product.</summary>
internal sealed class KpiDatabase(string connectionString) : IAsyncDisposable
{
    private readonly NpgsqlDataSource source = NpgsqlDataSource.Create(
        new NpgsqlConnectionStringBuilder(connectionString) { SearchPath = "kpi" }.ConnectionString
    );

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async Task ExecuteAsync(string sql)
    {
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Token);
    }

    /// <summary>What one statement gives, as text; "" for NULL or no row.</summary>
    public async Task<string> ValueAsync(string sql)
    {
        await using var command = source.CreateCommand(sql);
        return Convert.ToString(await command.ExecuteScalarAsync(Token), CultureInfo.InvariantCulture) ?? "";
    }

    /// <summary>Rows of all tables that a copy fills, besides the one that is made with the schema.</summary>
    public async Task<long> RowsAsync()
    {
        var counts = CopiedTables
            .All.Where(table => table.Name != CopiedTables.Identity)
            .Select(table => $"(SELECT COUNT(*) FROM {table.Name})");
        return long.Parse(await ValueAsync($"SELECT {string.Join(" + ", counts)}"), CultureInfo.InvariantCulture);
    }

    public ValueTask<NpgsqlConnection> OpenAsync() => source.OpenConnectionAsync(Token);

    public ValueTask DisposeAsync() => source.DisposeAsync();
}
