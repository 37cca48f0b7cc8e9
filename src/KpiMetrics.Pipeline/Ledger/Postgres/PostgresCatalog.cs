using KpiMetrics.Core.Catalog;
using KpiMetrics.Pipeline.Ledger.Sql;

namespace KpiMetrics.Pipeline.Ledger.Postgres;

/// <summary>Keeps the catalog's names beside the figures.</summary>
internal static class PostgresCatalog
{
    /// <inheritdoc cref="ICatalogNames.KeepCatalogAsync"/>
    public static async Task<bool> KeepAsync(
        PostgresDatabase database,
        CatalogSnapshot catalog,
        Func<string, string, bool> isAsked,
        CancellationToken cancellationToken
    )
    {
        var tables = CatalogTables.Of(catalog, isAsked);
        var fingerprint = CatalogTables.FingerprintOf(tables);
        // Without a lock first: nearly always it is the same.
        await using (var reading = await database.OpenAsync(cancellationToken))
        {
            if (await IsKeptAsync(reading, fingerprint, cancellationToken))
                return false;
        }
        return await database.WriteAsync(
            [WriteLock.Catalog],
            async session =>
            {
                if (await IsKeptAsync(session, fingerprint, cancellationToken))
                    return false;
                foreach (var table in tables)
                    await WriteAsync(session, table, cancellationToken);
                await session.ExecuteAsync("DELETE FROM catalog_state", [], cancellationToken);
                await session.ExecuteAsync("INSERT INTO catalog_state VALUES ($1)", [fingerprint], cancellationToken);
                return true;
            },
            cancellationToken
        );
    }

    private static async Task<bool> IsKeptAsync(SqlSession session, string fingerprint, CancellationToken cancellationToken) =>
        await session.NumberAsync("SELECT 1 FROM catalog_state WHERE fingerprint = $1", [fingerprint], cancellationToken)
            is not null;

    private static async Task WriteAsync(SqlSession session, CatalogTable table, CancellationToken cancellationToken)
    {
        await session.ExecuteAsync($"DELETE FROM {table.Name}", [], cancellationToken);
        string[] names = [.. table.ColumnNames];
        await session.ApplyAsync(
            $$"""
            INSERT INTO {{table.Name}} ({{string.Join(", ", names)}}) SELECT {{string.Join(", ", table.Columns)}} FROM {rows} AS r
            """,
            SqlColumn.Texts(names),
            table.Rows,
            cancellationToken
        );
    }
}
