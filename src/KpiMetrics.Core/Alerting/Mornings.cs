using KpiMetrics.Core.Obligations;

namespace KpiMetrics.Core.Alerting;

/// <summary>When digests are sent: at 07:30 of every working day, before the briefing.</summary>
public static class Mornings
{
    public static readonly TimeOnly Hour = new(7, 30);

    public static DateTimeOffset On(DateOnly day, TimeZoneInfo zone)
    {
        ArgumentNullException.ThrowIfNull(zone);
        var local = day.ToDateTime(Hour);
        return new(local, zone.GetUtcOffset(local));
    }

    /// <summary>The last one that is not after the instant.</summary>
    public static DateTimeOffset Last(DateTimeOffset at, WorkingCalendar calendar, TimeZoneInfo zone)
    {
        ArgumentNullException.ThrowIfNull(calendar);
        var local = TimeZoneInfo.ConvertTime(at, zone).DateTime;
        var day = DateOnly.FromDateTime(local);
        if (TimeOnly.FromDateTime(local) < Hour)
            day = day.AddDays(-1);
        while (!calendar.IsWorkingDay(day))
            day = day.AddDays(-1);
        return On(day, zone);
    }
}
