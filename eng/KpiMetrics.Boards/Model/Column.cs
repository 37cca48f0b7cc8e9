using System.Text.Json.Nodes;

namespace KpiMetrics.Boards.Model;

/// <summary>A column of a table, in the order in which they are shown; what no column names is hidden.</summary>
/// <param name="Field">As the query calls it.</param>
/// <param name="Title">As the reader sees it, with the unit where all rows have the same.</param>
internal sealed record Column(string Field, string Title)
{
    /// <summary>Only for links.</summary>
    public bool IsHidden { get; init; }

    public string? Unit { get; init; }
    public int? Width { get; init; }
    public int? Decimals { get; init; }

    /// <summary>Where a click on it leads.</summary>
    public Link? Link { get; init; }

    /// <summary>Texts and colours for values.</summary>
    public JsonArray? Mappings { get; init; }

    /// <summary>How a cell is drawn: color-text, color-background, lcd-gauge, basic.</summary>
    public string? Cell { get; init; }

    public JsonObject? Thresholds { get; init; }
    public double? Max { get; init; }
}
