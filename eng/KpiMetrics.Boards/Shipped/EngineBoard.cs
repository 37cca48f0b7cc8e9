using System.Text.Json.Nodes;
using KpiMetrics.Boards.Model;
using KpiMetrics.Boards.Parts;
using KpiMetrics.Pipeline.Publishing;

namespace KpiMetrics.Boards.Shipped;

/// <summary>The engine itself, for those who run it.</summary>
internal static class EngineBoard
{
    public static Board Board { get; } =
        new(
            "van-hanh",
            "kpi-van-hanh",
            "Vận hành",
            "Hệ thống có chạy kịp không, nguồn nào hỏng, số liệu nào không lên được bảng, ai đã đổi lịch?"
        )
        {
            From = "now-24h",
            Refresh = "30s",
            Sections =
            [
                new(
                    "",
                    [
                        One(
                            "workers",
                            "Tiến trình đang chạy",
                            "Số tiến trình thu thập đang chạy; 0 là hệ thống đã dừng.",
                            Thresholds.Of(("red", null), ("green", 1))
                        ),
                        One(
                            "lost_workers",
                            "Tiến trình mất liên lạc",
                            "Số tiến trình không còn báo hiệu mà chưa dừng hẳn.",
                            Thresholds.Bad(1, 2)
                        ),
                        One(
                            "outbox",
                            "Số liệu chờ lên bảng",
                            "Số số liệu đã nhận mà chưa ghi vào InfluxDB.",
                            Thresholds.Bad(5000, 50000)
                        ),
                        Stats.Of(
                            "Chờ lâu nhất",
                            "Số liệu chờ lâu nhất đã chờ bao lâu.",
                            "SELECT extract(epoch FROM at - outbox_since) AS seconds FROM v_engine",
                            Thresholds.Bad(60, 900),
                            Unit.Seconds
                        ),
                        One(
                            "refused_points",
                            "Số liệu bị InfluxDB từ chối",
                            "Số điểm InfluxDB không nhận; lý do ở bảng dưới.",
                            Thresholds.Bad(1, 10)
                        ),
                        Stats.Of(
                            "Báo cáo mới nhất",
                            "Lúc nhận báo cáo mới nhất từ bất kỳ nguồn nào.",
                            "SELECT extract(epoch FROM reported_at) * 1000 AS reported_at FROM v_engine",
                            Thresholds.None,
                            Unit.Ago
                        ),
                        One("questions", "Đang hỏi nguồn", "Số nhiệm vụ đang được hỏi ngay lúc này.", Thresholds.None),
                        One(
                            "figures_to_rebuild",
                            "Còn phải dựng lại",
                            "Khi dựng lại toàn bộ InfluxDB: còn khoảng bao nhiêu số liệu.",
                            Thresholds.None
                        ),
                        One(
                            "points_in_flight",
                            "Đang trên đường",
                            "Số điểm đang gửi, hoặc đã gửi mà chưa có trả lời và sẽ được xem lại.",
                            Thresholds.None
                        ),
                        One(
                            "late",
                            "Báo cáo quá hạn",
                            "Số báo cáo của mọi bộ chỉ số đã quá hạn mà chưa đủ.",
                            Thresholds.Bad(1, 100)
                        ),
                        One("missing", "Quá gia hạn", "Số báo cáo hết cả thời gian gia hạn mà chưa đủ.", Thresholds.Bad(1, 100)),
                        Stats.Demo(),
                    ]
                ),
                new(
                    "Diễn biến",
                    [
                        Course(
                            "Chờ lên bảng",
                            "Số số liệu đã nhận mà chưa lên bảng, theo từng tiến trình đo.",
                            InfluxNames.Waiting,
                            Unit.Number
                        ),
                        Course("Độ trễ", "Số liệu chờ lâu nhất đã chờ bao lâu.", InfluxNames.Lag, Unit.Seconds),
                        Course("Quá hạn", "Số báo cáo quá hạn mà chưa đủ của mọi bộ chỉ số.", InfluxNames.Overdue, Unit.Number),
                        Course(
                            "Nguồn hỏng",
                            "Số nguồn dữ liệu mà lần hỏi cuối không được trả lời.",
                            InfluxNames.Failing,
                            Unit.Number
                        ),
                        Course("Bộ nhớ", "Bộ nhớ của từng tiến trình.", InfluxNames.Memory, "bytes"),
                        Course("Bị từ chối", "Số điểm InfluxDB không nhận.", InfluxNames.Refused, Unit.Number),
                    ]
                ),
                new("Nguồn", [Sources()]),
                new("Cảnh báo và lỗi", [Alerts(), Refused()]),
                new("Ai đang làm gì, ai đã đổi gì", [Claims(), Changes()]),
            ],
        };

    private static Panel One(string column, string title, string description, JsonObject thresholds) =>
        Stats.Of(title, description, $"SELECT {column} FROM v_engine", thresholds);

    private static Panel Course(string title, string description, string field, string unit)
    {
        var panel = Charts.Lines(
            title,
            description + " Chỗ đứt là lúc tiến trình không chạy.",
            8,
            8,
            Query.InfluxSeries(
                $"SELECT {Influx.Quoted(field)} FROM {Influx.Quoted(InfluxNames.Engine)} WHERE $timeFilter GROUP BY {Influx.Quoted(InfluxNames.Worker)}",
                $"$tag_{InfluxNames.Worker}"
            )
        ) with
        {
            Unit = unit,
        };
        panel.Custom["showPoints"] = "never";
        // Readings come every half minute: what lacks three was not running.
        panel.Custom["insertNulls"] = 90_000;
        return panel;
    }

    private static Panel Sources() =>
        Tables.Of(
            "Nguồn dữ liệu",
            "Mỗi nguồn và bộ chỉ số một dòng: hỏi lần cuối, trả lời lần cuối, hỏng từ bao giờ, và đã nhận, lặp lại, từ chối bao nhiêu dòng. Nguồn hỏng đứng trước.",
            """
            SELECT source, set_code, CASE WHEN is_asked THEN 'hệ thống hỏi' ELSE 'cơ quan gửi' END AS way, duties, failing, failing_since, asked_at, answered_at, reported_at,
                reports, recorded, repeated, refused, outcome
            FROM v_source ORDER BY failing DESC, source, set_code
            """,
            24,
            11,
            new("source", "Nguồn"),
            new("set_code", "Bộ chỉ số") { Width = 100 },
            new("way", "Cách lấy") { Width = 110 },
            new("duties", "Nhiệm vụ") { Width = 80 },
            new("failing", "Đang hỏng")
            {
                Width = 90,
                Cell = "color-text",
                Thresholds = Thresholds.Bad(1, 5),
            },
            new("failing_since", "Hỏng từ") { Unit = Unit.Instant, Width = 130 },
            new("asked_at", "Hỏi lần cuối") { Unit = Unit.Instant, Width = 130 },
            new("answered_at", "Trả lời lần cuối") { Unit = Unit.Instant, Width = 130 },
            new("reported_at", "Báo cáo mới nhất") { Unit = Unit.Instant, Width = 130 },
            new("reports", "Báo cáo") { Width = 80 },
            new("recorded", "Ghi") { Width = 80 },
            new("repeated", "Lặp") { Width = 70 },
            new("refused", "Từ chối") { Width = 80 },
            new("outcome", "Kết quả lần hỏi cuối")
        );

    private static Panel Alerts() =>
        Tables.Of(
            "Cảnh báo theo loại",
            "Số cảnh báo đang mở của mỗi loại và bộ chỉ số, và cảnh báo cũ nhất.",
            """
            SELECT kind, severity, set_code, count(*) AS alerts, min(since) AS since FROM v_alerts WHERE state = 'firing'
            GROUP BY kind, severity, set_code ORDER BY severity, alerts DESC
            """,
            12,
            10,
            new("kind", "Loại") { Mappings = AlertWords.Kinds },
            new("severity", "Mức")
            {
                Width = 110,
                Cell = "color-text",
                Mappings = AlertWords.Severities,
            },
            new("set_code", "Bộ chỉ số") { Width = 110 },
            new("alerts", "Số cảnh báo") { Width = 110 },
            new("since", "Cũ nhất từ") { Unit = Unit.Instant, Width = 140 }
        );

    private static Panel Refused() =>
        Tables.Of(
            "Số liệu InfluxDB từ chối",
            "Từng điểm và lý do, theo lời máy chủ; 'publish verify' gửi lại.",
            "SELECT measure, measure_name, area_name, period, reason, refused_at FROM v_refused_point ORDER BY refused_at DESC LIMIT 200",
            12,
            10,
            new("measure", "Mã") { Width = 100 },
            new("measure_name", "Chỉ tiêu"),
            new("area_name", "Địa bàn"),
            new("period", "Kỳ") { Width = 95 },
            new("reason", "Lý do"),
            new("refused_at", "Lúc") { Unit = Unit.Instant, Width = 130 }
        );

    private static Panel Claims() =>
        Tables.Of(
            "Việc đang làm",
            "Tiến trình nào đang giữ việc nào.",
            "SELECT claim, holder, held_until, CASE WHEN is_expired THEN 'đã mất' END AS lost FROM v_claim ORDER BY kind, claim LIMIT 200",
            12,
            10,
            new("claim", "Việc"),
            new("holder", "Tiến trình"),
            new("held_until", "Giữ đến") { Unit = Unit.Instant, Width = 140 },
            new("lost", "Mất") { Width = 70 }
        );

    private static Panel Changes() =>
        Tables.Of(
            "Thay đổi lịch",
            "Ai đổi lịch của chỉ số hay nguồn nào, lúc nào, vì sao.",
            "SELECT changed_at, target, actor, action, reason, cron FROM v_schedule_change ORDER BY revision DESC LIMIT 100",
            12,
            10,
            new("changed_at", "Lúc") { Unit = Unit.Instant, Width = 130 },
            new("target", "Của"),
            new("actor", "Người đổi"),
            new("action", "Việc") { Width = 80 },
            new("reason", "Lý do"),
            new("cron", "Lịch mới") { Width = 130 }
        );
}
