using System.Data.Common;
using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;

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

    /// <summary>The columns <c>period, source_id, received_at, number, text, status, vintage, note</c>, ordered by period and time.</summary>
    /// <param name="sources">The names of sources by their ids.</param>
    public static async Task<List<PeriodStatements>> ReadPeriodsAsync(
        DbDataReader reader,
        Frequency frequency,
        IReadOnlyDictionary<long, string> sources,
        CancellationToken cancellationToken
    )
    {
        var periods = new List<PeriodStatements>();
        var statements = new List<Statement>();
        var current = -1;
        while (await reader.ReadAsync(cancellationToken))
        {
            var index = reader.GetInt32(0);
            if (index != current)
            {
                statements = [];
                periods.Add(new(Period.FromIndex(frequency, index), statements));
                current = index;
            }
            statements.Add(ReadStatement(reader, sources));
        }
        return periods;
    }

    private static Statement ReadStatement(DbDataReader row, IReadOnlyDictionary<long, string> sources) =>
        new(
            sources[row.GetInt64(1)],
            row.Instant(2),
            Value(row),
            row.GetString(5)[0],
            (Vintage)row.GetInt32(6),
            row.TextOrNull(7)
        );

    private static FigureValue Value(DbDataReader row) =>
        !row.IsDBNull(3) ? FigureValue.Of(row.GetDecimal(3))
        : row.TextOrNull(4) is { } text ? FigureValue.Of(text)
        : FigureValue.None;
}
