using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;

namespace KpiMetrics.Pipeline.Ledger.Sql;

/// <summary>The small numbers of series, many at a time.</summary>
internal static class SqlSeriesNumbers
{
    /// <summary>Of <see cref="Row"/>.</summary>
    public static readonly SqlColumn[] Columns =
    [
        .. SqlColumn.Numbers("place"),
        .. SqlColumn.Texts("set_code", "indicator", "measure", "subject", "area", "freq"),
    ];

    public static object?[] Row(SeriesKey key, int place) =>
        [place, key.Set, key.Indicator, key.Measure, key.Subject, key.Area, key.Frequency.Code()];

    /// <summary>Looks for series; adds none.</summary>
    /// <param name="found">Told the place in the list and the number of each that is there.</param>
    public static Task FindAsync(
        SqlSession session,
        IReadOnlyList<SeriesKey> series,
        Action<int, int> found,
        CancellationToken cancellationToken
    ) =>
        session.ApplyAsync(
            """
            SELECT place, id FROM {rows} AS r JOIN series AS s ON s.set_code = r.set_code AND s.indicator = r.indicator
                AND s.measure = r.measure AND s.subject = r.subject AND s.area = r.area AND s.freq = r.freq
            """,
            Columns,
            [.. series.Select(Row)],
            row => found(row.GetInt32(0), row.GetInt32(1)),
            cancellationToken
        );
}
