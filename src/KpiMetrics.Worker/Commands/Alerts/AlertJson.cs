using System.Text.Json;
using KpiMetrics.Core.Alerting;
using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Periods;
using KpiMetrics.Worker.Commands.Obligations;

namespace KpiMetrics.Worker.Commands.Alerts;

/// <summary>Alerts for machines.</summary>
internal static class AlertJson
{
    public static string List(CatalogSnapshot catalog, IEnumerable<Alert> alerts) =>
        JsonSerializer.Serialize(alerts.Select(alert => Record(catalog, alert, null)), ObligationJson.Options);

    /// <param name="history">Null: it is left out.</param>
    public static string One(CatalogSnapshot catalog, Alert alert, IReadOnlyList<AlertEvent>? history) =>
        JsonSerializer.Serialize(Record(catalog, alert, history), ObligationJson.Options);

    private static Dictionary<string, object?> Record(CatalogSnapshot catalog, Alert alert, IReadOnlyList<AlertEvent>? history)
    {
        var seen = alert.Concern;
        var area = seen.Area is { } id ? catalog.FindAreaById(id) : null;
        var record = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["id"] = alert.Id,
            ["alert"] = seen.Key,
            ["kind"] = seen.Kind.Code(),
            ["severity"] = seen.Severity.Code(),
            ["state"] = alert.State.Code(),
            ["title"] = seen.Title,
            ["since"] = InstantText.Print(seen.Since),
            ["set"] = seen.Set,
            ["indicator"] = seen.Indicator,
            ["measure"] = seen.Measure,
            ["freq"] = seen.Period?.Frequency.Code(),
            ["period"] = seen.Period?.ToString(),
            ["area"] = area?.Code ?? seen.Area,
            ["area_name"] = area?.FullName,
            ["agency"] = seen.Agency,
            ["source"] = seen.Source,
            ["held_by"] = seen.HeldBy,
            ["audience"] = alert.Audience.Code(),
            ["fired_at"] = InstantText.Print(alert.FiredAt),
            ["acknowledged_by"] = alert.AcknowledgedBy,
            ["acknowledged_at"] = Instant(alert.AcknowledgedAt),
            ["explained_by"] = alert.ExplainedBy,
            ["explained_at"] = Instant(alert.ExplainedAt),
            ["explanation"] = alert.Explanation,
            ["link"] = alert.Link,
            ["resolved_at"] = Instant(alert.ResolvedAt),
            ["evidence"] = alert.Evidence,
        };
        if (history is not null)
        {
            record["events"] = history.Select(one => new
            {
                number = one.Number,
                at = InstantText.Print(one.At),
                step = one.Step.Code(),
                who = one.Who,
                why = one.Why,
                link = one.Link,
                audience = one.Audience?.Code(),
            });
        }
        return record;
    }

    private static string? Instant(DateTimeOffset? at) => at is { } instant ? InstantText.Print(instant) : null;
}
