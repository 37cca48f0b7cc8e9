using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using KpiMetrics.Core.Catalog;

namespace KpiMetrics.Pipeline.Catalog;

/// <summary>What <c>catalog list --json</c> prints: the indicators of a set in document order (DESIGN 9).</summary>
public static class CatalogDescription
{
    // Vietnamese as it is; the text goes to terminals and programs, never into a page.
    private static readonly JsonWriterOptions Options = new()
    {
        Indented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>A JSON list; text that the document does not print is null, lists without entries are empty.</summary>
    public static string ToJson(IndicatorSet set)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartArray();
            foreach (var indicator in set.Indicators)
                WriteIndicator(json, indicator);
            json.WriteEndArray();
        }
        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    private static void WriteIndicator(Utf8JsonWriter json, Indicator indicator)
    {
        json.WriteStartObject();
        json.WriteString("code", indicator.Code);
        json.WriteString("group", indicator.Group);
        json.WriteString("number", indicator.Number);
        json.WriteString("name", indicator.Name);
        json.WriteString("agency", indicator.Agency);
        WriteTexts(json, "frequencies", indicator.Frequencies.Select(Vocabularies.Frequencies.Word));
        json.WriteString("database", indicator.Database);
        json.WriteString("owner", indicator.Owner);
        json.WriteString("source", indicator.Source);
        json.WriteStartArray("measures");
        foreach (var measure in indicator.Measures)
            WriteMeasure(json, measure);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteMeasure(Utf8JsonWriter json, Measure measure)
    {
        json.WriteStartObject();
        json.WriteString("code", measure.Code);
        json.WriteString("name", measure.Name);
        json.WriteString("unit", measure.Unit);
        json.WriteString("kind", Vocabularies.Kinds.Word(measure.Kind));
        WriteOrigin(json, measure.Derived);
        json.WriteString("number", measure.Number);
        json.WriteString("under", measure.Under);
        json.WriteString("agency", measure.Agency);
        json.WriteString("owner", measure.Owner);
        json.WriteString("source", measure.Source);
        json.WriteString("aggregation", Vocabularies.Aggregations.Word(measure.Aggregation));
        WriteObjects(json, "subjects", measure.Subjects, subject => [("code", subject.Code), ("name", subject.Name)]);
        json.WriteBoolean("subjects_open", measure.SubjectsOpen);
        WriteObjects(json, "bases", measure.Bases, entry => [("from", entry.From.ToString()), ("base", entry.Base)]);
        ThresholdDescription.Write(json, measure.Thresholds);
        json.WriteBoolean("inferred", measure.Inferred);
        json.WriteString("note", measure.Note);
        json.WriteEndObject();
    }

    private static void WriteOrigin(Utf8JsonWriter json, MeasureDerivation? derived)
    {
        if (derived is null)
        {
            json.WriteBoolean("reported", true);
            return;
        }
        json.WriteStartObject("derived");
        json.WriteString("rule", Vocabularies.DerivedRules.Word(derived.Rule));
        WriteTexts(json, "inputs", derived.Inputs);
        json.WriteEndObject();
    }

    private static void WriteTexts(Utf8JsonWriter json, string key, IEnumerable<string> texts)
    {
        json.WriteStartArray(key);
        foreach (var text in texts)
            json.WriteStringValue(text);
        json.WriteEndArray();
    }

    private static void WriteObjects<T>(
        Utf8JsonWriter json,
        string key,
        IEnumerable<T> items,
        Func<T, IEnumerable<(string Key, string Value)>> fields
    )
    {
        json.WriteStartArray(key);
        foreach (var item in items)
        {
            json.WriteStartObject();
            foreach (var field in fields(item))
                json.WriteString(field.Key, field.Value);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }
}
