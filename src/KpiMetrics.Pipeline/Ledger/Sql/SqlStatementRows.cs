using System.Data.Common;
using KpiMetrics.Core.Figures;

namespace KpiMetrics.Pipeline.Ledger.Sql;

/// <summary>Rows of series and of what was said about them, as values.</summary>
internal static class SqlStatementRows
{
    /// <summary>The columns <c>id, set_code, indicator, measure, subject, area, freq</c>, in this order from the first.</summary>
    public static (int Id, SeriesKey Key) ReadKey(DbDataReader row) =>
        (
            row.GetInt32(0),
            new(row.GetString(1), row.GetString(2), row.GetString(3), row.GetString(4), row.GetString(5), row.Frequency(6))
        );

    /// <summary>The columns <c>source_id, received_at, number, text, status, vintage, note</c>, in this order from the given one.</summary>
    /// <param name="sources">The names of sources by their ids.</param>
    public static Statement ReadStatement(DbDataReader row, int column, IReadOnlyDictionary<long, string> sources) =>
        new(
            sources[row.GetInt64(column)],
            row.Instant(column + 1),
            Value(row, column + 2),
            row.GetString(column + 4)[0],
            (Vintage)row.GetInt32(column + 5),
            row.TextOrNull(column + 6)
        );

    private static FigureValue Value(DbDataReader row, int column) =>
        !row.IsDBNull(column) ? FigureValue.Of(row.GetDecimal(column))
        : row.TextOrNull(column + 1) is { } text ? FigureValue.Of(text)
        : FigureValue.None;
}
