using KpiMetrics.Pipeline.Ledger.Copying;
using KpiMetrics.Tests.Support;
using Microsoft.Data.Sqlite;

namespace KpiMetrics.Tests.Ledger;

/// <summary>What <c>ledger copy</c> knows of a ledger in SQLite is all there is in one.</summary>
public sealed class CopiedTablesTest : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Copy_OfSqlite_KnowsEveryTableAndColumn()
    {
        await SqliteLedgers.CreateAsync(folder, "ledger.db");
        var tables = Read("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'");
        var columns = Read(
            """
            SELECT t.name || '.' || c.name || ' ' || c.type FROM sqlite_schema t JOIN pragma_table_info(t.name) c
            WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%'
            """
        );

        Assert.Equal(
            CopiedTables.All.Select(table => table.Name).Concat(CopiedTables.LeftOut.Keys).Order(StringComparer.Ordinal),
            tables.Order(StringComparer.Ordinal)
        );
        Assert.Equal(
            (
                from table in CopiedTables.All
                from column in table.Columns
                where column.Kind != CopiedKind.Year
                select $"{table.Name}.{column.Name} {TypeOf(column.Kind)}"
            ).Order(StringComparer.Ordinal),
            columns
                .Where(column => !CopiedTables.LeftOut.ContainsKey(column[..column.IndexOf('.', StringComparison.Ordinal)]))
                .Order(StringComparer.Ordinal)
        );
    }

    private static string TypeOf(CopiedKind kind) =>
        kind switch
        {
            CopiedKind.Int or CopiedKind.Long => "INTEGER",
            CopiedKind.Bytes => "BLOB",
            _ => "TEXT",
        };

    private List<string> Read(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={folder.File("ledger.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var found = new List<string>();
        while (reader.Read())
            found.Add(reader.GetString(0));
        return found;
    }
}
