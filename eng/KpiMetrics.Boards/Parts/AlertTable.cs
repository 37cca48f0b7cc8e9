using KpiMetrics.Boards.Model;

namespace KpiMetrics.Boards.Parts;

/// <summary>Alerts: how each is dealt with, by whom and since when, with the way to the board of its indicator.</summary>
internal static class AlertTable
{
    /// <summary>A condition on <c>v_alerts</c>: not resolved.</summary>
    public const string IsLive = "state <> 'resolved'";

    /// <summary>Who holds an alert, of <c>v_alerts</c> as <c>a</c>.</summary>
    public const string Holder = "COALESCE(a.acknowledged_by, a.explained_by) AS holder";

    private const string Engine = "kpi-van-hanh";

    // What nobody has taken on stands first.
    private const string ByState = "array_position(ARRAY['firing', 'acknowledged', 'explained', 'resolved'], state)";

    // Then the worst, of those a river before a report, then the oldest.
    private const string ByNeed =
        "array_position(ARRAY['critical', 'warning', 'info'], severity), kind <> 'threshold', since, alert";

    private const string SubjectOfFinding =
        $"(SELECT {Sql.Subject} FROM v_finding l WHERE l.finding = CASE WHEN a.alert LIKE 'finding:%' THEN substr(a.alert, 9)::bigint END)";

    // An outage is of no indicator: it leads to the board of those who run the engine.
    private static readonly string Way =
        $"CASE WHEN a.indicator IS NULL THEN '{Engine}' ELSE {IndicatorLink.Address("a", "COALESCE(a.measure, m.measure)", SubjectOfFinding)} END";

    /// <summary>Columns of how an alert is dealt with, for other tables too.</summary>
    public static IReadOnlyList<Column> Handling { get; } =
    [
        new("state", "Xử lý")
        {
            Width = 115,
            Cell = "color-text",
            Mappings = AlertWords.States,
        },
        new("holder", "Người phụ trách") { Width = 150 },
        new("explanation", "Giải trình") { Width = 220 },
    ];

    /// <summary>The column of the way, never shown.</summary>
    public static Column Board { get; } = new("board", "Bảng") { IsHidden = true };

    /// <summary>Of a column in whose table <see cref="Board"/> is.</summary>
    public static Link Link { get; } = new("Xem bảng của chỉ tiêu", "/d/${__data.fields[\"Bảng\"]}");

    /// <param name="where">Which of them, as a condition on <c>v_alerts</c>.</param>
    /// <param name="limit">How many of each state at most: many that nobody has taken on leave room for those that somebody has.</param>
    /// <param name="hasResolved">Resolved ones may be among them.</param>
    public static Panel Of(string title, string description, string where, int limit, int height, bool hasResolved = false) =>
        Tables.Of(title, description, Text(where, limit), 24, height, [.. Columns(hasResolved)]) with
        {
            NoData = "Không có cảnh báo",
        };

    private static IReadOnlyList<Column> Columns(bool hasResolved) =>
        [
            new("severity", "Mức")
            {
                Width = 110,
                Cell = "color-text",
                Mappings = AlertWords.Severities,
            },
            new("kind", "Loại") { Width = 140, Mappings = AlertWords.Kinds },
            new("title", "Nội dung") { Link = Link },
            new("since", "Từ") { Unit = Unit.Instant, Width = 130 },
            .. Handling,
            .. hasResolved ? [new("resolved_at", "Xong lúc") { Unit = Unit.Instant, Width = 130 }] : Array.Empty<Column>(),
            new("agency", "Cơ quan") { Width = 170 },
            Board,
        ];

    private static string Text(string where, int limit) =>
        $"""
            WITH a AS (
                SELECT * FROM (
                    SELECT *, row_number() OVER (PARTITION BY state ORDER BY {ByNeed}) AS place FROM v_alerts WHERE {where}
                ) AS placed WHERE place <= {limit}
            )
            SELECT a.severity, a.kind, a.title, a.since, a.state, {Holder}, a.explanation, a.resolved_at, a.agency,
                {Way} AS board
            FROM a LEFT JOIN {IndicatorLink.FirstMeasures} ON m.set_code = a.set_code AND m.indicator = a.indicator
            ORDER BY {ByState}, a.place
            """;
}
