using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.RegularExpressions;
using KpiMetrics.Core.Periods;

namespace KpiMetrics.Core.Obligations;

/// <summary>Reading the text of a due rule.</summary>
public sealed partial record DueRule
{
    public const string LastDayText = "last-day-of-period";

    private const string SpanUnits = "mh";
    private const int MaxDays = 366;

    /// <summary>What a message lists as allowed.</summary>
    public static string Allowed(Frequency frequency) =>
        frequency == Frequency.Hour
            ? "a span after the hour ends, such as 15m or 2h"
            : $"{LastDayText}, or days after the last day at an hour: 5d 17:00, 5d 17:00 roll (to the next working day), 5wd 17:00 (working days)";

    /// <summary>Reads what <see cref="ToString"/> writes, where such a rule fits the frequency.</summary>
    public static bool TryParse(string text, Frequency frequency, [NotNullWhen(true)] out DueRule? rule)
    {
        ArgumentNullException.ThrowIfNull(text);
        rule = frequency == Frequency.Hour ? OfHours(text) : OfDays(text);
        return rule is not null;
    }

    private static DueRule? OfHours(string text) => SpanText.Read(text, SpanUnits) is { } span ? After(span) : null;

    private static DueRule? OfDays(string text)
    {
        if (text == LastDayText)
            return LastDayOfPeriod;
        var match = Grammar().Match(text);
        if (
            !match.Success
            || !TimeOnly.TryParseExact(
                match.Groups["at"].ValueSpan,
                "HH:mm",
                CultureInfo.InvariantCulture,
                DateTimeStyles.None,
                out var hour
            )
        )
            return null;
        var count = int.Parse(match.Groups["days"].ValueSpan, CultureInfo.InvariantCulture);
        var isRolled = match.Groups["roll"].Success;
        if (match.Groups["unit"].Value == "wd")
            return count is >= 1 and <= MaxDays && !isRolled ? WorkingDays(count, hour) : null;
        return count <= MaxDays ? Days(count, hour, isRolled) : null;
    }

    [GeneratedRegex(
        "^(?<days>[0-9]{1,3})(?<unit>w?d) (?<at>[0-9]{2}:[0-9]{2})(?<roll> roll)?\\z",
        RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Grammar();
}
