using System.Globalization;
using System.IO.Pipelines;
using System.Text.Encodings.Web;
using System.Text.Json;
using KpiMetrics.Core.Figures;

namespace KpiMetrics.Worker.Demo;

/// <summary>Writes the agency's JSON while it is made.</summary>
internal static class DemoAnswer
{
    private const int FlushAt = 32 * 1024;

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static async Task WriteAsync(PipeWriter output, IEnumerable<DemoItem> items, CancellationToken cancellationToken)
    {
        await using var json = new Utf8JsonWriter(output, Options);
        json.WriteStartObject();
        json.WriteString("source", DemoSource.Name);
        json.WriteString("notice", DemoSource.Notice);
        json.WriteStartArray("items");
        foreach (var item in items)
        {
            Write(json, item);
            if (json.BytesPending < FlushAt)
                continue;
            json.Flush();
            await output.FlushAsync(cancellationToken);
        }
        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        await output.FlushAsync(cancellationToken);
    }

    private static void Write(Utf8JsonWriter json, DemoItem item)
    {
        json.WriteStartObject();
        json.WriteString("measure", item.Measure.Code);
        json.WriteString("subject", item.Subject);
        json.WriteString("area", item.Area);
        json.WriteString("period", item.Period.ToString());
        if (item.Value.Number is { } number)
            json.WriteNumber("value", number);
        else
            json.WriteString("value", item.Value.Text);
        json.WriteString("unit", item.Measure.Unit ?? "");
        Span<char> status = [item.Status];
        json.WriteString("status", status);
        json.WriteString("vintage", item.Vintage.Name());
        json.WriteString("note", item.Note);
        json.WriteString("sent_at", item.SentAt.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture));
        json.WriteEndObject();
    }
}
