using System.Text.Json.Nodes;
using KpiMetrics.Boards.Model;

namespace KpiMetrics.Boards.Parts;

/// <summary>Lines over time and bars side by side.</summary>
internal static class Charts
{
    /// <summary>Lines with a gap where nothing is known.</summary>
    public static Panel Lines(string title, string description, int width, int height, params ReadOnlySpan<Query> queries) =>
        new("timeseries", title, description, width, height)
        {
            Queries = [.. queries],
            Options = Node.Of(
                new
                {
                    Legend = new
                    {
                        ShowLegend = true,
                        DisplayMode = "list",
                        Placement = "bottom",
                        Calcs = Array.Empty<string>(),
                    },
                    Tooltip = new { Mode = "multi", Sort = "none" },
                }
            ),
            Custom = Node.Of(
                new
                {
                    DrawStyle = "line",
                    LineWidth = 2,
                    FillOpacity = 5,
                    ShowPoints = "auto",
                    PointSize = 5,
                    SpanNulls = false,
                }
            ),
        };

    /// <summary>Bars from the top down, one for each row, named by its first text column.</summary>
    public static JsonObject BarOptions(string names) =>
        Node.Of(
            new
            {
                XField = names,
                Orientation = "horizontal",
                ShowValue = "always",
                Stacking = "none",
                BarWidth = 0.8,
                GroupWidth = 0.8,
                Legend = new
                {
                    ShowLegend = false,
                    DisplayMode = "list",
                    Placement = "bottom",
                    Calcs = Array.Empty<string>(),
                },
                Tooltip = new { Mode = "single", Sort = "none" },
            }
        );
}
