using System.Data.Common;
using KpiMetrics.Core.Obligations;
using KpiMetrics.Core.Periods;

namespace KpiMetrics.Pipeline.Ledger.Sql;

/// <summary>Reads rows of obligations with their exemptions; texts that many of them share are kept once.</summary>
internal sealed class SqlObligationRows(SqlSession session)
{
    /// <summary>To be followed by the condition. LEFT, as the names must be looked up row by row and not lead the search.</summary>
    public const string Select = """
        SELECT period, place_id, opens_at, due_at, lead, grace, rule, agency, needs, created_at, whole, parts, lacks, first_at, complete_at, void_at,
            p.area, r.text, a.text, n.text, l.text
        FROM obligation LEFT JOIN place AS p ON p.id = place_id LEFT JOIN phrase AS r ON r.id = rule LEFT JOIN phrase AS a ON a.id = agency
            LEFT JOIN phrase AS n ON n.id = needs LEFT JOIN phrase AS l ON l.id = lacks
        """;

    private readonly Dictionary<long, string> places = [];
    private readonly Dictionary<long, string> phrases = [];
    private readonly Dictionary<long, IReadOnlyList<string>> lists = [];

    /// <summary>The exemptions of a duty, by period and place, each list in order of time.</summary>
    public async Task<ILookup<(int Period, long Place), Exemption>> ExemptionsAsync(
        long dutyId,
        CancellationToken cancellationToken
    )
    {
        var found = await session.ReadAsync(
            "SELECT period, place_id, kind, at, who, why, until FROM exemption WHERE duty_id = $1 ORDER BY at, audit_id",
            [dutyId],
            row =>
                (
                    Key: (row.GetInt32(0), row.GetInt64(1)),
                    Exemption: new Exemption(
                        (ExemptionKind)row.GetInt32(2),
                        row.Instant(3),
                        row.GetString(4),
                        row.GetString(5),
                        row.InstantOrNull(6)
                    )
                ),
            cancellationToken
        );
        return found.ToLookup(entry => entry.Key, entry => entry.Exemption);
    }

    public string AreaOf(DbDataReader row) => Text(places, row, 1, 16);

    public Obligation Read(DbDataReader row, Duty duty, ILookup<(int Period, long Place), Exemption> exemptions)
    {
        var times = new ObligationTimes(
            row.Instant(2),
            row.Instant(3),
            TimeSpan.FromMilliseconds(row.GetInt64(4)),
            TimeSpan.FromMilliseconds(row.GetInt64(5)),
            Text(phrases, row, 6, 17)
        );
        return new(
            duty,
            Period.FromIndex(duty.Frequency, row.GetInt32(0)),
            AreaOf(row),
            Text(phrases, row, 7, 18),
            times,
            List(row, 8, 19),
            row.Instant(9)
        )
        {
            Whole = row.IsDBNull(10) ? null : Period.FromIndex(Frequency.Day, row.GetInt32(10)),
            Parts = row.GetInt32(11),
            Lacks = row.IsDBNull(12) ? [] : List(row, 12, 20),
            FirstAt = row.InstantOrNull(13),
            CompleteAt = row.InstantOrNull(14),
            VoidAt = row.InstantOrNull(15),
            Exemptions = [.. exemptions[(row.GetInt32(0), row.GetInt64(1))]],
        };
    }

    private IReadOnlyList<string> List(DbDataReader row, int id, int text)
    {
        var phrase = row.GetInt64(id);
        if (!lists.TryGetValue(phrase, out var list))
            lists[phrase] = list = row.GetString(text).Split(' ');
        return list;
    }

    private static string Text(Dictionary<long, string> known, DbDataReader row, int id, int text)
    {
        var number = row.GetInt64(id);
        if (!known.TryGetValue(number, out var found))
            known[number] = found = row.GetString(text);
        return found;
    }
}
