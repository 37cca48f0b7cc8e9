using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Derivation;
using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;
using KpiMetrics.Pipeline.Derivation;

namespace KpiMetrics.Worker.Commands;

/// <summary>A JSON array of the CSV's columns, with the source, the note, and of each absent derivation the reason (<c>pop_why</c>, ...).</summary>
internal sealed class FigureJsonWriter : IFigureWriter
{
    // Written out now and then, so that memory does not grow with the export.
    private const int FlushAt = 64 * 1024;

    private readonly TextWriter output;
    private readonly MemoryStream buffer = new();
    private readonly Utf8JsonWriter json;

    public FigureJsonWriter(TextWriter output)
    {
        this.output = output;
        json = new(buffer, new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        json.WriteStartArray();
    }

    public void Write(FigureRow row)
    {
        var (series, measure, area, derived) = row;
        var (figure, current) = (derived.Figure, derived.Figure.Current);
        json.WriteStartObject();
        json.WriteString("set", series.Set);
        json.WriteString("indicator", series.Indicator);
        json.WriteString("measure", series.Measure);
        json.WriteString("subject", series.Subject);
        json.WriteString("area", row.AreaText);
        json.WriteString("area_id", series.Area);
        json.WriteString("area_name", area?.FullName);
        json.WriteString("freq", series.Frequency.Code());
        json.WriteString("period", figure.Period.ToString());
        if (figure is { Computed: { } computed })
            Write(computed);
        else if (current.Value.Number is { } number)
            json.WriteNumber("value", number);
        else
            json.WriteString("value", current.Value.Text);
        json.WriteString("unit", measure.Unit);
        json.WriteString("status", current.Status.ToString());
        json.WriteString("vintage", current.Vintage.Name());
        if (figure.Computed is null)
            json.WriteNumber("revision", figure.Revision);
        json.WriteString("received_at", FigureText.ReceivedAt(figure));
        json.WriteString("source", current.Source);
        json.WriteString("note", current.Note);
        Write("pop", derived.Pop);
        Write("yoy", derived.Yoy);
        if (derived.YoyBase is { } vintage)
            json.WriteString("yoy_base_vintage", vintage.Name());
        Write("ytd", derived.Ytd.Total);
        if (derived.Ytd.Total.Value is not null)
        {
            json.WriteNumber("ytd_have", derived.Ytd.Have);
            json.WriteNumber("ytd_need", derived.Ytd.Need);
        }
        Write("ytd_yoy", derived.YtdYoy);
        Write("plan", derived.Plan);
        json.WriteEndObject();
        if (json.BytesPending > FlushAt)
            Flush();
    }

    public void Complete()
    {
        json.WriteEndArray();
        Flush();
        output.WriteLine();
    }

    public void Dispose()
    {
        json.Dispose();
        buffer.Dispose();
    }

    private void Write(Computation computed)
    {
        Write("value", computed.Result);
        json.WriteString("computed", Vocabularies.Formulas.Word(computed.Kind));
        json.WriteNumber("have", computed.Have);
        json.WriteNumber("need", computed.Need);
    }

    private void Write(string name, Derived derived)
    {
        if (derived.Value is { } value)
        {
            json.WritePropertyName(name);
            json.WriteRawValue(DerivedText.Print(value));
            return;
        }
        json.WriteNull(name);
        json.WriteString($"{name}_why", derived.Why);
    }

    private void Flush()
    {
        json.Flush();
        output.Write(Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length));
        buffer.SetLength(0);
    }
}
