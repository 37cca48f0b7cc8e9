using KpiMetrics.Boards.Model;
using KpiMetrics.Boards.Parts;
using KpiMetrics.Pipeline.Publishing;

namespace KpiMetrics.Boards.Shipped;

/// <summary>The five fields of Bắc Ninh's decision (1120/QĐ-UBND), a board each: every indicator of the field.</summary>
internal static class FieldBoards
{
    private const string Set = "'bac-ninh'";

    public static IReadOnlyList<Board> All { get; } =
    [
        Of("kpi-bn-kinh-te", "Kinh tế", "I", "Kinh tế của tỉnh đang thế nào so với kỳ trước, cùng kỳ năm trước và kế hoạch?"),
        Of(
            "kpi-bn-khu-cong-nghiep",
            "Khu công nghiệp",
            "II",
            "Các khu công nghiệp thu hút, sản xuất và sử dụng lao động đến đâu so với cùng kỳ và kế hoạch?"
        ),
        Of(
            "kpi-bn-van-hoa-xa-hoi",
            "Văn hóa - Xã hội",
            "III",
            "Giáo dục, y tế, lao động, an sinh xã hội đang thế nào so với cùng kỳ và kế hoạch?"
        ),
        Of(
            "kpi-bn-an-ninh-trat-tu",
            "An ninh - Trật tự",
            "IV",
            "An ninh, trật tự, an toàn giao thông đang thế nào so với cùng kỳ?"
        ),
        Of("kpi-bn-nhiem-vu", "Theo dõi nhiệm vụ", "V", "Nhiệm vụ được giao hoàn thành đến đâu, còn bao nhiêu việc quá hạn?"),
    ];

    private static Board Of(string uid, string title, string group, string question)
    {
        var ofGroup = $"i.group_code = '{group}'";
        return new("bac-ninh", uid, title, question)
        {
            Variables =
            [
                new("dia_ban", "Địa bàn", Sql.AreasOf(Set)),
                new(
                    "chi_tieu",
                    "Chỉ tiêu vẽ đường",
                    $"""
                    SELECT i.measure AS __value, i.measure_name || COALESCE(' (' || i.unit || ')', '') AS __text FROM v_indicator i
                    WHERE i.set_code = {Set} AND {ofGroup} AND i.kind <> 'text' ORDER BY i.position
                    """
                )
                {
                    IsMany = true,
                },
            ],
            Sections =
            [
                new(
                    "",
                    [
                        LateStat(ofGroup),
                        Stats.Of(
                            "Báo cáo mới nhất",
                            "Lúc nhận báo cáo mới nhất của lĩnh vực này.",
                            $"""
                            SELECT extract(epoch FROM max(l.received_at)) * 1000 AS received_at FROM v_latest l
                            WHERE l.set_code = {Set} AND l.area = {Sql.Of("dia_ban")}
                                AND l.indicator IN (SELECT i.indicator FROM v_indicator i WHERE i.set_code = {Set} AND {ofGroup})
                            """,
                            Thresholds.None,
                            Unit.Ago,
                            5
                        ),
                        RateStat(ofGroup),
                        Stats.Demo(),
                    ]
                ),
                new(
                    "",
                    [
                        LatestTable.Of(
                            $"{title}: số liệu mới nhất",
                            "Mỗi chỉ tiêu một dòng: số liệu của kỳ mới nhất, so với kỳ trước, cùng kỳ năm trước (%, hoặc điểm phần trăm nếu đơn vị là %), lũy kế từ đầu năm và phần trăm kế hoạch năm. "
                                + "Ô trống là chưa có số liệu, không phải bằng 0. Bấm vào tên chỉ tiêu để xem chi tiết.",
                            Set,
                            Influx.Is(InfluxNames.Set, "bac-ninh"),
                            "dia_ban",
                            ofGroup,
                            13,
                            hasGroups: false
                        ),
                    ]
                ),
                new("Diễn biến", [Course()]),
            ],
        };
    }

    private static Panel LateStat(string ofGroup) =>
        Stats.Of(
            "Báo cáo quá hạn",
            "Số báo cáo của lĩnh vực này đã quá hạn mà chưa đủ.",
            $"""
            SELECT count(*) AS late FROM v_obligations o
            WHERE o.set_code = {Set} AND o.is_late AND NOT o.is_received AND o.state <> 'waived'
                AND o.indicator IN (SELECT i.indicator FROM v_indicator i WHERE i.set_code = {Set} AND {ofGroup})
            """,
            Thresholds.Bad(1, 10),
            width: 5
        );

    private static Panel RateStat(string ofGroup) =>
        Stats.Of(
            "Đúng hạn 12 tháng qua (%)",
            "Phần trăm báo cáo của lĩnh vực này đến hạn trong 12 tháng qua được gửi đủ và đúng hạn.",
            $"""
            SELECT round(100.0 * sum(r.on_time) / NULLIF(sum(r.expected), 0), 1) AS on_time FROM v_reporting_rate r
            WHERE r.set_code = {Set} AND r.month >= now() - interval '1 year'
                AND r.indicator IN (SELECT i.indicator FROM v_indicator i WHERE i.set_code = {Set} AND {ofGroup})
            """,
            Thresholds.Rate,
            width: 5
        );

    private static Panel Course() =>
        new(
            "stat",
            "${chi_tieu:text}",
            "Số liệu mới nhất của chỉ tiêu và diễn biến trong khoảng thời gian đã chọn; chỗ đứt là kỳ chưa có số liệu.",
            6,
            5
        )
        {
            Repeat = "chi_tieu",
            Queries =
            [
                Query.InfluxSeries(
                    Influx.Course(
                        InfluxNames.Value,
                        Influx.Is(InfluxNames.Set, "bac-ninh"),
                        Influx.IsChosen(InfluxNames.Measure, "chi_tieu"),
                        Influx.IsChosen(InfluxNames.Area, "dia_ban")
                    ) + " GROUP BY \"subject\", \"freq\"",
                    "$tag_subject $tag_freq"
                ),
            ],
            Options = Stats.Options("value", "area"),
        };
}
