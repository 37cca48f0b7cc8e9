using System.Globalization;
using KpiMetrics.Core.Figures;

namespace KpiMetrics.Pipeline.Sources;

/// <summary>The times at which a trusted source says that it stated its figures.</summary>
internal static class StatedTime
{
    // Clocks of offices go a little wrong; what is beyond is a mistake.
    private static readonly TimeSpan Ahead = TimeSpan.FromMinutes(10);

    // Vietnam has one time zone, without summer time.
    private static readonly TimeSpan Vietnam = TimeSpan.FromHours(7);

    private static readonly string[] Forms =
    [
        .. from time in (string[])["HH:mm", "HH:mm:ss", "HH:mm:ss.FFFFFFF"]
        from between in (string[])["'T'", "' '"]
        from zone in (string[])["", "zzz", "zz", "'Z'"]
        select $"yyyy-MM-dd{between}{time}{zone}",
    ];

    /// <summary>The row with its time, or with the fault that there is none that could be taken. Without a zone it is Vietnam's; kept to the millisecond.</summary>
    /// <param name="now">A time up to ten minutes later is taken for now.</param>
    public static StatedRow Of(RawRow row, string text, DateTimeOffset now)
    {
        if (!DateTimeOffset.TryParseExact(text, Forms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at))
        {
            return Refused(
                row,
                $"stated_at {Shown.Of(text)} is no time; allowed are forms such as 2026-11-20T14:30:00+07:00 and 2026-11-20 14:30"
            );
        }
        if (!HasZone(text))
            at = new(at.DateTime, Vietnam);
        if (at > now + Ahead)
            return Refused(row, $"stated_at {Shown.Of(text)} is in the future; it is {now.UtcDateTime:s}Z");
        var utc = (at > now ? now : at).ToUniversalTime();
        return new(row, new DateTimeOffset(utc.Ticks - utc.Ticks % TimeSpan.TicksPerMillisecond, TimeSpan.Zero));
    }

    /// <summary>The rows as reports in order of time, each in the order of its rows; those without a time last.</summary>
    public static IReadOnlyList<SourceReport> Reports(IEnumerable<StatedRow> rows)
    {
        var reports = rows.GroupBy(row => row.At)
            .OrderBy(group => group.Key ?? DateTimeOffset.MaxValue)
            .Select(group => new SourceReport(group.Key, [.. group.Select(row => row.Row)]))
            .ToList();
        return reports.Count > 0 ? reports : [new(null, [])];
    }

    private static bool HasZone(string text) => text.EndsWith('Z') || text.AsSpan(10).ContainsAny('+', '-');

    private static StatedRow Refused(RawRow row, string why) => new(row with { Fault = why }, null);
}
