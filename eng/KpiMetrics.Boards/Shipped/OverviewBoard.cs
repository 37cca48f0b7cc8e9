using KpiMetrics.Boards.Model;
using KpiMetrics.Boards.Parts;
using KpiMetrics.Core.Alerting;
using KpiMetrics.Pipeline.Publishing;

namespace KpiMetrics.Boards.Shipped;

/// <summary>One glance for the chairman.</summary>
internal static class OverviewBoard
{
    public static Board Board { get; } =
        new(
            "lanh-dao",
            "kpi-tong-quan",
            "Tổng quan",
            "Các chỉ số chính đang thế nào, cơ quan nào chậm báo cáo, số liệu nào đáng ngờ, số liệu mới đến đâu?"
        )
        {
            Variables = [new("bo", "Bộ chỉ số", Sql.Sets), new("dia_ban", "Địa bàn", Sql.AreasOf(Sql.Of("bo")))],
            Sections =
            [
                new("", [Late(), Missing(), OnTime(), Alerts(), Fresh(), Stats.Demo()]),
                new("", [KeyFigures()]),
                new("Việc phải xử lý", [Wrong()]),
                new("Chậm báo cáo và sắp đến hạn", [LateByAgency(), Next()]),
                new("Cảnh báo và khẩn cấp", [ByState(), Emergencies()]),
            ],
        };

    private static Panel Late() =>
        Stats.Of(
            "Báo cáo quá hạn",
            "Số báo cáo của bộ chỉ số đã quá hạn mà chưa đủ.",
            $"SELECT COALESCE(sum(late), 0) AS late FROM v_agency WHERE set_code = {Sql.Of("bo")}",
            Thresholds.Bad(1, 20)
        );

    private static Panel Missing() =>
        Stats.Of(
            "Quá cả thời gian gia hạn",
            "Số báo cáo quá hạn, hết cả thời gian gia hạn, mà chưa gửi gì.",
            $"SELECT COALESCE(sum(missing), 0) AS missing FROM v_agency WHERE set_code = {Sql.Of("bo")}",
            Thresholds.Bad(1, 20)
        );

    private static Panel OnTime() =>
        Stats.Of(
            "Đúng hạn 90 ngày qua (%)",
            "Phần trăm báo cáo đến hạn trong ba tháng gần nhất được gửi đủ và đúng hạn.",
            $"""
            SELECT round(100.0 * sum(on_time) / NULLIF(sum(expected), 0), 1) AS on_time FROM v_reporting_rate
            WHERE set_code = {Sql.Of("bo")} AND month >= now() - interval '90 days'
            """,
            Thresholds.Rate
        );

    private static Panel Alerts() =>
        Stats.Of(
            "Cảnh báo nghiêm trọng",
            "Số cảnh báo nghiêm trọng chưa ai tiếp nhận hay giải trình: thiếu báo cáo, nguồn dữ liệu ngừng trả lời, vượt ngưỡng.",
            $"SELECT count(*) AS alerts FROM v_alerts WHERE set_code = {Sql.Of("bo")} AND severity = 'critical' AND state = 'firing'",
            Thresholds.Bad(1, 20)
        );

    private static Panel Fresh() =>
        Stats.Of(
            "Báo cáo mới nhất",
            "Lúc nhận báo cáo mới nhất của bộ chỉ số, từ bất kỳ cơ quan nào.",
            $"SELECT extract(epoch FROM max(reported_at)) * 1000 AS reported_at FROM v_source WHERE set_code = {Sql.Of("bo")}",
            Thresholds.None,
            Unit.Ago
        );

    private static Panel KeyFigures() =>
        LatestTable.Of(
            "Các chỉ số chính",
            "Chỉ tiêu đầu tiên của mỗi chỉ số: số liệu kỳ mới nhất, so với kỳ trước, cùng kỳ năm trước, lũy kế và phần trăm kế hoạch năm. Ô trống là chưa có số liệu, không phải bằng 0.",
            Sql.Of("bo"),
            Influx.IsChosen(InfluxNames.Set, "bo"),
            "dia_ban",
            "i.measure = (SELECT min(o.measure) FROM v_indicator o WHERE o.set_code = i.set_code AND o.indicator = i.indicator)",
            14
        );

    private static Panel LateByAgency() =>
        Tables.Of(
            "Cơ quan chậm báo cáo",
            "Mỗi cơ quan một dòng: số báo cáo quá hạn chưa đủ, trong đó quá cả gia hạn, chậm từ bao giờ, hạn tới.",
            $"""
            SELECT agency, late, missing, late_since, next_due_at FROM v_agency
            WHERE set_code = {Sql.Of("bo")} AND late > 0 ORDER BY late DESC, agency
            """,
            12,
            10,
            new("agency", "Cơ quan"),
            new("late", "Quá hạn")
            {
                Width = 110,
                Cell = "color-text",
                Thresholds = Thresholds.Bad(1, 10),
            },
            new("missing", "Quá gia hạn") { Width = 110 },
            new("late_since", "Chậm từ") { Unit = Unit.Instant, Width = 140 },
            new("next_due_at", "Hạn tới") { Unit = Unit.Instant, Width = 140 }
        ) with
        {
            NoData = "Không cơ quan nào chậm",
        };

    private static Panel Wrong() =>
        AlertTable.Of(
            "Việc phải xử lý",
            "Cảnh báo chưa đóng: chưa ai tiếp nhận trước, rồi đã tiếp nhận (ai), đã giải trình (vì sao); nghiêm trọng trước. Thiếu báo cáo, nguồn ngừng trả lời, vượt ngưỡng, số liệu mâu thuẫn hay bất thường. Bấm vào nội dung để mở bảng của chỉ tiêu.",
            $"set_code = {Sql.Of("bo")} AND {AlertTable.IsLive}",
            100,
            11
        );

    private static Panel ByState() =>
        Tables.Of(
            "Cảnh báo theo tình trạng",
            "Mỗi loại cảnh báo một dòng: bao nhiêu chưa ai tiếp nhận, bao nhiêu đã có người tiếp nhận hay giải trình, và bao nhiêu đã đóng trong 30 ngày qua vì có căn cứ (số liệu đã đến, đã sửa, nguồn đã trả lời).",
            $"""
            SELECT kind, count(*) FILTER (WHERE state = 'firing') AS firing, count(*) FILTER (WHERE state = 'acknowledged') AS acknowledged,
                count(*) FILTER (WHERE state = 'explained') AS explained, count(*) FILTER (WHERE state = 'resolved') AS resolved
            FROM v_alerts WHERE set_code = {Sql.Of("bo")} GROUP BY kind ORDER BY firing DESC, kind
            """,
            12,
            9,
            new("kind", "Loại") { Mappings = AlertWords.Kinds },
            new("firing", AlertWords.Title(AlertState.Firing))
            {
                Width = 100,
                Cell = "color-text",
                Thresholds = Thresholds.Bad(1, 20),
            },
            new("acknowledged", AlertWords.Title(AlertState.Acknowledged)) { Width = 120 },
            new("explained", AlertWords.Title(AlertState.Explained)) { Width = 120 },
            new("resolved", AlertWords.Title(AlertState.Resolved)) { Width = 100 }
        ) with
        {
            NoData = "Không có cảnh báo",
        };

    private static Panel Next() =>
        Tables.Of(
            "Hạn báo cáo sắp tới",
            "Báo cáo đến hạn gần nhất mà chưa nhận đủ.",
            $"""
            SELECT agency, indicator_name, area_name, period, due_at FROM v_obligations
            WHERE set_code = {Sql.Of(
                "bo"
            )} AND NOT is_due AND NOT is_received AND state <> 'waived' ORDER BY due_at, agency LIMIT 50
            """,
            12,
            10,
            new("agency", "Cơ quan"),
            new("indicator_name", "Chỉ số"),
            new("area_name", "Địa bàn"),
            new("period", "Kỳ") { Width = 100 },
            new("due_at", "Hạn") { Unit = Unit.Instant, Width = 140 }
        );

    private static Panel Emergencies() =>
        Tables.Of(
            "Tình trạng khẩn cấp",
            "Lệnh khẩn cấp đang có hiệu lực và địa bàn; ở đó số liệu nhóm C được báo cáo theo giờ.",
            "SELECT order_no, area_name, starts_at, ends_at FROM v_emergency WHERE is_in_force ORDER BY starts_at, area_name",
            12,
            9,
            new("order_no", "Lệnh số") { Width = 140 },
            new("area_name", "Địa bàn"),
            new("starts_at", "Từ") { Unit = Unit.Instant, Width = 140 },
            new("ends_at", "Đến") { Unit = Unit.Instant, Width = 140 }
        ) with
        {
            NoData = "Không có lệnh khẩn cấp",
            Links = [new("Bảng khẩn cấp", "/d/kpi-khan-cap")],
        };
}
