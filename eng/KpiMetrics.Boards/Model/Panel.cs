using System.Text.Json.Nodes;

namespace KpiMetrics.Boards.Model;

/// <summary>One picture or table of a board.</summary>
/// <param name="Type">Of Grafana's own: stat, table, timeseries, barchart, geomap, text.</param>
/// <param name="Title">Names what is shown and its unit.</param>
/// <param name="Description">What it says, for a reader who sees it for the first time.</param>
/// <param name="Width">Of 24.</param>
internal sealed record Panel(string Type, string Title, string Description, int Width, int Height)
{
    public IReadOnlyList<Query> Queries { get; init; } = [];
    public string Unit { get; init; } = Model.Unit.Number;
    public string NoData { get; init; } = "Chưa có số liệu";

    /// <summary>What Grafana does with the answers, in order.</summary>
    public IReadOnlyList<JsonObject> Transformations { get; init; } = [];

    /// <summary>Of a table.</summary>
    public IReadOnlyList<Column> Columns { get; init; } = [];

    public JsonObject Options { get; init; } = [];

    /// <summary>How the fields are drawn, by the panel's type.</summary>
    public JsonObject Custom { get; init; } = [];

    public JsonObject? Thresholds { get; init; }
    public JsonArray? Mappings { get; init; }

    /// <summary>Further wishes for single fields, by name.</summary>
    public IReadOnlyList<JsonObject> Overrides { get; init; } = [];

    public IReadOnlyList<Link> Links { get; init; } = [];
    public int? Decimals { get; init; }
    public double? Min { get; init; }
    public double? Max { get; init; }

    /// <summary>Once for each value of this variable.</summary>
    public string? Repeat { get; init; }

    /// <summary>The one source of its queries, or Grafana's name for several.</summary>
    public DataSource Source =>
        Queries.Select(query => query.Source).Distinct().ToList() switch
        {
            [] => DataSource.None,
            [var one] => one,
            _ => DataSource.Mixed,
        };
}
