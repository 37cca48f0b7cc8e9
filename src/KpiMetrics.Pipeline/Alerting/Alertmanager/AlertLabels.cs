using KpiMetrics.Core.Alerting;

namespace KpiMetrics.Pipeline.Alerting.Alertmanager;

/// <summary>The labels and annotations that provisioning/alertmanager goes by: renaming one breaks its routes.</summary>
public static class AlertLabels
{
    public const string Name = "alertname";
    public const string Kind = "kind";
    public const string Severity = "severity";
    public const string Set = "set";
    public const string Indicator = "indicator";

    /// <summary>Identity of the area: its code, <c>@</c> and its first day. Of a digest the commune whose office it is for, else the province.</summary>
    public const string Area = "area";

    /// <summary>Its full name. Of a digest only for a commune's office.</summary>
    public const string AreaName = "area_name";

    /// <summary>Of a digest: identity of the province that the office belongs to.</summary>
    public const string Province = "province";

    public const string Agency = "agency";
    public const string Source = "source";

    /// <summary>The key of the alert, or the name of a digest.</summary>
    public const string Alert = "alert";

    /// <summary>Who is to hear of it: operations, office, head, province.</summary>
    public const string To = "to";

    /// <summary><c>now</c>, or <c>digest</c>: told in the morning's digest, and by itself to nobody.</summary>
    public const string Notify = "notify";

    public const string Summary = "summary";
    public const string Description = "description";
    public const string Url = "url";

    /// <summary>The name of a digest among <see cref="Name"/>.</summary>
    public const string Digest = "Digest";

    /// <summary>All kinds that are handled alike bear one name.</summary>
    public static string NameOf(AlertKind kind) =>
        kind switch
        {
            AlertKind.Overdue or AlertKind.Missing or AlertKind.Incomplete => "Late",
            AlertKind.SourceFailing => "SourceDown",
            AlertKind.PointRefused => "PointRefused",
            AlertKind.Threshold => "Threshold",
            _ => "Finding",
        };
}
