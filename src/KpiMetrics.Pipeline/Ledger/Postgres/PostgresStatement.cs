using System.Data.Common;
using System.Globalization;
using KpiMetrics.Pipeline.Ledger.Sql;
using Npgsql;

namespace KpiMetrics.Pipeline.Ledger.Postgres;

/// <summary>A statement of PostgreSQL. The driver prepares by itself what is executed again and again.</summary>
internal sealed class PostgresStatement(DbCommand command) : SqlStatement(command)
{
    /// <summary>A number, an instant in milliseconds, or null.</summary>
    public static long? WholeNumber(object? value) =>
        Stored(value) is var stored and not DBNull ? Convert.ToInt64(stored, CultureInfo.InvariantCulture) : null;

    private protected override DbParameter NewParameter(DbCommand command, int number) => new NpgsqlParameter();
}
