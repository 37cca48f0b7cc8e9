using System.Text.Json;
using Newtonsoft.Json.Linq;

namespace KpiMetrics.Pipeline.Sources.Http;

/// <summary>Strict JSON (RFC 8259) as a tree that JSON paths can search, in which every number keeps its digits as written.</summary>
internal static class JsonTree
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    /// <exception cref="JsonException">The text is not JSON, or names one property twice.</exception>
    /// <exception cref="InvalidOperationException">A string holds half a character (<c>"\ud83d"</c>).</exception>
    public static JToken Read(ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json, Strict);
        return Token(document.RootElement);
    }

    /// <summary>The digits of a number as the answer has them; null for anything else.</summary>
    public static string? Digits(JToken token) => token.Annotation<string>();

    private static JToken Token(JsonElement element) =>
        element.ValueKind switch
        {
            JsonValueKind.Object => new JObject(
                element.EnumerateObject().Select(property => new JProperty(property.Name, Token(property.Value)))
            ),
            JsonValueKind.Array => new JArray(element.EnumerateArray().Select(Token)),
            JsonValueKind.String => JValue.CreateString(element.GetString()),
            JsonValueKind.Number => Number(element),
            JsonValueKind.Null => JValue.CreateNull(),
            _ => new JValue(element.GetBoolean()),
        };

    // The value serves only the filters of paths; figures are read from the digits.
    private static JValue Number(JsonElement element)
    {
        var value =
            element.TryGetInt64(out var whole) ? new JValue(whole)
            : element.TryGetDecimal(out var exact) ? new JValue(exact)
            : new JValue(element.GetDouble());
        value.AddAnnotation(element.GetRawText());
        return value;
    }
}
