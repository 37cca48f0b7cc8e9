using System.Text.Json.Nodes;

namespace KpiMetrics.Boards.Model;

/// <summary>From which value on which colour.</summary>
internal static class Thresholds
{
    /// <summary>One colour whatever the value.</summary>
    public static JsonObject None => Of(("text", null));

    /// <summary>Good as long as nothing is: grey at none, then orange, then red.</summary>
    public static JsonObject Bad(double some, double many) => Of(("green", null), ("orange", some), ("red", many));

    /// <summary>Percent that should be high.</summary>
    public static JsonObject Rate => Of(("red", null), ("orange", 70), ("green", 90));

    /// <param name="steps">The first from any value on.</param>
    public static JsonObject Of(params ReadOnlySpan<(string Color, double? From)> steps)
    {
        var list = new JsonArray();
        foreach (var (color, from) in steps)
            list.Add(new JsonObject { ["color"] = color, ["value"] = from });
        return new JsonObject { ["mode"] = "absolute", ["steps"] = list };
    }
}
