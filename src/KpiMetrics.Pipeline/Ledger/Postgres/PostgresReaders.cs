using KpiMetrics.Pipeline.Ledger.Sql;
using Npgsql;

namespace KpiMetrics.Pipeline.Ledger.Postgres;

/// <summary>Lets <see cref="Role"/> read the views, and nothing else. The role itself belongs to whoever administers the server; where there is none, nobody is let in.</summary>
internal static class PostgresReaders
{
    public const string Role = "kpi_reader";

    // Of views that are not ours to give away nothing is said.
    private const string IsLacking = $"""
        SELECT EXISTS (
            SELECT FROM pg_catalog.pg_roles r CROSS JOIN pg_catalog.pg_class v JOIN pg_catalog.pg_namespace n ON n.oid = v.relnamespace
            WHERE r.rolname = '{Role}' AND n.nspname = '{PostgresDatabase.Schema}' AND v.relkind = 'v' AND v.relname LIKE 'v\_%'
                AND pg_has_role(v.relowner, 'USAGE')
                AND NOT (has_table_privilege(r.oid, v.oid, 'SELECT') AND has_schema_privilege(r.oid, n.oid, 'USAGE'))
        )
        """;

    /// <summary>Grants what is missing: the role may have been made after the views.</summary>
    public static async Task GrantAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var ask = new NpgsqlCommand(IsLacking, connection);
        if (await ask.ExecuteScalarAsync(cancellationToken) is not true)
            return;
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var batch = new PostgresBatch(connection, transaction);
        PostgresDatabase.Lock(batch, WriteLock.Migration);
        batch.Add($"SELECT grant_views('{Role}')", _ => { });
        await batch.SendAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }
}
