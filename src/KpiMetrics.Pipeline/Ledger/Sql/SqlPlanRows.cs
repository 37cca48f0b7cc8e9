using System.Data.Common;
using KpiMetrics.Core.Derivation.Plans;
using KpiMetrics.Core.Periods;

namespace KpiMetrics.Pipeline.Ledger.Sql;

/// <summary>Rows of plans as values.</summary>
internal static class SqlPlanRows
{
    private const string Columns = "scheme, period, number, kind, decision, received_at, note";

    public const string SelectOfOne = $"""
        SELECT {Columns} FROM plan
        WHERE set_code = $1 AND measure = $2 AND subject = $3 AND area = $4 AND received_at <= $5
        ORDER BY scheme, year, period, received_at, kind
        """;

    /// <summary>The place of the key behind the columns of a plan.</summary>
    public const string SelectOfMany = $$"""
        SELECT {{Columns}}, r.place FROM {rows} AS r JOIN plan AS p ON p.set_code = r.set_code AND p.measure = r.measure
            AND p.subject = r.subject AND p.area = r.area AND p.received_at <= r.until
        ORDER BY r.place, scheme, year, period, received_at, kind
        """;

    public const string SelectOfPeriod = $"""
        SELECT {Columns} FROM plan
        WHERE set_code = $1 AND measure = $2 AND subject = $3 AND area = $4 AND scheme = $5 AND year = $6 AND period = $7
            AND received_at <= $8
        """;

    public const string SelectAll = $"""
        SELECT {Columns}, set_code, measure, subject, area FROM plan
        WHERE (CAST($1 AS TEXT) IS NULL OR set_code = $1) AND (CAST($2 AS TEXT) IS NULL OR measure = $2)
            AND (CAST($3 AS INTEGER) IS NULL OR year = $3) AND received_at <= $4
        ORDER BY set_code, measure, subject, area, scheme, year, period, received_at, kind
        """;

    public static long Until(DateTimeOffset? asOf) => asOf?.ToUnixTimeMilliseconds() ?? long.MaxValue;

    public static async Task<IReadOnlyList<PlanVersion>> ReadAsync(
        SqlStatement select,
        PlanKey key,
        DateTimeOffset? asOf,
        CancellationToken cancellationToken
    ) => await select.ReadAsync([key.Set, key.Measure, key.Subject, key.Area, Until(asOf)], Read, cancellationToken);

    public static PlanVersion Read(DbDataReader row) =>
        new(
            row.GetString(0),
            Period.Parse(row.GetString(1)),
            row.GetDecimal(2),
            (PlanKind)row.GetInt32(3),
            row.TextOrNull(4),
            row.Instant(5),
            row.TextOrNull(6)
        );
}
