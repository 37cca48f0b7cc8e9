namespace KpiMetrics.Simulation.World;

/// <summary>Vietnam's clock: seven hours ahead, without summer time.</summary>
internal static class LocalTime
{
    public static readonly TimeSpan Ahead = TimeSpan.FromHours(7);

    public static readonly TimeZoneInfo Zone = TimeZoneInfo.CreateCustomTimeZone("Asia/Ho_Chi_Minh", Ahead, "Vietnam", "Vietnam");

    public static DateTimeOffset At(int year, int month, int day, int hour = 0, int minute = 0) =>
        new(year, month, day, hour, minute, 0, Ahead);

    public static DateTimeOffset At(DateTime local) => new(DateTime.SpecifyKind(local, DateTimeKind.Unspecified), Ahead);
}
