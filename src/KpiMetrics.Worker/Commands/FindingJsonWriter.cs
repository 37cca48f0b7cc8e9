using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Quality.Checks;
using KpiMetrics.Core.Quality.Detectors;
using KpiMetrics.Pipeline.Checks;

namespace KpiMetrics.Worker.Commands;

/// <summary>A JSON array of findings in the order of the document, each with its numbers unrounded and its inputs.</summary>
internal sealed class FindingJsonWriter : IFindingWriter
{
    private readonly TextWriter output;
    private readonly CatalogSnapshot catalog;
    private readonly bool isAll;
    private readonly MemoryStream buffer = new();
    private readonly Utf8JsonWriter json;

    /// <param name="isAll">After the findings of a measure follow its figures that could not be held against their past, with two more names.</param>
    public FindingJsonWriter(TextWriter output, CatalogSnapshot catalog, bool isAll)
    {
        (this.output, this.catalog, this.isAll) = (output, catalog, isAll);
        json = new(buffer, new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        json.WriteStartArray();
    }

    public void Write(MeasureChecked result)
    {
        foreach (var finding in result.Findings)
            Write(finding);
        if (isAll)
        {
            foreach (var figure in result.Untestables)
                Write(figure);
        }
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

    private void Write(Finding finding)
    {
        json.WriteStartObject();
        json.WriteString("code", finding.Code);
        json.WriteString("verdict", Name(finding.Verdict));
        json.WriteString("set", finding.Set);
        json.WriteString("indicator", finding.Indicator);
        json.WriteString("measure", finding.Measure);
        json.WriteString("subject", finding.Subject);
        json.WriteString("area", catalog.FindAreaById(finding.Area)?.Code ?? finding.Area);
        json.WriteString("period", finding.Period.ToString());
        json.WriteString("place", finding.Place.ToString());
        json.WriteNumber("stated", finding.Stated.Value);
        WriteComputed("recomputed", finding.Recomputed);
        WriteComputed("difference", finding.Difference);
        json.WriteString("unit", finding.Place.Unit);
        json.WriteStartArray("inputs");
        foreach (var input in finding.Inputs)
            Write(input, finding);
        json.WriteEndArray();
        json.WriteString("source", finding.Source);
        json.WriteString("origin", finding.Origin);
        json.WriteString("vietnamese", finding.Vietnamese);
        json.WriteEndObject();
    }

    private void Write(UntestableFigure figure)
    {
        var (about, why) = figure;
        var place = Place.Of(about.Set, about.Measure, about.Subject);
        var area = catalog.FindAreaById(about.Area)?.Code ?? about.Area;
        json.WriteStartObject();
        json.WriteString("code", why.Reason.Code());
        json.WriteString("verdict", "untestable");
        json.WriteString("set", about.Set.Code);
        json.WriteString("indicator", about.Indicator);
        json.WriteString("measure", about.Measure.Code);
        json.WriteString("subject", about.Subject);
        json.WriteString("area", area);
        json.WriteString("period", about.Period.ToString());
        json.WriteString("place", place.ToString());
        Write("stated", about.Stated?.Value);
        json.WriteNull("recomputed");
        json.WriteNull("difference");
        json.WriteString("unit", place.Unit);
        json.WriteStartArray("inputs");
        json.WriteEndArray();
        json.WriteString("source", about.Source);
        json.WriteNull("origin");
        json.WriteString("vietnamese", why.Vietnamese);
        // As explain takes it: the area by its identity, as others bore its code.
        string[] series = [about.Set.Code, about.Measure.Code, about.Area, about.Subject];
        json.WriteString("series", string.Join('/', series.Where(part => part.Length > 0)));
        json.WriteNumber("points", why.Points);
        json.WriteEndObject();
    }

    private void Write(FindingInput input, Finding finding)
    {
        json.WriteStartObject();
        json.WriteString("measure", input.Place.Measure);
        json.WriteString("place", input.Place.ToString());
        json.WriteString("subject", input.Place.Subject);
        json.WriteString("area", input.Area);
        json.WriteString("period", (input.Period ?? finding.Period).ToString());
        Write("value", input.Value?.Value);
        json.WriteString("source", input.Source);
        json.WriteEndObject();
    }

    private static string Name(FindingVerdict verdict) =>
        verdict switch
        {
            FindingVerdict.Contradiction => "contradiction",
            FindingVerdict.Suspicion => "suspicion",
            _ => "not-computable",
        };

    private void Write(string name, decimal? value)
    {
        if (value is { } number)
            json.WriteNumber(name, number);
        else
            json.WriteNull(name);
    }

    private void WriteComputed(string name, decimal? value)
    {
        if (value is not { } number)
        {
            json.WriteNull(name);
            return;
        }
        json.WritePropertyName(name);
        json.WriteRawValue(DerivedText.Print(number));
    }

    private void Flush()
    {
        json.Flush();
        output.Write(Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length));
        buffer.SetLength(0);
    }
}
