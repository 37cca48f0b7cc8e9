using System.Data.Common;
using System.Text.Json;

namespace KpiMetrics.Pipeline.Ledger.Sql;

/// <summary>What other processes did.</summary>
public abstract partial class SqlLedger
{
    private const int MarksAtOnce = 10_000;

    private const string SelectMarks =
        $"SELECT id, CASE WHEN action = 'report' AND actor = '{ReportHeader.Command}' THEN details END";

    public async Task<long> ReadLastMarkAsync(CancellationToken cancellationToken)
    {
        await using var session = await database.OpenAsync(cancellationToken);
        return await session.NumberAsync("SELECT MAX(id) FROM audit", [], cancellationToken) ?? 0;
    }

    public async Task<IReadOnlyList<AuditMark>> ReadMarksAsync(
        long after,
        IReadOnlyCollection<long> missing,
        CancellationToken cancellationToken
    )
    {
        await using var session = await database.OpenAsync(cancellationToken);
        var found = new List<AuditMark>();
        await session.ApplyAsync(
            $"{SelectMarks} FROM {{rows}} AS r {database.JoinByKey("audit", "a", "a.id = r.wanted")}",
            SqlColumn.Numbers("wanted"),
            [.. missing.Select(number => (object?[])[number])],
            row => found.Add(ReadMark(row)),
            cancellationToken
        );
        found.AddRange(
            await session.ReadAsync(
                $"{SelectMarks} FROM audit WHERE id > $1 ORDER BY id LIMIT $2",
                [after, MarksAtOnce],
                ReadMark,
                cancellationToken
            )
        );
        return found;
    }

    private static AuditMark ReadMark(DbDataReader row)
    {
        var number = row.GetInt64(0);
        if (row.TextOrNull(1) is not { } details)
            return new(number, null);
        var report = JsonElement.Parse(details);
        return new(number, report.GetProperty("recorded").GetInt64() > 0 ? report.GetProperty("set").GetString() : null);
    }
}
