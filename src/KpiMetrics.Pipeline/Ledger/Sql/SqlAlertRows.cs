using System.Data.Common;
using KpiMetrics.Core.Alerting;
using KpiMetrics.Core.Periods;

namespace KpiMetrics.Pipeline.Ledger.Sql;

/// <summary>Rows of the table <c>alert</c>.</summary>
internal static class SqlAlertRows
{
    /// <summary>All but the number.</summary>
    public const string Columns =
        "key, kind, severity, title, since, set_code, indicator, measure, freq, period, area, agency, source, held_by, state, audience, fired_at, "
        + "counts_from, changed_at, steps, acknowledged_by, acknowledged_at, explained_by, explained_at, explanation, link, resolved_at, evidence, doubted_at";

    private static readonly string[] WholeNumbers =
    [
        "since",
        "period",
        "fired_at",
        "counts_from",
        "changed_at",
        "steps",
        "acknowledged_at",
        "explained_at",
        "resolved_at",
        "doubted_at",
    ];

    public static SqlColumn[] RowColumns { get; } =
    [.. Columns.Split(", ").Select(name => new SqlColumn(name, !WholeNumbers.Contains(name, StringComparer.Ordinal)))];

    public static object?[] RowOf(Alert alert)
    {
        var seen = alert.Concern;
        return
        [
            seen.Key,
            seen.Kind.Code(),
            seen.Severity.Code(),
            seen.Title,
            seen.Since,
            seen.Set,
            seen.Indicator,
            seen.Measure,
            seen.Period?.Frequency.Code(),
            seen.Period?.Index,
            seen.Area,
            seen.Agency,
            seen.Source,
            seen.HeldBy,
            alert.State.Code(),
            alert.Audience.Code(),
            alert.FiredAt,
            alert.CountsFrom,
            alert.ChangedAt,
            alert.Steps,
            alert.AcknowledgedBy,
            alert.AcknowledgedAt,
            alert.ExplainedBy,
            alert.ExplainedAt,
            alert.Explanation,
            alert.Link,
            alert.ResolvedAt,
            alert.Evidence,
            alert.DoubtedAt,
        ];
    }

    /// <summary>The number, then <see cref="Columns"/>.</summary>
    /// <remarks>Codes and offices, of which there are few, are one text for all alerts that have them: a hundred thousand may be open.</remarks>
    public static Alert Read(DbDataReader row) =>
        new(
            new(
                row.GetString(1),
                AlertNaming.Kind(row.GetString(2)),
                AlertNaming.Severity(row.GetString(3)),
                row.GetString(4),
                row.Instant(5),
                string.Intern(row.GetString(6))
            )
            {
                Indicator = CodeOrNull(row, 7),
                Measure = CodeOrNull(row, 8),
                Period = row.IsDBNull(9) || row.IsDBNull(10) ? null : Period.FromIndex(row.Frequency(9), row.GetInt32(10)),
                Area = CodeOrNull(row, 11),
                Agency = CodeOrNull(row, 12),
                Source = CodeOrNull(row, 13),
                HeldBy = CodeOrNull(row, 14),
            },
            AlertNaming.State(row.GetString(15)),
            AlertNaming.Audience(row.GetString(16)),
            row.Instant(17),
            row.Instant(18),
            row.Instant(19),
            row.GetInt32(20)
        )
        {
            Id = row.GetInt64(0),
            AcknowledgedBy = row.TextOrNull(21),
            AcknowledgedAt = row.InstantOrNull(22),
            ExplainedBy = row.TextOrNull(23),
            ExplainedAt = row.InstantOrNull(24),
            Explanation = row.TextOrNull(25),
            Link = row.TextOrNull(26),
            ResolvedAt = row.InstantOrNull(27),
            Evidence = row.TextOrNull(28),
            DoubtedAt = row.InstantOrNull(29),
        };

    private static string? CodeOrNull(DbDataReader row, int column) =>
        row.TextOrNull(column) is { } code ? string.Intern(code) : null;
}
