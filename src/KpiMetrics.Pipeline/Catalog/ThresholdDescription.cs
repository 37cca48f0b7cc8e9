using System.Text.Json;
using KpiMetrics.Core.Catalog;

namespace KpiMetrics.Pipeline.Catalog;

/// <summary>The thresholds of a measure in <c>catalog list --json</c>.</summary>
internal static class ThresholdDescription
{
    public static void Write(Utf8JsonWriter json, IReadOnlyList<Threshold> thresholds)
    {
        json.WriteStartArray("thresholds");
        foreach (var threshold in thresholds)
            Write(json, threshold);
        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, Threshold threshold)
    {
        json.WriteStartObject();
        json.WriteString("code", threshold.Code);
        json.WriteString("name", threshold.Name);
        json.WriteString("kind", Vocabularies.ThresholdKinds.Word(threshold.Kind));
        json.WriteNumber("hours", threshold.Hours);
        json.WriteString("unit", threshold.Unit);
        WriteCodes(json, "subjects", threshold.Subjects);
        WriteCodes(json, "areas", threshold.Areas);
        json.WriteNumber("margin", threshold.Margin);
        json.WriteNumber("readings", threshold.Readings);
        json.WriteString("origin", threshold.Origin);
        json.WriteStartArray("levels");
        foreach (var level in threshold.Levels)
        {
            json.WriteStartObject();
            json.WriteString("code", level.Code);
            json.WriteString("name", level.Name);
            json.WriteNumber("at", level.At);
            json.WriteString("severity", Vocabularies.Severities.Word(level.Severity));
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteCodes(Utf8JsonWriter json, string key, IReadOnlyList<string> codes)
    {
        json.WriteStartArray(key);
        foreach (var code in codes)
            json.WriteStringValue(code);
        json.WriteEndArray();
    }
}
