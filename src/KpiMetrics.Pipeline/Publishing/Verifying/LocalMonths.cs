using System.Globalization;

namespace KpiMetrics.Pipeline.Publishing.Verifying;

/// <summary>Months of instants, as numbers: years times twelve, and the month from 0.</summary>
/// <param name="zone">In which the windows open: Asia/Ho_Chi_Minh.</param>
internal sealed class LocalMonths(TimeZoneInfo zone)
{
    // Points come in order of time, many of one month after each other.
    private long from = long.MaxValue;
    private long until = long.MinValue;
    private int last;

    public TimeZoneInfo Zone => zone;

    public int Of(long nanoseconds)
    {
        var seconds = nanoseconds / 1_000_000_000 - (nanoseconds % 1_000_000_000 < 0 ? 1 : 0);
        if (seconds >= from && seconds < until)
            return last;
        var local = TimeZoneInfo.ConvertTime(DateTimeOffset.FromUnixTimeSeconds(seconds), zone);
        last = local.Year * 12 + local.Month - 1;
        var first = new DateTime(local.Year, local.Month, 1, 0, 0, 0, DateTimeKind.Unspecified);
        from = Seconds(first);
        until = Seconds(first.AddMonths(1));
        return last;
    }

    public static string Print(int month) =>
        string.Create(CultureInfo.InvariantCulture, $"{month / 12:0000}-{month % 12 + 1:00}");

    private long Seconds(DateTime local) => new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUnixTimeSeconds();
}
