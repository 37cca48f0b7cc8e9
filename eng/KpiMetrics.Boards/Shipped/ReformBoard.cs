using KpiMetrics.Boards.Model;
using KpiMetrics.Boards.Parts;
using KpiMetrics.Pipeline.Publishing;

namespace KpiMetrics.Boards.Shipped;

/// <summary>The seven forms of the report on administrative reform, with what does not agree in them.</summary>
internal static class ReformBoard
{
    private const string Set = "'cchc'";

    // The last word of each source about a period, against the one that counts. As in the checks, an estimate is not held against what is final, nor one round of
    // publishing against another: they need not agree.
    private static readonly string Pairs = $"""
        WITH said AS (
            SELECT measure, measure_name, unit, subject, area, freq, period, source, vintage, value, is_current, status IN ('E', 'F', 'I', 'P') AS is_tentative,
                row_number() OVER (PARTITION BY measure, subject, area, freq, period, source, vintage ORDER BY received_at DESC) AS back
            FROM v_revision WHERE set_code = {Set} AND area = {Sql.Of("dia_ban")}
        )
        SELECT c.measure, c.measure_name, c.period, c.value AS used, c.source AS used_source, o.value AS other, o.source AS other_source,
            c.value - o.value AS difference, c.unit
        FROM said c JOIN said o USING (measure, subject, area, freq, period, vintage, is_tentative)
        WHERE c.is_current AND o.back = 1 AND o.source <> c.source AND o.value <> c.value
        """;

    private const string OfForm = "i.group_code IN (${bieu:sqlstring})";

    public static Board Board { get; } =
        new(
            "cchc",
            "kpi-cchc",
            "Cải cách hành chính",
            "Bảy biểu mẫu cải cách hành chính nói gì, và số nào mâu thuẫn với báo cáo bằng lời?"
        )
        {
            Variables =
            [
                new("dia_ban", "Địa bàn", Sql.AreasOf(Set)),
                new(
                    "bieu",
                    "Biểu mẫu",
                    $"SELECT DISTINCT group_code AS __value, group_name AS __text FROM v_indicator WHERE set_code = {Set} ORDER BY 1"
                )
                {
                    IsMany = true,
                },
            ],
            Sections =
            [
                new("", [Reported(), Contradictions(), Late(), Stats.Demo(6)]),
                new("", [Figures()]),
                new("Số liệu không khớp", [Findings(), Disagreeing()]),
            ],
        };

    private static Panel Reported() =>
        Stats.Of(
            "Chỉ tiêu có số liệu",
            "Số chỉ tiêu của các biểu mẫu đã có số liệu, ở kỳ mới nhất bất kỳ.",
            $"SELECT count(DISTINCT measure) AS measures FROM v_latest WHERE set_code = {Set} AND area = {Sql.Of("dia_ban")}",
            Thresholds.None,
            width: 6
        );

    private static Panel Contradictions() =>
        Stats.Of(
            "Số liệu mâu thuẫn",
            "Số chỉ tiêu mà hai nguồn nói khác nhau về cùng một kỳ; liệt kê ở cuối bảng.",
            $"SELECT count(*) AS contradictions FROM ({Pairs}) AS pairs",
            Thresholds.Bad(1, 10),
            width: 6
        );

    private static Panel Late() =>
        Stats.Of(
            "Báo cáo quá hạn",
            "Số báo cáo cải cách hành chính quá hạn mà chưa đủ.",
            $"SELECT COALESCE(sum(late), 0) AS late FROM v_agency WHERE set_code = {Set}",
            Thresholds.Bad(1, 10),
            width: 6
        );

    private static Panel Figures() =>
        LatestTable.Of(
            "Số liệu các biểu mẫu",
            "Mọi chỉ tiêu của các biểu mẫu đã chọn, kỳ mới nhất. Ô trống là chưa có số liệu, không phải bằng 0.",
            Set,
            Influx.Is(InfluxNames.Set, "cchc"),
            "dia_ban",
            OfForm,
            16
        );

    private static Panel Findings() =>
        Tables.Of(
            "Điều không khớp trong số liệu",
            "Từng chỗ số liệu không thể cùng đúng: tổng không bằng các phần cộng lại, tỷ lệ không khớp tử và mẫu, số này lớn hơn số mà nó là một phần; hoặc số khác thường so với các kỳ trước. Không số nào bị sửa; cơ quan báo cáo phải trả lời.",
            $"""
            SELECT measure, measure_name, period, sentence, found_at FROM v_finding
            WHERE set_code = {Set} AND area = {Sql.Of("dia_ban")} AND state = 'firing' ORDER BY measure, period, code
            """,
            24,
            12,
            new("measure", "Mã") { Width = 110 },
            new("measure_name", "Chỉ tiêu") { Width = 280 },
            new("period", "Kỳ") { Width = 90 },
            new("sentence", "Điều không khớp"),
            new("found_at", "Phát hiện lúc") { Unit = Unit.Instant, Width = 140 }
        ) with
        {
            NoData = "Không có điều gì không khớp",
        };

    private static Panel Disagreeing() =>
        Tables.Of(
            "Hai nguồn nói khác nhau",
            "Cùng chỉ tiêu, cùng kỳ, hai nguồn cho hai số: số đang được dùng (của nguồn được tin hơn) và số kia. Không số nào bị sửa; cơ quan báo cáo phải trả lời.",
            $"{Pairs} ORDER BY measure, period",
            24,
            12,
            new("measure", "Mã") { Width = 110 },
            new("measure_name", "Chỉ tiêu"),
            new("period", "Kỳ") { Width = 100 },
            new("used", "Số đang dùng") { Unit = Unit.Number, Width = 120 },
            new("used_source", "Nguồn") { Width = 110 },
            new("other", "Số kia") { Unit = Unit.Number, Width = 120 },
            new("other_source", "Nguồn của số kia") { Width = 140 },
            new("difference", "Chênh lệch") { Unit = Unit.Number, Width = 110 },
            new("unit", "Đơn vị") { Width = 90 }
        ) with
        {
            NoData = "Không có mâu thuẫn",
        };
}
