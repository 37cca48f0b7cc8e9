using System.Text.Json;

namespace KpiMetrics.ServerTests.Boards;

/// <summary>A panel as it is shipped.</summary>
internal sealed class BoardPanel(JsonElement json)
{
    public string Title => json.GetProperty("title").GetString() ?? "";

    public string Type => json.GetProperty("type").GetString() ?? "";

    public string? Repeat => json.TryGetProperty("repeat", out var variable) ? variable.GetString() : null;

    public string NoData => json.GetProperty("fieldConfig").GetProperty("defaults").GetProperty("noValue").GetString() ?? "";

    public JsonElement Transformations => json.GetProperty("transformations");

    public IReadOnlyList<JsonElement> Targets => [.. json.GetProperty("targets").EnumerateArray()];
}
