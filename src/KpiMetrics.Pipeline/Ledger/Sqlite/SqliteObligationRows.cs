using KpiMetrics.Core.Obligations;
using KpiMetrics.Core.Periods;
using Microsoft.Data.Sqlite;

namespace KpiMetrics.Pipeline.Ledger.Sqlite;

/// <summary>Reads rows of obligations with their exemptions.</summary>
internal sealed class SqliteObligationRows(SqliteConnection connection, SqliteTransaction transaction, SqliteNames names)
{
    public const string Columns =
        "period, place_id, opens_at, due_at, lead, grace, rule, agency, needs, created_at, whole, parts, lacks, first_at, complete_at, void_at";

    private readonly Dictionary<long, IReadOnlyList<string>> lists = [];

    /// <summary>The exemptions of a duty, by period and place, each list in order of time.</summary>
    public ILookup<(int Period, long Place), Exemption> Exemptions(long dutyId)
    {
        using var command = connection
            .Prepare(
                transaction,
                "SELECT period, place_id, kind, at, who, why, until FROM exemption WHERE duty_id = $1 ORDER BY at, audit_id",
                1
            )
            .With(dutyId);
        using var reader = command.ExecuteReader();
        var found = new List<((int, long) Key, Exemption Exemption)>();
        while (reader.Read())
        {
            var until = reader.IsDBNull(6) ? (DateTimeOffset?)null : reader.Instant(6);
            var exemption = new Exemption(
                (ExemptionKind)reader.GetInt32(2),
                reader.Instant(3),
                reader.GetString(4),
                reader.GetString(5),
                until
            );
            found.Add(((reader.GetInt32(0), reader.GetInt64(1)), exemption));
        }
        return found.ToLookup(entry => entry.Key, entry => entry.Exemption);
    }

    public Obligation Read(SqliteDataReader row, Duty duty, ILookup<(int Period, long Place), Exemption> exemptions)
    {
        var times = new ObligationTimes(
            row.Instant(2),
            row.Instant(3),
            TimeSpan.FromMilliseconds(row.GetInt64(4)),
            TimeSpan.FromMilliseconds(row.GetInt64(5)),
            names.Phrase(row.GetInt64(6))
        );
        var place = row.GetInt64(1);
        return new(
            duty,
            Period.FromIndex(duty.Frequency, row.GetInt32(0)),
            names.Place(place),
            names.Phrase(row.GetInt64(7)),
            times,
            List(row.GetInt64(8)),
            row.Instant(9)
        )
        {
            Whole = row.IsDBNull(10) ? null : Period.FromIndex(Frequency.Day, row.GetInt32(10)),
            Parts = row.GetInt32(11),
            Lacks = row.IsDBNull(12) ? [] : List(row.GetInt64(12)),
            FirstAt = InstantOrNull(row, 13),
            CompleteAt = InstantOrNull(row, 14),
            VoidAt = InstantOrNull(row, 15),
            Exemptions = [.. exemptions[(row.GetInt32(0), place)]],
        };
    }

    private IReadOnlyList<string> List(long phrase)
    {
        if (!lists.TryGetValue(phrase, out var list))
            lists[phrase] = list = names.Phrase(phrase).Split(' ');
        return list;
    }

    private static DateTimeOffset? InstantOrNull(SqliteDataReader row, int column) =>
        row.IsDBNull(column) ? null : row.Instant(column);
}
