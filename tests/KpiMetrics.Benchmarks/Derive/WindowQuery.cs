namespace KpiMetrics.Benchmarks.Derive;

/// <summary>The four derivations in PostgreSQL's SQL over <c>figures (series, period, value)</c>; a period counts months from a January.</summary>
internal sealed record WindowQuery(string Name, bool GapSafe, string Sql)
{
    /// <summary>What one writes first. lag counts rows, so after a gap it compares with the wrong month.</summary>
    private const string Lag = """
        SELECT series, period,
               (value - lag(value) OVER s) / NULLIF(abs(lag(value) OVER s), 0) * 100 AS pop,
               (value - lag(value, 12) OVER s) / NULLIF(abs(lag(value, 12) OVER s), 0) * 100 AS yoy,
               ytd,
               (ytd - lag(ytd, 12) OVER s) / NULLIF(abs(lag(ytd, 12) OVER s), 0) * 100 AS ytd_yoy
        FROM (SELECT series, period, value, sum(value) OVER (PARTITION BY series, period / 12 ORDER BY period) AS ytd
              FROM figures) AS summed
        WINDOW s AS (PARTITION BY series ORDER BY period)
        """;

    private const string Range = """
        SELECT series, period,
               (value - before) / NULLIF(abs(before), 0) * 100 AS pop,
               (value - year_before) / NULLIF(abs(year_before), 0) * 100 AS yoy,
               ytd,
               CASE WHEN months = months_before THEN (ytd - ytd_before) / NULLIF(abs(ytd_before), 0) * 100 END AS ytd_yoy
        FROM (SELECT series, period, value, ytd, months,
                     first_value(value) OVER (PARTITION BY series ORDER BY period
                                              RANGE BETWEEN 1 PRECEDING AND 1 PRECEDING) AS before,
                     first_value(value) OVER y AS year_before,
                     first_value(ytd) OVER y AS ytd_before,
                     first_value(months) OVER y AS months_before
              FROM (SELECT series, period, value, sum(value) OVER t AS ytd, bit_or(1 << period % 12) OVER t AS months
                    FROM figures
                    WINDOW t AS (PARTITION BY series, period / 12 ORDER BY period)) AS summed
              WINDOW y AS (PARTITION BY series ORDER BY period RANGE BETWEEN 12 PRECEDING AND 12 PRECEDING)) AS compared
        """;

    private const string Join = """
        WITH summed AS MATERIALIZED
             (SELECT series, period, value, sum(value) OVER t AS ytd, bit_or(1 << period % 12) OVER t AS months
              FROM figures
              WINDOW t AS (PARTITION BY series, period / 12 ORDER BY period))
        SELECT f.series, f.period,
               (f.value - p.value) / NULLIF(abs(p.value), 0) * 100 AS pop,
               (f.value - y.value) / NULLIF(abs(y.value), 0) * 100 AS yoy,
               f.ytd,
               CASE WHEN f.months = y.months THEN (f.ytd - y.ytd) / NULLIF(abs(y.ytd), 0) * 100 END AS ytd_yoy
        FROM summed AS f
        LEFT JOIN figures AS p ON p.series = f.series AND p.period = f.period - 1
        LEFT JOIN summed AS y ON y.series = f.series AND y.period = f.period - 12
        """;

    public static readonly WindowQuery[] All =
    [
        new("lag", GapSafe: false, Lag),
        new("RANGE frames", GapSafe: true, Range),
        new("self joins", GapSafe: true, Join),
    ];

    /// <summary>Computes every value and sends one row: what the derivations cost without their transfer.</summary>
    public string Counted => $"SELECT count(*), count(pop), count(yoy), count(ytd), count(ytd_yoy) FROM ({Sql}) AS derived";
}
