using System.Text.Json;
using System.Text.Json.Nodes;

namespace KpiMetrics.Boards.Model;

/// <summary>JSON from what C# can write shortly.</summary>
internal static class Node
{
    private static readonly JsonSerializerOptions Options = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    public static JsonObject Of(object value) =>
        JsonSerializer.SerializeToNode(value, Options) as JsonObject ?? throw new ArgumentException("No object.", nameof(value));

    public static JsonArray Array(IEnumerable<JsonNode?> nodes) => [.. nodes];
}
