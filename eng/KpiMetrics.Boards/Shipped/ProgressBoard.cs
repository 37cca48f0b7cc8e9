using KpiMetrics.Boards.Model;
using KpiMetrics.Boards.Parts;

namespace KpiMetrics.Boards.Shipped;

/// <summary>Who reports in time and who does not.</summary>
internal static class ProgressBoard
{
    private static readonly string Chosen =
        $"set_code = {Sql.Of("bo")} AND freq = {Sql.Of("ky")} AND agency IN (${{co_quan:sqlstring}})";

    public static Board Board { get; } =
        new("lanh-dao", "kpi-tien-do", "Tiến độ báo cáo", "Cơ quan nào báo cáo đúng hạn, muộn hay thiếu, và ai sắp đến hạn?")
        {
            From = "now-1y",
            Variables =
            [
                new("bo", "Bộ chỉ số", Sql.Sets),
                new(
                    "ky",
                    "Tần suất",
                    $"""
                    SELECT f.freq AS __value, {Sql.Frequency("f.freq")} AS __text
                    FROM (SELECT DISTINCT unnest(string_to_array(frequencies, ' ')) AS freq FROM v_indicator WHERE set_code = {Sql.Of(
                        "bo"
                    )}) AS f
                    ORDER BY array_position(ARRAY['M', 'Q', 'W', 'D', 'S', 'A', 'H'], f.freq)
                    """
                ),
                new(
                    "co_quan",
                    "Cơ quan",
                    $"SELECT DISTINCT agency AS __value, agency AS __text FROM v_indicator WHERE set_code = {Sql.Of("bo")} AND agency IS NOT NULL ORDER BY 1"
                )
                {
                    IsMany = true,
                },
            ],
            Sections = [new("", [Matrix()]), new("", [Rates(), Next()]), new("", [Late(), Closed()])],
        };

    private static Panel Matrix() =>
        new(
            "table",
            "Cơ quan theo kỳ: phần trăm đúng hạn",
            "Mỗi dòng một cơ quan, mỗi cột một kỳ đã đến hạn: phần trăm báo cáo gửi đủ và đúng hạn. Xanh từ 90 trở lên, vàng từ 70, đỏ là dưới 70; ô trống là kỳ không có báo cáo nào đến hạn.",
            24,
            12
        )
        {
            Queries =
            [
                Query.Sql(
                    $"""
                    SELECT agency AS "Cơ quan", period, round(100.0 * count(*) FILTER (WHERE state = 'received') / count(*), 0) AS on_time
                    FROM v_obligations WHERE {Chosen} AND is_due AND state <> 'waived' AND $__timeFilter(due_at)
                    GROUP BY agency, period ORDER BY period, agency
                    """
                ),
            ],
            Transformations = [Transform.Matrix("Cơ quan", "period", "on_time")],
            Options = Tables.Options,
            Thresholds = Thresholds.Rate,
            Custom = Node.Of(new { Align = "auto", CellOptions = new { Type = "color-background", Mode = "basic" } }),
            NoData = "",
        };

    private static Panel Rates() =>
        Tables.Of(
            "Tỷ lệ báo cáo của từng cơ quan",
            "Trong khoảng thời gian đã chọn: số báo cáo đến hạn, đã nhận, đúng hạn; cơ quan thấp nhất trước.",
            $"""
            SELECT agency, count(*) AS expected, count(*) FILTER (WHERE state = 'received') AS on_time, count(*) FILTER (WHERE state = 'received-late') AS late,
                count(*) FILTER (WHERE NOT is_received) AS missing,
                round(100.0 * count(*) FILTER (WHERE is_received) / count(*), 1) AS received_percent,
                round(100.0 * count(*) FILTER (WHERE state = 'received') / count(*), 1) AS on_time_percent
            FROM v_obligations WHERE {Chosen} AND is_due AND state <> 'waived' AND $__timeFilter(due_at)
            GROUP BY agency ORDER BY on_time_percent, agency
            """,
            14,
            12,
            new("agency", "Cơ quan"),
            new("expected", "Đến hạn") { Width = 80 },
            new("on_time", "Đúng hạn") { Width = 85 },
            new("late", "Muộn") { Width = 70 },
            new("missing", "Chưa đủ") { Width = 80 },
            new("received_percent", "Đã nhận (%)")
            {
                Width = 130,
                Cell = "lcd-gauge",
                Max = 100,
                Thresholds = Thresholds.Rate,
            },
            new("on_time_percent", "Đúng hạn (%)")
            {
                Width = 130,
                Cell = "lcd-gauge",
                Max = 100,
                Thresholds = Thresholds.Rate,
            }
        );

    private static Panel Next() =>
        Tables.Of(
            "Ai sắp đến hạn",
            "Báo cáo chưa nhận đủ có hạn gần nhất.",
            $"""
            SELECT agency, indicator_name, area_name, period, due_at FROM v_obligations
            WHERE {Chosen} AND NOT is_due AND NOT is_received AND state <> 'waived' ORDER BY due_at, agency, area_name LIMIT 100
            """,
            10,
            12,
            new("agency", "Cơ quan"),
            new("indicator_name", "Chỉ số"),
            new("area_name", "Địa bàn"),
            new("period", "Kỳ") { Width = 95 },
            new("due_at", "Hạn") { Unit = Unit.Instant, Width = 130 }
        );

    // All of them fire, but for the few that somebody has dealt with.
    private static Panel Late() =>
        Tables.Of(
            "Quá hạn chưa đủ",
            "Từng báo cáo quá hạn: còn thiếu chỉ tiêu nào, quá hạn từ lúc nào, có vẻ do đâu (cơ quan chưa gửi, nguồn dữ liệu không trả lời, hay hệ thống chưa hỏi), ai đã tiếp nhận, giải trình thế nào.",
            $"""
            WITH late AS (
                SELECT * FROM v_obligations WHERE {Chosen} AND is_late AND NOT is_received AND state <> 'waived' AND $__timeFilter(due_at)
                ORDER BY due_at, agency, area_name LIMIT 1000
            )
            SELECT late.agency, late.indicator_name, late.area_name, late.period, late.state_name, late.due_at, late.lacks,
                CASE late.fault WHEN 'reporter' THEN 'cơ quan chưa gửi' WHEN 'source' THEN 'nguồn không trả lời' WHEN 'us' THEN 'hệ thống chưa hỏi' END AS fault,
                COALESCE(a.state, 'firing') AS state, {AlertTable.Holder}, a.explanation,
                {IndicatorLink.Address("late", "m.measure")} AS board
            FROM late
                LEFT JOIN (SELECT * FROM v_alerts WHERE {Chosen} AND state IN ('acknowledged', 'explained')) AS a
                    ON a.alert = concat_ws('/', late.set_code, late.indicator, late.freq, late.period, late.area)
                LEFT JOIN {IndicatorLink.FirstMeasures} ON m.set_code = late.set_code AND m.indicator = late.indicator
            ORDER BY late.due_at, late.agency, late.area_name
            """,
            24,
            12,
            [
                new("agency", "Cơ quan"),
                new("indicator_name", "Chỉ số") { Link = AlertTable.Link },
                new("area_name", "Địa bàn"),
                new("period", "Kỳ") { Width = 95 },
                new("state_name", "Tình trạng") { Width = 140 },
                new("due_at", "Hạn") { Unit = Unit.Instant, Width = 130 },
                new("lacks", "Còn thiếu"),
                new("fault", "Có vẻ do") { Width = 150 },
                .. AlertTable.Handling,
                AlertTable.Board,
            ]
        ) with
        {
            NoData = "Không có báo cáo nào quá hạn",
        };

    private static Panel Closed() =>
        AlertTable.Of(
            "Quá hạn đã xong trong 30 ngày qua",
            "Báo cáo từng quá hạn mà nay đã đến đủ, được gia hạn hay được miễn: quá hạn từ bao giờ, xong lúc nào, ai đã tiếp nhận, giải trình thế nào.",
            $"{Chosen} AND kind IN ('overdue', 'missing', 'incomplete') AND state = 'resolved'",
            500,
            10,
            hasResolved: true
        );
}
