using System.Text.Json.Nodes;

namespace KpiMetrics.Boards.Model;

/// <summary>Texts and colours in place of values.</summary>
internal static class Mapping
{
    public static JsonArray Of(params ReadOnlySpan<(string Value, string Text, string? Color)> all)
    {
        var options = new JsonObject();
        var place = 0;
        foreach (var (value, text, color) in all)
        {
            var result = new JsonObject { ["text"] = text, ["index"] = place++ };
            if (color is not null)
                result["color"] = color;
            options[value] = result;
        }
        return [new JsonObject { ["type"] = "value", ["options"] = options }];
    }

    /// <summary>For columns that are true where the figure is made up.</summary>
    public static JsonArray Demo =>
        Of(("true", "SỐ LIỆU MINH HỌA", "purple"), ("false", "", null), ("1", "SỐ LIỆU MINH HỌA", "purple"));
}
