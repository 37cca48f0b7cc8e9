using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Derivation;
using KpiMetrics.Core.Derivation.Explaining;
using KpiMetrics.Core.Derivation.Plans;
using KpiMetrics.Core.Figures;
using KpiMetrics.Pipeline.Derivation;

namespace KpiMetrics.Worker.Commands.Explain;

/// <summary>What <c>explain --json</c> prints: the whole tree; what was written once is not written again with its inputs.</summary>
internal sealed class ExplanationJson
{
    private readonly Utf8JsonWriter json;
    private readonly HashSet<Explanation> written = new(ReferenceEqualityComparer.Instance);

    private ExplanationJson(Utf8JsonWriter json) => this.json = json;

    /// <param name="asOf">The instant asked of; null: now.</param>
    public static string Of(TimedExplanation timed, DateTimeOffset? asOf)
    {
        using var buffer = new MemoryStream();
        var options = new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        using (var writer = new Utf8JsonWriter(buffer, options))
            new ExplanationJson(writer).Write(timed, asOf);
        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    private void Write(TimedExplanation timed, DateTimeOffset? asOf)
    {
        var figure = timed.Figure;
        json.WriteStartObject();
        json.WriteString("as_of", asOf is { } at ? InstantText.Print(at) : null);
        json.WriteString("unit", figure.Basis.Measure.Unit);
        foreach (var explained in figure.Comparisons.Prepend(figure.Value))
        {
            json.WriteStartObject(ExplanationWords.Code(explained.Part));
            Write(explained);
            json.WriteEndObject();
        }
        if (figure.Progress is { } progress)
            Write(progress);
        if (figure.Otherwise is { } otherwise)
        {
            json.WriteStartObject("recomputed_from_rows");
            Write(otherwise);
            json.WriteEndObject();
        }
        BasisJson.Write(json, figure.Basis);
        json.WriteStartObject("timings");
        json.WriteNumber("read_ms", Math.Round(timed.Reading.TotalMilliseconds, 3));
        json.WriteNumber("compute_ms", Math.Round(timed.Computing.TotalMilliseconds, 3));
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private void Write(Explanation explained)
    {
        json.WriteString("part", ExplanationWords.Code(explained.Part));
        json.WriteString("set", explained.Series.Set);
        json.WriteString("measure", explained.Series.Measure);
        json.WriteString("subject", explained.Series.Subject);
        json.WriteString("area", explained.Series.Area);
        json.WriteString("period", explained.Period.ToString());
        if (explained.Result.Value is { } number)
            Number(
                "value",
                explained is { Way: null, Said: { } reported } ? reported.Value.ToString() : DerivedText.Print(number)
            );
        else if (explained.Said?.Value.Text is { } text)
            json.WriteString("text", text);
        else
        {
            json.WriteNull("value");
            json.WriteString("why", explained.Result.Why);
        }
        if (explained.Said is { } said)
            Write(said);
        Plan(explained.Plan);
        if (explained.Inputs.Count + explained.Revisions.Count + explained.Others.Count == 0)
            return;
        if (written.Add(explained))
        {
            History(explained);
            Formula(explained);
        }
        else
            json.WriteBoolean("explained_before", true);
    }

    private void Write(Statement said)
    {
        json.WriteString("status", said.Status.ToString());
        json.WriteString("vintage", said.Vintage.Name());
        json.WriteString("source", said.Source);
        json.WriteString("received_at", said.ReceivedAt == DateTimeOffset.MinValue ? null : InstantText.Print(said.ReceivedAt));
        json.WriteString("note", said.Note);
    }

    private void Plan(PlanVersion? plan)
    {
        if (plan is null)
            return;
        json.WriteString("kind", plan.Kind.Name());
        json.WriteString("scheme", plan.Scheme);
        json.WriteString("decision", plan.Decision);
        json.WriteString("received_at", InstantText.Print(plan.ReceivedAt));
        json.WriteString("note", plan.Note);
    }

    private void History(Explanation explained)
    {
        if (explained.Revisions.Count > 0)
        {
            json.WriteStartArray("revisions");
            foreach (var (number, statement, counts) in explained.Revisions)
            {
                json.WriteStartObject();
                json.WriteNumber("revision", number);
                json.WriteBoolean("counts", counts);
                json.WriteString("value", statement.Value.ToString());
                Write(statement);
                json.WriteEndObject();
            }
            json.WriteEndArray();
        }
        if (explained.Others.Count > 0)
        {
            json.WriteStartArray("other_sources");
            foreach (var (statement, agrees) in explained.Others)
            {
                json.WriteStartObject();
                json.WriteBoolean("agrees", agrees);
                json.WriteString("value", statement.Value.ToString());
                Write(statement);
                json.WriteEndObject();
            }
            json.WriteEndArray();
        }
    }

    private void Formula(Explanation explained)
    {
        if (explained.Way is { } way)
            json.WriteString("computed", Vocabularies.Formulas.Word(way));
        if (explained.Rule is { } rule)
            json.WriteString("rule", Vocabularies.DerivedRules.Word(rule));
        if (explained.Coverage is var (have, need))
        {
            json.WriteNumber("have", have);
            json.WriteNumber("need", need);
        }
        if (explained.Season is { } season)
            json.WriteString("season", $"{season.Code} {season.Year}");
        if (explained.Inputs.Count == 0)
            return;
        json.WriteString("formula", explained.Formula);
        if (explained.Recompute() is { } again)
            Number("recomputed", DerivedText.Print(again));
        json.WriteStartArray("inputs");
        foreach (var input in explained.Inputs)
        {
            json.WriteStartObject();
            json.WriteString("role", input.Role.ToString().ToLowerInvariant());
            if (input.Weight != 1m)
                Number("weight", DerivedText.Print(input.Weight));
            if (input.Link != 1m)
                Number("link", DerivedText.Print(input.Link));
            Write(input.Of);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private void Write(PlanProgress progress)
    {
        json.WriteStartObject("progress");
        Derived("plan", progress.Plan);
        Derived("done", progress.Done);
        Derived("percent", progress.Percent);
        Derived("due_by_now", progress.DueByNow);
        Derived("percent_of_due", progress.PercentOfDue);
        Derived("remaining", progress.Remaining);
        json.WriteNumber("periods_left", progress.PeriodsLeft);
        Derived("pace_needed", progress.PaceNeeded);
        json.WriteString("allocation", progress.Allocation?.Basis.Name());
        json.WriteEndObject();
    }

    private void Derived(string name, Derived derived)
    {
        if (derived.Value is { } value)
            Number(name, DerivedText.Print(value));
        else
        {
            json.WriteNull(name);
            json.WriteString($"{name}_why", derived.Why);
        }
    }

    private void Number(string name, string digits)
    {
        json.WritePropertyName(name);
        json.WriteRawValue(digits);
    }
}
