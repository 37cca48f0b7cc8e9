using System.Text.Json.Nodes;
using KpiMetrics.Boards.Model;

namespace KpiMetrics.Boards.Parts;

/// <summary>Single numbers.</summary>
internal static class Stats
{
    private static readonly string[] Last = ["lastNotNull"];

    /// <summary>One number of the ledger.</summary>
    public static Panel Of(
        string title,
        string description,
        string sql,
        JsonObject thresholds,
        string unit = Unit.Number,
        int width = 4
    ) =>
        new("stat", title, description, width, 4)
        {
            Queries = [Query.Sql(sql)],
            Unit = unit,
            Thresholds = thresholds,
            NoData = "Không có",
            Options = Options("value", "none"),
        };

    /// <summary>A remark that stands out as long as figures of the demo are among those shown.</summary>
    public static Panel Demo(int width = 4) =>
        new(
            "stat",
            "Số liệu minh họa",
            "Cho biết sổ cái có số liệu do chương trình tạo ra để minh họa hay không; số liệu ấy không phải số liệu thật và được đánh dấu ở mọi bảng.",
            width,
            4
        )
        {
            Queries = [Query.Sql("SELECT count(*) AS demo FROM v_source WHERE source = 'demo' AND reports > 0")],
            Thresholds = Thresholds.Of(("green", null), ("purple", 1)),
            NoData = "Không có",
            Mappings =
            [
                new JsonObject
                {
                    ["type"] = "value",
                    ["options"] = new JsonObject
                    {
                        ["0"] = new JsonObject { ["text"] = "Không có", ["index"] = 0 },
                    },
                },
                new JsonObject
                {
                    ["type"] = "range",
                    ["options"] = new JsonObject
                    {
                        ["from"] = 1,
                        ["to"] = null,
                        ["result"] = new JsonObject { ["text"] = "CÓ SỐ LIỆU MINH HỌA", ["index"] = 1 },
                    },
                },
            ],
            Options = Options("background", "none"),
        };

    /// <param name="color">value or background.</param>
    /// <param name="graph">none, or area: the course below the number.</param>
    public static JsonObject Options(string color, string graph) =>
        Node.Of(
            new
            {
                ReduceOptions = new
                {
                    Values = false,
                    Calcs = Last,
                    Fields = "",
                },
                Orientation = "auto",
                TextMode = "auto",
                ColorMode = color,
                GraphMode = graph,
                JustifyMode = "auto",
            }
        );
}
