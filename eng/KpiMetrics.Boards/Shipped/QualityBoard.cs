using KpiMetrics.Boards.Model;
using KpiMetrics.Boards.Parts;

namespace KpiMetrics.Boards.Shipped;

/// <summary>The words in which Lào Cai asks for data (DESIGN 4.11), per office, indicator and area, and what an office must do.</summary>
internal static class QualityBoard
{
    private const string Score = "lcd-gauge";

    private static readonly string Chosen = $"set_code = {Sql.Of("bo")} AND agency IN ({Sql.Of("co_quan")})";

    public static Board Board { get; } =
        new(
            "lanh-dao",
            "kpi-chat-luong",
            "Chất lượng dữ liệu",
            "Số liệu của cơ quan nào đúng, đủ, sạch, sống, đồng bộ, thống nhất, và cơ quan phải làm gì?"
        )
        {
            Variables =
            [
                new("bo", "Bộ chỉ số", Sql.Sets),
                new(
                    "co_quan",
                    "Cơ quan",
                    $"SELECT DISTINCT agency AS __value, agency AS __text FROM v_indicator WHERE set_code = {Sql.Of("bo")} AND agency IS NOT NULL ORDER BY 1"
                )
                {
                    IsMany = true,
                },
            ],
            Sections =
            [
                new("Theo cơ quan", [By("agency", "Cơ quan", "cơ quan", 12)]),
                new("Việc cơ quan phải làm", [ToDo(), Found()]),
                new("Theo chỉ số", [By("indicator_name", "Chỉ số", "chỉ số", 14)]),
                new("Theo địa bàn", [By("area_name", "Địa bàn", "địa bàn", 14)]),
            ],
        };

    private static Panel By(string column, string title, string each, int height) =>
        Tables.Of(
            $"Chất lượng theo {each}",
            "Điểm từ 0 đến 100 trong 12 tháng qua. Đúng: số liệu không mâu thuẫn với nhau (tổng bằng các phần cộng lại, tỷ lệ khớp tử và mẫu). Đủ: báo cáo đã nhận trên số đến hạn. "
                + "Sạch: số liệu không có điều đáng ngờ chưa được giải thích. Sống: báo cáo mới nhất đến hạn đã có. Đồng bộ: số liệu lên được bảng. Thống nhất: các nguồn nói giống nhau. "
                + "Ô trống là không có gì để đo.",
            $"""
            SELECT q.{column}, q.right_percent, q.complete_percent, q.clean_percent, q.alive_percent, q.shown_percent, q.agreed_percent
            FROM (
                SELECT {column}, round(100.0 - 100.0 * sum(wrong) / NULLIF(sum(figures), 0), 1) AS right_percent,
                    round(100.0 * sum(received) / NULLIF(sum(expected), 0), 1) AS complete_percent,
                    round(100.0 - 100.0 * sum(suspicious) / NULLIF(sum(figures), 0), 1) AS clean_percent,
                    round(100.0 * sum(alive) / NULLIF(sum(duties), 0), 1) AS alive_percent,
                    round(100.0 - 100.0 * sum(refused) / NULLIF(sum(figures), 0), 1) AS shown_percent,
                    round(100.0 - 100.0 * sum(disagreeing) / NULLIF(sum(figures), 0), 1) AS agreed_percent
                FROM v_quality WHERE {Chosen} GROUP BY {column}
            ) AS q
            ORDER BY least(q.right_percent, q.complete_percent, q.clean_percent, q.alive_percent, q.shown_percent, q.agreed_percent), 1
            """,
            24,
            height,
            new(column, title),
            Of("right_percent", "Đúng"),
            Of("complete_percent", "Đủ"),
            Of("clean_percent", "Sạch"),
            Of("alive_percent", "Sống"),
            Of("shown_percent", "Đồng bộ"),
            Of("agreed_percent", "Thống nhất")
        );

    private static Column Of(string field, string title) =>
        new(field, title)
        {
            Width = 150,
            Cell = Score,
            Max = 100,
            Thresholds = Thresholds.Rate,
        };

    private static Panel ToDo() =>
        AlertTable.Of(
            "Việc phải làm để nâng điểm",
            "Từng việc của các cơ quan đã chọn: báo cáo nào phải gửi, số liệu nào phải xem lại và vì sao, ai đã tiếp nhận. Việc chưa ai tiếp nhận trước, việc lâu nhất trước; việc đã giải trình không còn ở đây.",
            $"{Chosen} AND state IN ('firing', 'acknowledged')",
            500,
            12
        );

    private static Panel Found() =>
        AlertTable.Of(
            "Số liệu mâu thuẫn, bất thường",
            "Số liệu không khớp với số liệu khác, hai nguồn nói khác nhau, hoặc khác thường so với các kỳ trước: từ bao giờ, ai đã tiếp nhận, giải trình thế nào. Điều đã hết còn hiện 30 ngày. Bấm vào nội dung để mở bảng của chỉ tiêu.",
            $"{Chosen} AND kind IN ('contradiction', 'disagreement', 'anomaly')",
            500,
            12,
            hasResolved: true
        );
}
