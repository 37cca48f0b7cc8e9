using System.Text.Json.Nodes;

namespace KpiMetrics.Boards.Model;

/// <summary>Wishes for single fields of a panel.</summary>
internal static class Fields
{
    /// <summary>For the field that the reader sees under this name.</summary>
    public static JsonObject Wish(string name, IEnumerable<JsonObject> properties) =>
        new() { ["matcher"] = Node.Of(new { Id = "byName", Options = name }), ["properties"] = Node.Array(properties) };

    public static JsonObject Property(string id, JsonNode? value) => new() { ["id"] = id, ["value"] = value };
}
