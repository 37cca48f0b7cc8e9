using System.Text.Json.Nodes;
using KpiMetrics.Boards.Model;
using KpiMetrics.Boards.Parts;
using KpiMetrics.Pipeline.Publishing;

namespace KpiMetrics.Boards.Shipped;

/// <summary>Communes of Lào Cai: all groups of its list, also C, of which the emergency board shows the hours.</summary>
internal static class CommunesBoard
{
    private const string Set = "'lao-cai'";

    private const string OfGroup = "i.group_code IN (${nhom:sqlstring})";

    private const string Communes =
        "a.is_valid AND a.level = 'commune' AND a.province = (SELECT s.area FROM v_set s WHERE s.set_code = 'lao-cai')";

    public static Board Board { get; } =
        new(
            "lao-cai",
            "kpi-lc-xa-phuong",
            "Xã, phường",
            "Xã, phường này đang thế nào, so với các xã khác ra sao, báo cáo có đủ không?"
        )
        {
            Variables =
            [
                new(
                    "xa",
                    "Xã, phường",
                    $"SELECT a.area AS __value, a.area_name AS __text FROM v_area a WHERE {Communes} ORDER BY a.area_name"
                ),
                new(
                    "nhom",
                    "Nhóm",
                    $"""
                    SELECT DISTINCT i.group_code AS __value, i.group_code || ': ' || i.group_name AS __text FROM v_indicator i
                    WHERE i.set_code = {Set} ORDER BY 1
                    """
                )
                {
                    IsMany = true,
                },
                new(
                    "chi_tieu",
                    "Chỉ tiêu so sánh",
                    $"""
                    SELECT i.measure AS __value, i.measure || ' ' || i.measure_name || COALESCE(' (' || i.unit || ')', '') AS __text
                    FROM v_indicator i WHERE i.set_code = {Set} AND i.kind <> 'text' AND {OfGroup} ORDER BY i.position
                    """
                ),
                .. SeriesVariables.Of(Set),
            ],
            Sections =
            [
                new("", [Late(), OnTime(), Reporting(), Stats.Demo()]),
                new("", [Figures()]),
                new("So sánh các xã, phường", [Ranking(), Map()]),
                new("Báo cáo của các xã, phường", [Rates()]),
            ],
        };

    private static Panel Late() =>
        Stats.Of(
            "Báo cáo quá hạn của xã",
            "Số báo cáo của xã, phường đã chọn quá hạn mà chưa đủ.",
            $"""
            SELECT count(*) AS late FROM v_obligations
            WHERE set_code = {Set} AND area = {Sql.Of("xa")} AND is_late AND NOT is_received AND state <> 'waived'
            """,
            Thresholds.Bad(1, 10),
            width: 6
        );

    private static Panel OnTime() =>
        Stats.Of(
            "Đúng hạn 90 ngày qua (%)",
            "Phần trăm báo cáo của xã, phường đến hạn trong ba tháng gần nhất được gửi đủ và đúng hạn.",
            $"""
            SELECT round(100.0 * sum(on_time) / NULLIF(sum(expected), 0), 1) AS on_time FROM v_reporting_rate
            WHERE set_code = {Set} AND area = {Sql.Of("xa")} AND month >= now() - interval '90 days'
            """,
            Thresholds.Rate,
            width: 6
        );

    private static Panel Reporting() =>
        Stats.Of(
            "Báo cáo mới nhất của xã",
            "Lúc nhận số liệu mới nhất của xã, phường đã chọn.",
            $"SELECT extract(epoch FROM max(received_at)) * 1000 AS received_at FROM v_latest WHERE set_code = {Set} AND area = {Sql.Of("xa")}",
            Thresholds.None,
            Unit.Ago,
            6
        );

    private static Panel Figures() =>
        LatestTable.Of(
            "Số liệu mới nhất của xã, phường",
            "Mọi chỉ tiêu của các nhóm đã chọn: số liệu kỳ mới nhất, so với kỳ trước, cùng kỳ năm trước, lũy kế và phần trăm kế hoạch. Ô trống là chưa có số liệu, không phải bằng 0.",
            Set,
            Influx.Is(InfluxNames.Set, "lao-cai"),
            "xa",
            OfGroup,
            14
        );

    private static Panel Ranking() =>
        new(
            "table",
            "Xếp hạng xã, phường theo chỉ tiêu đã chọn",
            "Số liệu kỳ mới nhất của từng xã, phường, lớn trước; bên cạnh là lúc bắt đầu kỳ của số liệu, và kỳ báo cáo mới nhất. Xã chưa có số liệu không được xếp, và đứng cuối bảng với ô trống.",
            12,
            16
        )
        {
            Queries = [Query.Sql(Places(withPeriod: true)), Query.InfluxTable(LatestOfChosen())],
            Transformations = [Transform.Merge, Transform.Having("name"), Transform.SortBy(InfluxNames.Value, descending: true)],
            Columns =
            [
                new("name", "Xã, phường"),
                new(InfluxNames.Value, "Giá trị")
                {
                    Unit = Unit.Number,
                    Cell = "lcd-gauge",
                    Thresholds = Thresholds.Of(("blue", null)),
                },
                new(InfluxNames.Yoy, "So cùng kỳ") { Unit = Unit.Number, Width = 100 },
                new("Time", "Số liệu từ") { Unit = Unit.Start, Width = 125 },
                new("period", "Kỳ báo cáo") { Width = 100 },
                new("received_at", "Nhận lúc") { Unit = Unit.Instant, Width = 130 },
            ],
            Options = Tables.Options,
            Custom = Node.Of(new { Align = "auto" }),
        };

    private static Panel Map() =>
        new(
            "geomap",
            "Bản đồ xã, phường theo chỉ tiêu đã chọn",
            "Mỗi chấm là trung tâm một xã, phường đã biết tọa độ; chấm to là giá trị lớn. Xã chưa có số liệu không có chấm. Nền bản đồ để trống khi máy chủ không ra Internet.",
            12,
            16
        )
        {
            Queries = [Query.Sql(Places(withPeriod: false)), Query.InfluxTable(LatestOfChosen())],
            Transformations = [Transform.Merge, Transform.Having("latitude"), Transform.Having(InfluxNames.Value)],
            Options = MapOptions(),
        };

    private static Panel Rates() =>
        Tables.Of(
            "Tỷ lệ báo cáo của xã, phường",
            "Trong 90 ngày qua: số báo cáo đến hạn, phần trăm đã nhận, phần trăm đúng hạn; xã thấp nhất trước.",
            $"""
            SELECT area_name, sum(expected) AS expected, round(100.0 * sum(received) / NULLIF(sum(expected), 0), 1) AS received,
                round(100.0 * sum(on_time) / NULLIF(sum(expected), 0), 1) AS on_time
            FROM v_reporting_rate WHERE set_code = {Set} AND month >= now() - interval '90 days'
            GROUP BY area, area_name ORDER BY on_time, area_name
            """,
            24,
            12,
            new("area_name", "Xã, phường"),
            new("expected", "Báo cáo đến hạn") { Width = 140 },
            new("received", "Đã nhận (%)")
            {
                Width = 200,
                Cell = "lcd-gauge",
                Max = 100,
                Thresholds = Thresholds.Rate,
            },
            new("on_time", "Đúng hạn (%)")
            {
                Width = 200,
                Cell = "lcd-gauge",
                Max = 100,
                Thresholds = Thresholds.Rate,
            }
        );

    private static string LatestOfChosen() =>
        Influx.Latest(
            Influx.Is(InfluxNames.Set, "lao-cai"),
            Influx.IsChosen(InfluxNames.Measure, "chi_tieu"),
            Influx.IsChosen(InfluxNames.Subject, "phan_to"),
            Influx.IsChosen(InfluxNames.Freq, "ky")
        );

    // Every commune, whether it has reported or not.
    private static string Places(bool withPeriod) =>
        $"""
            SELECT {Sql.Of("chi_tieu")} AS measure, {Sql.Of("phan_to")} AS subject, {Sql.Of(
                "ky"
            )} AS freq, a.area, a.area_name AS name,
                {(withPeriod ? "l.period, l.received_at" : "a.latitude, a.longitude")}
            FROM v_area a
                LEFT JOIN v_latest l ON l.set_code = {Set} AND l.measure = {Sql.Of("chi_tieu")} AND l.freq = {Sql.Of("ky")}
                    AND l.subject = replace({Sql.Of("phan_to")}, '_T', '') AND l.area = a.area
            WHERE {Communes} ORDER BY a.area_name
            """;

    private static JsonObject MapOptions()
    {
        var style = Node.Of(
            new
            {
                Size = new
                {
                    Field = InfluxNames.Value,
                    Fixed = 5,
                    Min = 4,
                    Max = 22,
                },
                Color = new { Fixed = "blue" },
                Opacity = 0.6,
                Symbol = new { Mode = "fixed", Fixed = "img/icons/marker/circle.svg" },
            }
        );
        var layer = Node.Of(
            new
            {
                Type = "markers",
                Name = "Xã, phường",
                Location = new
                {
                    Mode = "coords",
                    Latitude = "latitude",
                    Longitude = "longitude",
                },
                Tooltip = true,
            }
        );
        layer["config"] = new JsonObject { ["showLegend"] = false, ["style"] = style };
        var options = Node.Of(
            new
            {
                View = new
                {
                    Id = "fit",
                    AllLayers = true,
                    LastOnly = false,
                    Padding = 5,
                },
                Controls = new
                {
                    ShowZoom = true,
                    MouseWheelZoom = false,
                    ShowAttribution = true,
                },
                Basemap = new { Type = "default", Name = "Nền" },
                Tooltip = new { Mode = "details" },
            }
        );
        options["layers"] = Node.Array([layer]);
        return options;
    }
}
