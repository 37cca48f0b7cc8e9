using KpiMetrics.Boards.Model;
using KpiMetrics.Boards.Parts;
using KpiMetrics.Pipeline.Publishing;

namespace KpiMetrics.Boards.Shipped;

/// <summary>Group C of Lào Cai's list: disasters and epidemics, hour by hour, for a wall and a telephone.</summary>
internal static class EmergencyBoard
{
    private const string Set = "'lao-cai'";

    private const string Rain = "LC-C01.01";

    private const string RainOf = "luong-mua";

    private const string Communes =
        "a.is_valid AND a.level = 'commune' AND a.province = (SELECT s.area FROM v_set s WHERE s.set_code = 'lao-cai')";

    // The emergencies' areas; where none is in force all communes, so that the board can be looked at before.
    private const string Concerned =
        "(NOT EXISTS (SELECT 1 FROM v_emergency e WHERE e.is_in_force) "
        + "OR EXISTS (SELECT 1 FROM v_emergency e WHERE e.is_in_force AND e.area IN (a.area, a.parent, a.province)))";

    public static Board Board { get; } =
        new(
            "lao-cai",
            "kpi-khan-cap",
            "Khẩn cấp",
            "Mưa, lũ, dịch đang ở đâu, xã nào vượt ngưỡng, thiệt hại bao nhiêu, xã nào đã lâu chưa báo cáo?"
        )
        {
            From = "now-48h",
            Refresh = "1m",
            Variables =
            [
                new("mua_12", "Ngưỡng mưa 12 giờ", LevelsOf("mua-12h")),
                new("mua_24", "Ngưỡng mưa 24 giờ", LevelsOf("mua-24h")),
                new(
                    "tu",
                    "Từ khi có lệnh",
                    """
                    SELECT (extract(epoch FROM COALESCE(min(starts_at), now() - interval '24 hours')) * 1000)::bigint AS __value,
                        to_char(COALESCE(min(starts_at), now() - interval '24 hours') AT TIME ZONE 'Asia/Ho_Chi_Minh', 'HH24:MI DD/MM/YYYY') AS __text
                    FROM v_emergency WHERE is_in_force
                    """
                ),
            ],
            Sections =
            [
                new("", [InForce(), Silent(), Affected(), Stats.Demo(6)]),
                new("Cảnh báo", [Alerts()]),
                new("Mưa", [RainByCommune(), Exceeded("12", "12 giờ"), Exceeded("24", "24 giờ"), Hourly()]),
                new("Thiệt hại và dịch bệnh", [Damage(), Totals()]),
                new("Báo cáo", [Ages()]),
            ],
        };

    private static Panel InForce() =>
        Stats.Of(
            "Lệnh khẩn cấp",
            "Số lệnh khẩn cấp đang có hiệu lực.",
            "SELECT count(DISTINCT emergency) AS emergencies FROM v_emergency WHERE is_in_force",
            Thresholds.Bad(1, 1),
            width: 6
        );

    private static Panel Silent() =>
        Stats.Of(
            "Xã quá 2 giờ chưa báo cáo",
            "Số xã, phường trong vùng khẩn cấp mà hơn hai giờ qua không gửi số liệu nhóm C nào. Không có lệnh khẩn cấp thì tính trên mọi xã.",
            $"""
            SELECT count(*) AS silent FROM v_area a
            WHERE {Communes} AND {Concerned} AND NOT EXISTS (
                SELECT 1 FROM v_latest l WHERE l.set_code = {Set} AND l.indicator LIKE 'LC-C%' AND l.area = a.area AND l.received_at > now() - interval '2 hours')
            """,
            Thresholds.Bad(1, 10),
            width: 6
        );

    private static Panel Affected() =>
        Stats.Of(
            "Xã có thiệt hại",
            "Số xã, phường đã báo cáo thiệt hại về người, nhà ở, sản xuất, giao thông (chỉ số C2, C3) lớn hơn 0 từ khi có lệnh.",
            $"""
            SELECT count(DISTINCT l.area) AS affected FROM v_latest l
            WHERE l.set_code = {Set} AND l.indicator IN ('LC-C02', 'LC-C03') AND l.value > 0 AND l.starts_at >= to_timestamp({Sql.Raw(
                "tu"
            )} / 1000.0) - interval '1 day'
            """,
            Thresholds.Bad(1, 5),
            width: 6
        );

    private static Panel Alerts() =>
        AlertTable.Of(
            "Cảnh báo khẩn cấp",
            "Ngưỡng khẩn cấp đang bị vượt, và cảnh báo của nhóm C từ khi có lệnh: từ bao giờ, ai đã tiếp nhận, giải trình thế nào. Cảnh báo đã đóng (đã xuống dưới ngưỡng, đã báo cáo) còn hiện 24 giờ.",
            $"""
            set_code = {Set} AND ({AlertTable.IsLive} OR resolved_at > now() - interval '24 hours') AND (
                        kind = 'threshold'
                            OR indicator LIKE 'LC-C%' AND since >= to_timestamp({Sql.Raw("tu")} / 1000.0) - interval '1 day'
                    )
            """,
            200,
            10,
            hasResolved: true
        );

    private static Panel RainByCommune() =>
        new(
            "table",
            "Mưa theo xã (mm)",
            "Lượng mưa 1, 6, 12, 24 giờ gần nhất đã báo cáo và từ khi có lệnh khẩn cấp, theo xã; cộng số liệu theo giờ. Ô trống là chưa có báo cáo, không phải không mưa.",
            24,
            14
        )
        {
            Queries =
            [
                Query.Sql(
                    $"SELECT a.area, a.area_name AS name FROM v_area a WHERE {Communes} AND {Concerned} ORDER BY a.area_name"
                ),
                Query.InfluxTable(RainSince("now() - 2h", "mua_1")),
                Query.InfluxTable(RainSince("now() - 7h", "mua_6")),
                Query.InfluxTable(RainSince("now() - 13h", "mua_12")),
                Query.InfluxTable(RainSince("now() - 25h", "mua_24")),
                Query.InfluxTable(RainSince("${tu:raw}ms", "mua_tu")),
            ],
            Transformations =
            [
                Transform.NoTime,
                Transform.Merge,
                Transform.Having("name"),
                Transform.SortBy("mua_24", descending: true),
            ],
            Columns =
            [
                new("name", "Xã, phường"),
                RainColumn("mua_1", "1 giờ"),
                RainColumn("mua_6", "6 giờ"),
                RainColumn("mua_12", "12 giờ"),
                RainColumn("mua_24", "24 giờ"),
                RainColumn("mua_tu", "Từ khi có lệnh"),
            ],
            Options = Tables.Options,
            Custom = Node.Of(new { Align = "auto" }),
        };

    private static Column RainColumn(string field, string title) => new(field, title) { Unit = Unit.Number };

    private static Panel Exceeded(string hours, string title) =>
        new(
            "table",
            $"Xã vượt ngưỡng mưa {title}",
            $"Xã, phường có lượng mưa {title} gần nhất từ ngưỡng đã chọn ở đầu bảng trở lên; các ngưỡng lấy từ bộ chỉ số.",
            12,
            9
        )
        {
            Queries =
            [
                Query.Sql($"SELECT a.area, a.area_name AS name FROM v_area a WHERE {Communes}"),
                Query.InfluxTable(
                    $"SELECT \"mua\" FROM ({RainSince($"now() - {int.Parse(hours, System.Globalization.CultureInfo.InvariantCulture) + 1}h", "mua")}) "
                        + $"WHERE \"mua\" >= ${{mua_{hours}:raw}} GROUP BY {Influx.Quoted(InfluxNames.Area)}"
                ),
            ],
            Transformations =
            [
                Transform.NoTime,
                Transform.Merge,
                Transform.Having("mua"),
                Transform.SortBy("mua", descending: true),
            ],
            Columns = [new("name", "Xã, phường"), new("mua", $"Mưa {title} (mm)") { Unit = Unit.Number, Width = 180 }],
            Options = Tables.Options,
            Custom = Node.Of(new { Align = "auto" }),
            NoData = "Không xã nào vượt ngưỡng",
        };

    private static Panel Hourly() =>
        Charts.Lines(
            "Mưa từng giờ (mm)",
            "Lượng mưa từng giờ của các xã có báo cáo theo giờ; chỗ đứt là giờ chưa báo cáo.",
            24,
            10,
            Query.SqlSeries(
                $"""
                SELECT f.starts_at AS time, f.area_name AS metric, f.value FROM v_figure f
                WHERE f.set_code = {Set} AND f.measure = '{Rain}' AND f.subject = '{RainOf}' AND f.freq = 'H'
                    AND f.year >= extract(year FROM $__timeFrom()::timestamptz) AND $__timeFilter(f.starts_at)
                ORDER BY 1
                """
            )
        );

    private static Panel Damage() =>
        Tables.Of(
            "Thiệt hại theo xã",
            "Số liệu mới nhất lớn hơn 0 của các chỉ số C2 đến C5 từ khi có lệnh, xã nào, kỳ nào, nhận lúc nào.",
            $"""
            SELECT l.area_name, l.measure_name || COALESCE(': ' || l.subject_name, '') AS name, l.value, l.unit, l.period, l.received_at, l.is_demo
            FROM v_latest l
            WHERE l.set_code = {Set} AND l.indicator IN ('LC-C02', 'LC-C03', 'LC-C04', 'LC-C05') AND l.value > 0
                AND l.starts_at >= to_timestamp({Sql.Raw("tu")} / 1000.0) - interval '1 day'
            ORDER BY l.area_name, l.measure, l.subject
            """,
            14,
            12,
            new("area_name", "Xã, phường"),
            new("name", "Chỉ tiêu"),
            new("value", "Số liệu") { Unit = Unit.Number, Width = 100 },
            new("unit", "Đơn vị") { Width = 80 },
            new("period", "Kỳ") { Width = 130 },
            new("received_at", "Nhận lúc") { Unit = Unit.Instant, Width = 130 },
            new("is_demo", "Ghi chú") { Mappings = Mapping.Demo, Cell = "color-text" }
        );

    private static Panel Totals() =>
        Tables.Of(
            "Toàn vùng",
            "Tổng số liệu mới nhất của các xã đã báo cáo từ khi có lệnh; cột bên cạnh là số xã có số liệu.",
            $"""
            SELECT l.measure_name || COALESCE(': ' || l.subject_name, '') AS name, sum(l.value) AS total, l.unit, count(*) AS communes FROM v_latest l
            WHERE l.set_code = {Set} AND l.indicator IN ('LC-C02', 'LC-C03', 'LC-C04', 'LC-C05') AND l.value IS NOT NULL
                AND l.starts_at >= to_timestamp({Sql.Raw("tu")} / 1000.0) - interval '1 day' AND l.freq = 'H'
            GROUP BY l.measure, l.measure_name, l.subject, l.subject_name, l.unit ORDER BY l.measure, l.subject
            """,
            10,
            12,
            new("name", "Chỉ tiêu"),
            new("total", "Tổng") { Unit = Unit.Number, Width = 100 },
            new("unit", "Đơn vị") { Width = 80 },
            new("communes", "Số xã") { Width = 80 }
        );

    private static Panel Ages() =>
        Tables.Of(
            "Báo cáo gần nhất của từng xã",
            "Xã, phường trong vùng khẩn cấp, lâu chưa báo cáo nhất trước; ô trống là chưa báo cáo lần nào.",
            $"""
            SELECT a.area_name, max(l.received_at) AS received_at, round((extract(epoch FROM now() - max(l.received_at)) / 3600)::numeric, 1) AS hours,
                max(l.period) FILTER (WHERE l.freq = 'H') AS period
            FROM v_area a LEFT JOIN v_latest l ON l.set_code = {Set} AND l.indicator LIKE 'LC-C%' AND l.area = a.area
            WHERE {Communes} AND {Concerned} GROUP BY a.area, a.area_name ORDER BY received_at NULLS FIRST, a.area_name
            """,
            24,
            12,
            new("area_name", "Xã, phường"),
            new("received_at", "Báo cáo lúc") { Unit = Unit.Instant, Width = 150 },
            new("hours", "Cách đây (giờ)")
            {
                Unit = Unit.Number,
                Width = 140,
                Cell = "color-background",
                Thresholds = Thresholds.Of(("transparent", null), ("orange", 2), ("red", 6)),
            },
            new("period", "Giờ mới nhất có số liệu") { Width = 200 }
        );

    // The levels of a threshold of the catalog, the lowest first.
    private static string LevelsOf(string threshold) =>
        $"""
            SELECT value::text AS __value, concat(value, ' ', unit, ' (', level_name, ')') AS __text
            FROM v_threshold WHERE set_code = {Set} AND measure = '{Rain}' AND threshold = '{threshold}' ORDER BY value
            """;

    // An hour's point stands at its beginning: the last n full hours began within the last n + 1.
    private static string RainSince(string from, string name) =>
        $"SELECT sum({Influx.Quoted(InfluxNames.Value)}) AS {Influx.Quoted(name)} FROM {Influx.Quoted(InfluxNames.Kpi)} "
        + $"WHERE {Influx.Is(InfluxNames.Set, "lao-cai")} AND {Influx.Is(InfluxNames.Measure, Rain)} AND {Influx.Is(InfluxNames.Subject, RainOf)} "
        + $"AND {Influx.Is(InfluxNames.Freq, "H")} AND time >= {from} GROUP BY {Influx.Quoted(InfluxNames.Area)}";
}
