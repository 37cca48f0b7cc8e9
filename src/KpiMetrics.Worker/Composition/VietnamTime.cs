namespace KpiMetrics.Worker.Composition;

/// <summary>The one time zone of the system: Asia/Ho_Chi_Minh.</summary>
public static class VietnamTime
{
    private const string Id = "Asia/Ho_Chi_Minh";

    /// <summary>From the machine's time zone data; a machine without any gets UTC+7, which has held since 1975.</summary>
    public static readonly TimeZoneInfo Zone = TimeZoneInfo.TryFindSystemTimeZoneById(Id, out var zone)
        ? zone
        : TimeZoneInfo.CreateCustomTimeZone(Id, TimeSpan.FromHours(7), Id, Id);
}
