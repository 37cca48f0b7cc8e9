using System.Globalization;

namespace KpiMetrics.Pipeline.Alerting;

/// <summary>Instants as officials write them: <c>17:00 05/11/2026</c>.</summary>
internal static class LocalText
{
    public static string Of(DateTimeOffset at, TimeZoneInfo zone) =>
        TimeZoneInfo.ConvertTime(at, zone).ToString("HH':'mm dd'/'MM'/'yyyy", CultureInfo.InvariantCulture);

    public static string Day(DateTimeOffset at, TimeZoneInfo zone) =>
        TimeZoneInfo.ConvertTime(at, zone).ToString("dd'/'MM'/'yyyy", CultureInfo.InvariantCulture);
}
