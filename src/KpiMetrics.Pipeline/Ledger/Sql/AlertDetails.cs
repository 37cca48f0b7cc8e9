using System.Text.Json;
using KpiMetrics.Core.Alerting;
using KpiMetrics.Core.Periods;

namespace KpiMetrics.Pipeline.Ledger.Sql;

/// <summary>The column <c>details</c> of an event: what was seen, and who hears of it, as JSON with the names that <c>alert</c> has.</summary>
internal static class AlertDetails
{
    public static string Of(AlertEvent one)
    {
        var details = new Dictionary<string, object>(StringComparer.Ordinal);
        Add("audience", one.Audience?.Code());
        Add("link", one.Link);
        if (one.Concern is { } seen)
        {
            Add("kind", seen.Kind.Code());
            Add("severity", seen.Severity.Code());
            Add("title", seen.Title);
            Add("since", seen.Since.ToUnixTimeMilliseconds());
            Add("set_code", seen.Set);
            Add("indicator", seen.Indicator);
            Add("measure", seen.Measure);
            Add("freq", seen.Period?.Frequency.Code());
            Add("period", seen.Period?.Index);
            Add("area", seen.Area);
            Add("agency", seen.Agency);
            Add("source", seen.Source);
            Add("held_by", seen.HeldBy);
        }
        return JsonSerializer.Serialize(details, LedgerJson.Options);

        void Add(string name, object? value)
        {
            if (value is not null)
                details[name] = value;
        }
    }

    public static AlertEvent Read(AlertEvent one, string json)
    {
        var details = JsonElement.Parse(json);
        return one with
        {
            Audience = Text(details, "audience") is { } audience ? AlertNaming.Audience(audience) : null,
            Link = Text(details, "link"),
            Concern = Text(details, "kind") is { } kind ? Seen(one.Key, kind, details) : null,
        };
    }

    private static Concern Seen(string key, string kind, JsonElement details) =>
        new(
            key,
            AlertNaming.Kind(kind),
            AlertNaming.Severity(Text(details, "severity") ?? ""),
            Text(details, "title") ?? "",
            DateTimeOffset.FromUnixTimeMilliseconds(details.GetProperty("since").GetInt64()),
            Text(details, "set_code") ?? ""
        )
        {
            Indicator = Text(details, "indicator"),
            Measure = Text(details, "measure"),
            Period =
                FrequencyCode.TryParse(Text(details, "freq"), out var frequency)
                && details.TryGetProperty("period", out var index)
                    ? Period.FromIndex(frequency, index.GetInt32())
                    : null,
            Area = Text(details, "area"),
            Agency = Text(details, "agency"),
            Source = Text(details, "source"),
            HeldBy = Text(details, "held_by"),
        };

    private static string? Text(JsonElement details, string name) =>
        details.TryGetProperty(name, out var value) ? value.GetString() : null;
}
