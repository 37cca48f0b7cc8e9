using System.Text.Json.Nodes;
using KpiMetrics.Boards.Model;
using KpiMetrics.Boards.Parts;
using KpiMetrics.Pipeline.Publishing;

namespace KpiMetrics.Boards.Shipped;

/// <summary>One measure of one area: all that is known of it.</summary>
internal static class IndicatorBoard
{
    private static readonly string[] Chosen =
    [
        Influx.IsChosen(InfluxNames.Set, "bo"),
        Influx.IsChosen(InfluxNames.Measure, "chi_tieu"),
        Influx.IsChosen(InfluxNames.Area, "dia_ban"),
        Influx.IsChosen(InfluxNames.Subject, "phan_to"),
        Influx.IsChosen(InfluxNames.Freq, "ky"),
    ];

    private static readonly string OfLedger =
        $"f.set_code = {Sql.Of("bo")} AND f.measure = {Sql.Of("chi_tieu")} AND f.area = {Sql.Of("dia_ban")} "
        + $"AND f.subject = replace({Sql.Of("phan_to")}, '_T', '') AND f.freq = {Sql.Of("ky")}";

    public static Board Board { get; } =
        new(
            "lanh-dao",
            IndicatorLink.Uid,
            "Chỉ số",
            "Một chỉ tiêu đang thế nào so với năm trước và kế hoạch, số liệu từ đâu, đã sửa mấy lần?"
        )
        {
            From = "now-5y",
            Variables =
            [
                new("bo", "Bộ chỉ số", Sql.Sets),
                new(
                    "chi_tieu",
                    "Chỉ tiêu",
                    $"""
                    SELECT measure AS __value, measure || ' ' || measure_name || COALESCE(' (' || unit || ')', '') AS __text
                    FROM v_indicator WHERE set_code = {Sql.Of("bo")} ORDER BY position
                    """
                ),
                new("dia_ban", "Địa bàn", Sql.AreasOf(Sql.Of("bo"))),
                .. SeriesVariables.Of(Sql.Of("bo")),
            ],
            Sections =
            [
                new("", [About(), Latest(), Stats.Demo()]),
                new("", [YearOverYear(), Course()]),
                new("", [Cumulative(), Plan()]),
                new("Số liệu và nguồn gốc", [Figures(), Revisions()]),
                new("Cảnh báo và điều cần xem lại", [Alerts(), Levels(), Findings()]),
            ],
        };

    private static Panel About() =>
        Tables.Of(
            "Chỉ tiêu",
            "Tên, đơn vị, cơ quan báo cáo và tần suất theo quyết định ban hành bộ chỉ số.",
            $"""
            SELECT indicator_name, measure_name, unit, agency, frequency_printed, data_source,
                CASE basis WHEN 'derived' THEN 'hệ thống tính' ELSE 'cơ quan báo cáo' END AS basis
            FROM v_indicator WHERE set_code = {Sql.Of("bo")} AND measure = {Sql.Of("chi_tieu")}
            """,
            12,
            4,
            new("indicator_name", "Chỉ số"),
            new("measure_name", "Chỉ tiêu"),
            new("unit", "Đơn vị") { Width = 90 },
            new("agency", "Cơ quan báo cáo"),
            new("frequency_printed", "Tần suất") { Width = 90 },
            new("data_source", "Nguồn dữ liệu"),
            new("basis", "Cách có số liệu") { Width = 130 }
        );

    private static Panel Latest() =>
        new(
            "stat",
            "Số liệu mới nhất",
            "Giá trị kỳ mới nhất; thay đổi so với kỳ trước và cùng kỳ năm trước (%, hoặc điểm phần trăm nếu đơn vị là %); lũy kế; phần trăm kế hoạch năm.",
            8,
            4
        )
        {
            Queries = [Query.InfluxTable(Influx.Latest(Chosen))],
            Transformations =
            [
                Transform.Only(
                    InfluxNames.Value,
                    InfluxNames.Pop,
                    InfluxNames.Yoy,
                    InfluxNames.Ytd,
                    InfluxNames.YtdYoy,
                    InfluxNames.Plan
                ),
            ],
            Options = Stats.Options("value", "none"),
            Overrides =
            [
                Named(InfluxNames.Value, "Giá trị"),
                Named(InfluxNames.Pop, "So kỳ trước"),
                Named(InfluxNames.Yoy, "So cùng kỳ"),
                Named(InfluxNames.Ytd, "Lũy kế"),
                Named(InfluxNames.YtdYoy, "Lũy kế so cùng kỳ"),
                Named(InfluxNames.Plan, "% kế hoạch"),
            ],
        };

    private static Panel YearOverYear() =>
        new(
            "barchart",
            "Năm nay và hai năm trước, theo kỳ",
            "Mỗi kỳ trong năm một nhóm cột: số liệu đã báo cáo của năm nay và hai năm trước; kỳ chưa có số liệu thì không có cột.",
            12,
            9
        )
        {
            Queries =
            [
                Query.Sql(
                    $"""
                    SELECT CASE WHEN f.freq = 'A' THEN 'cả năm' WHEN f.freq IN ('D', 'H') THEN to_char(f.starts_at, 'DD/MM HH24:MI') ELSE substr(f.period, 6) END AS season,
                        max(f.value) FILTER (WHERE left(f.period, 4)::int = y.newest - 2) AS before_last,
                        max(f.value) FILTER (WHERE left(f.period, 4)::int = y.newest - 1) AS last,
                        max(f.value) FILTER (WHERE left(f.period, 4)::int = y.newest) AS this
                    FROM v_figure f CROSS JOIN (SELECT max(left(f.period, 4)::int) AS newest FROM v_latest f WHERE {OfLedger}) AS y
                    WHERE {OfLedger} AND left(f.period, 4)::int >= y.newest - 2 AND f.value IS NOT NULL
                    GROUP BY 1 ORDER BY 1
                    """
                ),
            ],
            Options = Vertical("season"),
            Custom = Node.Of(new { FillOpacity = 80, LineWidth = 1 }),
            Overrides = [Named("before_last", "Hai năm trước"), Named("last", "Năm trước"), Named("this", "Năm mới nhất")],
        };

    private static Panel Course() =>
        Charts.Lines(
            "Diễn biến",
            "Số liệu của từng kỳ, đặt vào lúc kỳ bắt đầu; chỗ đứt là kỳ chưa có số liệu.",
            12,
            9,
            Query.InfluxSeries(Influx.Course(InfluxNames.Value, Chosen), "Giá trị")
        );

    private static Panel Cumulative() =>
        Charts.Lines(
            "Lũy kế từ đầu năm",
            "Tổng từ đầu năm đến hết từng kỳ; chỉ có với số liệu cộng dồn được.",
            12,
            8,
            Query.InfluxSeries(Influx.Course(InfluxNames.Ytd, Chosen), "Lũy kế")
        );

    private static Panel Plan() =>
        Charts.Lines(
            "So với kế hoạch năm và cùng kỳ (%)",
            "Phần trăm kế hoạch năm đã đạt, và thay đổi so với cùng kỳ năm trước của từng kỳ và của lũy kế.",
            12,
            8,
            Query.InfluxSeries(Influx.Course(InfluxNames.Plan, Chosen), "% kế hoạch năm"),
            Query.InfluxSeries(Influx.Course(InfluxNames.Yoy, Chosen), "So cùng kỳ"),
            Query.InfluxSeries(Influx.Course(InfluxNames.YtdYoy, Chosen), "Lũy kế so cùng kỳ")
        );

    private static Panel Figures() =>
        Tables.Of(
            "Số liệu từng kỳ",
            "Số liệu đang được dùng của mỗi kỳ, tình trạng, vòng công bố, số lần sửa, lúc nhận và nguồn. Lệnh 'explain' với mã chỉ tiêu và kỳ cho biết số được tính thế nào.",
            $"""
            SELECT f.period, f.value, f.text, {Sql.Status("f.status")} AS status, {Sql.Vintage(
                "f.vintage"
            )} AS vintage, f.revision, f.received_at, f.source,
                CASE WHEN f.is_withdrawn THEN 'đã rút' END AS withdrawn, f.is_demo, f.note
            FROM v_figure f WHERE {OfLedger} AND $__timeFilter(f.starts_at) ORDER BY f.starts_at DESC
            """,
            12,
            12,
            new("period", "Kỳ") { Width = 100 },
            new("value", "Giá trị") { Unit = Unit.Number },
            new("text", "Nội dung"),
            new("status", "Tình trạng") { Width = 100 },
            new("vintage", "Vòng") { Width = 90 },
            new("revision", "Lần sửa") { Width = 70 },
            new("received_at", "Nhận lúc") { Unit = Unit.Instant, Width = 130 },
            new("source", "Nguồn") { Width = 90 },
            new("withdrawn", "Rút") { Width = 60 },
            new("is_demo", "Ghi chú") { Mappings = Mapping.Demo, Cell = "color-text" },
            new("note", "Người gửi ghi")
        );

    private static Panel Revisions() =>
        Tables.Of(
            "Mọi lần báo cáo",
            "Từng lần số liệu được nói ra: ai, lúc nào, bao nhiêu; dòng đang được dùng có dấu. Không có gì bị xóa hay ghi đè.",
            $"""
            SELECT f.period, f.received_at, f.source, f.value, f.text, {Sql.Vintage("f.vintage")} AS vintage, f.revision,
                CASE WHEN f.is_current THEN '✓' END AS current, f.note
            FROM v_revision f WHERE {OfLedger} AND $__timeFilter(f.starts_at) ORDER BY f.starts_at DESC, f.received_at DESC LIMIT 1000
            """,
            12,
            12,
            new("period", "Kỳ") { Width = 100 },
            new("received_at", "Nhận lúc") { Unit = Unit.Instant, Width = 130 },
            new("source", "Nguồn") { Width = 90 },
            new("value", "Giá trị") { Unit = Unit.Number },
            new("text", "Nội dung"),
            new("vintage", "Vòng") { Width = 90 },
            new("revision", "Lần sửa") { Width = 70 },
            new("current", "Đang dùng") { Width = 80 },
            new("note", "Người gửi ghi")
        );

    private static Panel Alerts() =>
        AlertTable.Of(
            "Cảnh báo của chỉ tiêu",
            "Cảnh báo về chỉ tiêu này ở địa bàn này: chậm báo cáo, vượt ngưỡng, số liệu mâu thuẫn hay bất thường; từ bao giờ, ai đã tiếp nhận, giải trình thế nào. Cảnh báo đã đóng còn hiện 30 ngày.",
            $"""
            set_code = {Sql.Of("bo")} AND area = {Sql.Of("dia_ban")} AND (
                        measure = {Sql.Of("chi_tieu")}
                        OR measure IS NULL AND indicator IN (
                            SELECT i.indicator FROM v_indicator i
                            WHERE i.set_code = {Sql.Of("bo")} AND i.measure = {Sql.Of("chi_tieu")}
                        )
                    )
            """,
            200,
            9,
            hasResolved: true
        );

    // Of those with one code the one that names the area holds, then the one that names the part: as alerts go by them.
    private static Panel Levels() =>
        Tables.Of(
            "Ngưỡng khẩn cấp của chỉ tiêu",
            "Số liệu theo giờ từ bao nhiêu trở lên thì thành cảnh báo khẩn cấp, ở địa bàn và phân tổ đã chọn; xuống dưới bao nhiêu, trong mấy số liệu liền, thì hết; căn cứ nào quy định.",
            $"""
            SELECT t.threshold_name, t.level_name, t.value, CASE t.kind WHEN 'rise' THEN concat(t.unit, '/giờ') ELSE t.unit END AS unit, t.severity,
                t.value - t.margin AS falls_back, t.readings, t.origin
            FROM (
                SELECT v.*, rank() OVER (PARTITION BY v.threshold ORDER BY v.areas IS NOT NULL DESC, v.subjects IS NOT NULL DESC) AS place
                FROM v_threshold v
                WHERE v.set_code = {Sql.Of("bo")} AND v.measure = {Sql.Of("chi_tieu")}
                    AND (v.areas IS NULL OR split_part({Sql.Of("dia_ban")}, '@', 1) = ANY (string_to_array(v.areas, ' ')))
                    AND (v.subjects IS NULL OR replace({Sql.Of("phan_to")}, '_T', '') = ANY (string_to_array(v.subjects, ' ')))
            ) AS t WHERE t.place = 1 ORDER BY t.position
            """,
            24,
            7,
            new("threshold_name", "Ngưỡng"),
            new("level_name", "Mức"),
            new("value", "Từ") { Unit = Unit.Number, Width = 100 },
            new("unit", "Đơn vị") { Width = 90 },
            new("severity", "Loại cảnh báo")
            {
                Width = 120,
                Cell = "color-text",
                Mappings = AlertWords.Severities,
            },
            new("falls_back", "Hết khi dưới") { Unit = Unit.Number, Width = 120 },
            new("readings", "Số liệu liền") { Width = 110 },
            new("origin", "Căn cứ")
        ) with
        {
            NoData = "Không có ngưỡng khẩn cấp",
        };

    // A finding that a check no longer sees may still have its alert, until a worker closes it.
    private static Panel Findings() =>
        Tables.Of(
            "Điều cần xem lại",
            "Chỗ số liệu của chỉ tiêu này không khớp với số liệu khác, hoặc khác thường so với các kỳ trước và địa phương khác, đang mở hay đã hết; ai đã tiếp nhận, giải trình thế nào.",
            $"""
            SELECT f.period, f.sentence, f.found_at, f.resolved_at, COALESCE(a.state, f.state) AS state, {AlertTable.Holder}, a.explanation
            FROM v_finding f
                LEFT JOIN v_alerts a ON a.alert = concat('finding:', f.finding)
                    AND (a.state = 'resolved') = (f.resolved_at IS NOT NULL)
                    AND a.set_code = {Sql.Of("bo")} AND a.measure = {Sql.Of("chi_tieu")} AND a.area = {Sql.Of("dia_ban")}
            WHERE f.set_code = {Sql.Of("bo")} AND f.measure = {Sql.Of("chi_tieu")} AND f.area = {Sql.Of("dia_ban")}
            ORDER BY f.resolved_at IS NOT NULL, f.found_at DESC LIMIT 200
            """,
            24,
            8,
            [
                new("period", "Kỳ") { Width = 100 },
                new("sentence", "Điều cần xem lại"),
                new("found_at", "Phát hiện lúc") { Unit = Unit.Instant, Width = 140 },
                new("resolved_at", "Hết lúc") { Unit = Unit.Instant, Width = 140 },
                .. AlertTable.Handling,
            ]
        );

    private static JsonObject Named(string field, string name) => Fields.Wish(field, [Fields.Property("displayName", name)]);

    private static JsonObject Vertical(string names)
    {
        var options = Charts.BarOptions(names);
        options["orientation"] = "vertical";
        options["showValue"] = "auto";
        options["legend"]!["showLegend"] = true;
        return options;
    }
}
