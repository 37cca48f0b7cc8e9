using KpiMetrics.Worker.Composition;

namespace KpiMetrics.Worker.Scheduling;

/// <summary>The day by the calendar of Vietnam.</summary>
internal static class LocalDay
{
    public static DateOnly Of(DateTimeOffset at) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, VietnamTime.Zone).DateTime);
}
