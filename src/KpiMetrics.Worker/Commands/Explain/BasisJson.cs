using System.Globalization;
using System.Text.Json;
using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Derivation.Explaining;

namespace KpiMetrics.Worker.Commands.Explain;

/// <summary>The object <c>basis</c>: the decision, the row, the rules and areas behind a figure.</summary>
internal static class BasisJson
{
    public static void Write(Utf8JsonWriter json, LegalBasis basis)
    {
        var (set, indicator, measure, _, _, _, predecessors, successors) = basis;
        json.WriteStartObject("basis");
        json.WriteString("set_name", set.Name);
        json.WriteString("authority", set.Authority);
        json.WriteString("decision", set.Decision);
        json.WriteString("date", set.Date);
        json.WriteString("indicator", indicator.Code);
        json.WriteString("indicator_number", indicator.Number);
        json.WriteString("indicator_name", indicator.Name);
        json.WriteString("agency", measure.Agency ?? indicator.Agency);
        json.WriteString("measure", measure.Code);
        json.WriteString("measure_number", measure.Number);
        json.WriteString("measure_name", measure.Name);
        json.WriteString("kind", Vocabularies.Kinds.Word(measure.Kind));
        json.WriteString("aggregation", Vocabularies.Aggregations.Word(measure.Aggregation));
        json.WriteString("note", measure.Note);
        Rules(json, set, measure);
        Regime(json, basis);
        json.WriteString("area", basis.Area?.Id);
        json.WriteString("area_name", basis.Area?.FullName);
        Links(json, "predecessors", predecessors);
        Links(json, "successors", successors);
        json.WriteEndObject();
    }

    private static void Rules(Utf8JsonWriter json, IndicatorSet set, Measure measure)
    {
        if (measure.Derived is { } derived)
        {
            json.WriteString("derived", Vocabularies.DerivedRules.Word(derived.Rule));
            Texts(json, "derived_from", derived.Inputs);
        }
        json.WriteStartArray("identities");
        foreach (var identity in measure.Identities)
        {
            json.WriteStartObject();
            json.WriteString("rule", Vocabularies.IdentityRules.Word(identity.Rule));
            Texts(json, "inputs", identity.Inputs);
            json.WriteString("origin", identity.Origin);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        Texts(json, "sources_by_trust", set.Sources);
    }

    private static void Regime(Utf8JsonWriter json, LegalBasis basis)
    {
        json.WriteStartObject("regime");
        json.WriteString("windows", basis.Regime.Form.ToString());
        json.WriteString("from", basis.Regime.From.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        json.WriteString("origin", basis.Regime.Origin);
        json.WriteString("due", basis.Regime.Due?.ToString());
        json.WriteString("opens", Moment(basis.Window.Start));
        json.WriteString("closes", Moment(basis.Window.End));
        json.WriteEndObject();
    }

    private static void Links(Utf8JsonWriter json, string name, IReadOnlyList<AreaOrigin> links)
    {
        json.WriteStartArray(name);
        foreach (var (area, weight) in links)
        {
            json.WriteStartObject();
            json.WriteString("id", area.Id);
            json.WriteString("name", area.FullName);
            if (weight is { } part)
                json.WriteNumber("weight", part);
            else
                json.WriteNull("weight");
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void Texts(Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
            json.WriteStringValue(text);
        json.WriteEndArray();
    }

    private static string Moment(DateTime local) => local.ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture);
}
