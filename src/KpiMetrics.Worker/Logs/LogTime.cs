using System.Globalization;
using KpiMetrics.Worker.Composition;

namespace KpiMetrics.Worker.Logs;

/// <summary>How log lines write the time.</summary>
internal static class LogTime
{
    /// <summary>Now, to the second, with Vietnam's offset: <c>2026-11-21T00:05:11+07:00</c>.</summary>
    public static string Of(TimeProvider clock) => Text(clock, "yyyy-MM-dd'T'HH:mm:sszzz");

    /// <summary>The same to the millisecond.</summary>
    public static string Fine(TimeProvider clock) => Text(clock, "yyyy-MM-dd'T'HH:mm:ss.fffzzz");

    private static string Text(TimeProvider clock, string format) =>
        TimeZoneInfo.ConvertTime(clock.GetUtcNow(), VietnamTime.Zone).ToString(format, CultureInfo.InvariantCulture);
}
