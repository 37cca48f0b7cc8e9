using KpiMetrics.Boards.Model;
using KpiMetrics.Pipeline.Publishing;

namespace KpiMetrics.Boards.Parts;

/// <summary>The newest figure of each measure of one area: names from the ledger, figures and comparisons from InfluxDB.</summary>
internal static class LatestTable
{
    /// <summary>A column that is filled where a measure of which nothing is known has its line.</summary>
    private const string Unknown = "unknown";

    /// <param name="set">A code in single quotes, or a variable.</param>
    /// <param name="influxSet">The same as a condition of InfluxQL.</param>
    /// <param name="area">The variable of the area.</param>
    /// <param name="where">Which measures, as a condition on <c>v_indicator</c> called i.</param>
    /// <param name="hasGroups">Measures of several groups are in it.</param>
    public static Panel Of(
        string title,
        string description,
        string set,
        string influxSet,
        string area,
        string where,
        int height,
        bool hasGroups = true
    ) =>
        new("table", title, description, 24, height)
        {
            Queries =
            [
                Query.Sql(Names(set, area, where)),
                Query.InfluxTable(Influx.Latest(influxSet, Influx.IsChosen(InfluxNames.Area, area))),
            ],
            // Measures that nothing is known of stay, once: missing is shown as missing. Figures of others go, and frequencies that say nothing.
            Transformations =
            [
                Transform.Merge,
                Transform.Having("name"),
                Transform.Having("period", InfluxNames.Value, Unknown),
                Transform.SortBy("place"),
            ],
            Columns = Columns(set, area, hasGroups),
            Options = Tables.Options,
            Custom = Node.Of(new { Align = "auto", Filterable = true }),
        };

    private static IReadOnlyList<Column> Columns(string set, string area, bool hasGroups) =>
        [
            new("place", "TT") { IsHidden = true },
            new(Unknown, "Chưa có số liệu") { IsHidden = true },
            new(InfluxNames.Subject, "Phân tổ") { IsHidden = true },
            new(InfluxNames.Area, "Địa bàn") { IsHidden = true },
            new(InfluxNames.Freq, "Kỳ SDMX") { IsHidden = true },
            new("group_name", "Lĩnh vực") { IsHidden = !hasGroups, Width = 170 },
            new("indicator_name", "Chỉ số") { Width = 260 },
            new("name", "Chỉ tiêu")
            {
                Width = 280,
                Link = new(
                    "Xem chi tiết chỉ tiêu",
                    $"/d/{IndicatorLink.Uid}?var-bo={IndicatorLink.SetOf(set)}&var-chi_tieu=${{__data.fields[\"Mã\"]}}"
                        + $"&var-dia_ban=${{{area}}}&var-phan_to=${{__data.fields[\"Phân tổ\"]}}&var-ky=${{__data.fields[\"Kỳ SDMX\"]}}"
                ),
            },
            new("unit", "Đơn vị") { Width = 90 },
            new("period", "Kỳ báo cáo") { Width = 100 },
            // The newest number may be computed of a period that nobody has reported yet: of the days of an unfinished month.
            new("Time", "Số liệu từ") { Unit = Unit.Start, Width = 125 },
            new(InfluxNames.Value, "Giá trị") { Unit = Unit.Number, Width = 110 },
            new("text", "Nội dung") { Width = 120 },
            new(InfluxNames.Pop, "So kỳ trước") { Unit = Unit.Number, Width = 95 },
            new(InfluxNames.Yoy, "So cùng kỳ") { Unit = Unit.Number, Width = 95 },
            new(InfluxNames.Ytd, "Lũy kế") { Unit = Unit.Number, Width = 110 },
            new(InfluxNames.YtdYoy, "Lũy kế so cùng kỳ") { Unit = Unit.Number, Width = 120 },
            new(InfluxNames.Plan, "% kế hoạch")
            {
                Unit = Unit.Number,
                Width = 110,
                Cell = "lcd-gauge",
                Max = 100,
                Thresholds = Thresholds.Of(("blue", null)),
            },
            new("status", "Tình trạng") { Width = 95 },
            new("frequency", "Tần suất") { Width = 80 },
            new("received_at", "Nhận lúc") { Unit = Unit.Instant, Width = 130 },
            new("agency", "Cơ quan báo cáo") { Width = 160 },
            new("is_demo", "Ghi chú")
            {
                Mappings = Mapping.Demo,
                Cell = "color-text",
                Width = 130,
            },
            new(InfluxNames.Measure, "Mã") { Width = 90 },
        ];

    private static string Names(string set, string area, string where) =>
        $"""
            SELECT i.position * 1000 + row_number() OVER (PARTITION BY i.measure ORDER BY f.place, l.subject) AS place,
                i.measure, {Sql.Subject} AS subject, f.freq, {Sql.Of(area)} AS area, i.group_name, i.indicator_name,
                i.measure_name || COALESCE(': ' || l.subject_name, '') AS name, i.unit, l.period, l.text,
                {Sql.Status("l.status")} AS status, {Sql.Frequency("f.freq")} AS frequency, l.received_at, i.agency, l.is_demo,
                CASE WHEN f.place = 1 AND NOT COALESCE(bool_or(l.period IS NOT NULL) OVER (PARTITION BY i.measure), FALSE) THEN 1 END AS {Unknown}
            FROM v_indicator i
                CROSS JOIN LATERAL unnest(string_to_array(i.frequencies, ' ')) WITH ORDINALITY AS f (freq, place)
                LEFT JOIN v_latest l ON l.set_code = {set} AND l.area = {Sql.Of(
                area
            )} AND l.measure = i.measure AND l.freq = f.freq
            WHERE i.set_code = {set} AND ({where})
                AND COALESCE(i.valid_from, '-infinity') <= CURRENT_DATE AND COALESCE(i.valid_to, 'infinity') >= CURRENT_DATE
            ORDER BY 1
            """;
}
