using System.Data.Common;
using KpiMetrics.Pipeline.Ledger.Sql;
using Microsoft.Data.Sqlite;

namespace KpiMetrics.Pipeline.Ledger.Sqlite;

/// <summary>A statement of SQLite, prepared when it is first executed. Numbers are kept as their digits.</summary>
internal sealed class SqliteStatement(DbCommand command) : SqlStatement(command)
{
    private protected override DbParameter NewParameter(DbCommand command, int number) =>
        new SqliteParameter { ParameterName = $"${number}" };

    private protected override void BeforeExecution(DbCommand command) => command.Prepare(); // does nothing the second time

    private protected override object Number(decimal value) => Digits(value);
}
