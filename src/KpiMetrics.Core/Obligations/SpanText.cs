using System.Globalization;
using System.Text.RegularExpressions;

namespace KpiMetrics.Core.Obligations;

/// <summary>Spans of plain time as rules write them: a whole number of minutes, hours or days.</summary>
internal static partial class SpanText
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(366);

    /// <summary>Null where the text is no such span, or one of more than 366 days.</summary>
    /// <param name="units">Of <c>mhd</c>, those that are allowed.</param>
    public static TimeSpan? Read(string text, string units)
    {
        var match = Grammar().Match(text);
        if (!match.Success || !units.Contains(match.Groups["unit"].Value, StringComparison.Ordinal))
            return null;
        var count = int.Parse(match.Groups["count"].ValueSpan, CultureInfo.InvariantCulture);
        var span = match.Groups["unit"].Value switch
        {
            "m" => TimeSpan.FromMinutes(count),
            "h" => TimeSpan.FromHours(count),
            _ => TimeSpan.FromDays(count),
        };
        return span <= Longest ? span : null;
    }

    /// <summary>In the greatest of the units that says it whole: <c>90m</c>, <c>2h</c>, <c>3d</c>.</summary>
    public static string Of(TimeSpan span, string units)
    {
        var minutes = (int)span.TotalMinutes;
        return minutes switch
        {
            > 0 when minutes % 1440 == 0 && units.Contains('d') => Text(minutes / 1440, 'd'),
            > 0 when minutes % 60 == 0 && units.Contains('h') => Text(minutes / 60, 'h'),
            _ => Text(minutes, 'm'),
        };
    }

    private static string Text(int count, char unit) => string.Create(CultureInfo.InvariantCulture, $"{count}{unit}");

    [GeneratedRegex("^(?<count>[0-9]{1,6})(?<unit>[mhd])\\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Grammar();
}
