using System.Globalization;
using KpiMetrics.Core.Alerting;
using KpiMetrics.Core.Catalog;

namespace KpiMetrics.Pipeline.Alerting.Alertmanager;

/// <summary>What Alertmanager is told: one post for each alert and everybody who is to hear of it, one for each digest.</summary>
/// <remarks>
/// Labels stay as they are as long as the alert is of its kind and severity, whatever happens to it; an alert that goes up the ladder is told to the next beside
/// those before. Of what is told in the morning each alert is there to be looked at, and the digest is what is sent.
/// </remarks>
/// <param name="board">The address of the boards, without a slash at its end; null: messages have no link.</param>
internal sealed class AlertPosts(CatalogSnapshot catalog, string? board, TimeZoneInfo zone)
{
    private const int Listed = 12;

    public IEnumerable<AlertPost> Of(Alert alert)
    {
        var seen = alert.Concern;
        var annotations = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [AlertLabels.Summary] = seen.Title,
            [AlertLabels.Description] = Describe(alert),
        };
        if (board is not null)
            annotations[AlertLabels.Url] = $"{board}/d/{BoardOf(seen.Kind)}?var-bo={Uri.EscapeDataString(seen.Set)}";
        foreach (var audience in Audiences(alert))
        {
            var labels = Labels(
                (AlertLabels.Name, AlertLabels.NameOf(seen.Kind)),
                (AlertLabels.Kind, seen.Kind.Code()),
                (AlertLabels.Severity, seen.Severity.Code()),
                (AlertLabels.Set, seen.Set),
                (AlertLabels.Indicator, seen.Indicator),
                (AlertLabels.Area, seen.Area),
                (AlertLabels.AreaName, NameOf(seen.Area)),
                (AlertLabels.Agency, seen.Agency),
                (AlertLabels.Source, seen.Source),
                (AlertLabels.Alert, seen.Key),
                (AlertLabels.To, audience.Code()),
                (AlertLabels.Notify, seen.IsImmediate ? "now" : "digest")
            );
            yield return new(labels, annotations, seen.Since);
        }
    }

    public AlertPost Of(Digest digest)
    {
        var day = TimeZoneInfo.ConvertTime(digest.Morning, zone).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        // The worst of what is in it may change before noon; the message is the same.
        var labels = Labels(
            (AlertLabels.Name, AlertLabels.Digest),
            (AlertLabels.Kind, "digest"),
            (AlertLabels.Severity, AlertSeverity.Warning.Code()),
            (AlertLabels.Area, digest.Area.Length > 0 ? digest.Area : digest.Province),
            (AlertLabels.AreaName, NameOf(digest.Area)),
            (AlertLabels.Province, digest.Province),
            (AlertLabels.Agency, digest.Agency),
            (AlertLabels.Alert, KeyOf(digest, day)),
            (AlertLabels.To, digest.To.Code()),
            (AlertLabels.Notify, "now")
        );
        var annotations = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [AlertLabels.Summary] = Summary(digest),
            [AlertLabels.Description] = string.Join('\n', Lines(digest)),
        };
        if (board is not null)
            annotations[AlertLabels.Url] = $"{board}/d/kpi-tien-do";
        return new(labels, annotations, digest.Morning);
    }

    private string Describe(Alert alert)
    {
        var parts = new List<string> { $"Từ {LocalText.Of(alert.Concern.Since, zone)}." };
        if (alert.Concern.Indicator is { } code)
            parts.Add($"Chỉ số {code}.");
        if (alert.State == AlertState.Acknowledged)
            parts.Add($"{alert.AcknowledgedBy} đã tiếp nhận.");
        if (alert.Audience > AlertAudience.Office && alert.State == AlertState.Firing)
            parts.Add("Quá thời hạn xử lý mà chưa ai tiếp nhận.");
        return string.Join(' ', parts);
    }

    private string Summary(Digest digest)
    {
        var counts = digest
            .Alerts.GroupBy(alert => alert.Concern.Kind)
            .OrderBy(kind => kind.Key)
            .Select(kind => string.Create(CultureInfo.InvariantCulture, $"{kind.Count()} {kind.Key.Vietnamese()}"));
        if (digest.Reminders.Count > 0)
            counts = counts.Append(string.Create(CultureInfo.InvariantCulture, $"{digest.Reminders.Count} sắp đến hạn"));
        return $"{WhoIs(digest)}, sáng {LocalText.Day(digest.Morning, zone)}: {string.Join(", ", counts)}";
    }

    // As officials say it: the office, and of which commune it is.
    private string WhoIs(Digest digest)
    {
        if (digest.Agency.Length == 0)
            return NameOf(digest.Province) ?? digest.Province;
        return digest.Area.Length > 0 ? $"{digest.Agency}, {NameOf(digest.Area) ?? digest.Area}" : digest.Agency;
    }

    private string? NameOf(string? area) => area is null ? null : catalog.FindAreaById(area)?.FullName;

    private static string KeyOf(Digest digest, string day)
    {
        var office = digest.Area.Length > 0 ? $"{digest.Agency}/{digest.Area}" : digest.Agency;
        return $"digest/{digest.Province}/{digest.To.Code()}/{office}/{day}";
    }

    private IEnumerable<string> Lines(Digest digest)
    {
        foreach (var alert in digest.Alerts.Take(Listed))
            yield return $"- {alert.Concern.Title}, từ {LocalText.Of(alert.Concern.Since, zone)}";
        if (digest.Alerts.Count > Listed)
            yield return string.Create(CultureInfo.InvariantCulture, $"- và {digest.Alerts.Count - Listed} việc khác");
        foreach (var reminder in digest.Reminders.Take(Listed))
            yield return $"- Sắp đến hạn: {reminder.Title}, hạn {LocalText.Of(reminder.Due, zone)}";
        if (digest.Reminders.Count > Listed)
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"- và {digest.Reminders.Count - Listed} báo cáo khác sắp đến hạn"
            );
    }

    private static IEnumerable<AlertAudience> Audiences(Alert alert)
    {
        var first = alert.Audience == AlertAudience.Operations ? AlertAudience.Operations : AlertAudience.Office;
        var last = alert.Concern.IsImmediate ? alert.Audience : first;
        for (var audience = first; audience <= last; audience++)
            yield return audience;
    }

    private static string BoardOf(AlertKind kind) =>
        AlertLabels.NameOf(kind) switch
        {
            "Late" => "kpi-tien-do",
            "Finding" => "kpi-chat-luong",
            "Threshold" => "kpi-khan-cap",
            _ => "kpi-van-hanh",
        };

    private static Dictionary<string, string> Labels(params (string Name, string? Value)[] labels)
    {
        var some = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in labels)
        {
            if (!string.IsNullOrEmpty(value))
                some[name] = value;
        }
        return some;
    }
}
