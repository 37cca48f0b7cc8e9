using KpiMetrics.Pipeline.Ledger.Copying;
using KpiMetrics.ServerTests.Servers;
using Npgsql;

namespace KpiMetrics.ServerTests.Ledger;

/// <summary>What <c>ledger copy</c> knows of a ledger in PostgreSQL is all there is in one.</summary>
public sealed class CopiedTablesTest(SharedPostgres postgres)
{
    private const string OfLedger =
        $"c.relnamespace = 'kpi'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relname NOT LIKE '{CopiedTables.FromCatalog}%'";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Copy_IntoPostgres_KnowsEveryTableColumnAndNumber()
    {
        await using var source = NpgsqlDataSource.Create(await postgres.CreateLedgerAsync(Token));
        var tables = await ReadAsync(source, $"SELECT c.relname FROM pg_class c WHERE {OfLedger}");
        var columns = await ReadAsync(
            source,
            $"""
            SELECT c.relname || '.' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod) || CASE a.attidentity WHEN '' THEN '' ELSE ' numbered' END
            FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped WHERE {OfLedger}
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
                let isNumber = table.IsNumbered && column == table.Columns[0]
                select $"{table.Name}.{column.Name} {TypeOf(column.Kind)}{(isNumber ? " numbered" : "")}"
            ).Order(StringComparer.Ordinal),
            columns
                .Where(column => !CopiedTables.LeftOut.ContainsKey(column[..column.IndexOf('.', StringComparison.Ordinal)]))
                .Order(StringComparer.Ordinal)
        );
    }

    private static string TypeOf(CopiedKind kind) =>
        kind switch
        {
            CopiedKind.Int or CopiedKind.Year => "integer",
            CopiedKind.Long => "bigint",
            CopiedKind.Digits => "numeric",
            CopiedKind.Bytes => "bytea",
            _ => "text",
        };

    private static async Task<List<string>> ReadAsync(NpgsqlDataSource source, string sql)
    {
        await using var command = source.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync(Token);
        var found = new List<string>();
        while (await reader.ReadAsync(Token))
            found.Add(reader.GetString(0));
        return found;
    }
}
