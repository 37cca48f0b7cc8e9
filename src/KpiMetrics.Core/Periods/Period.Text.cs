using System.Globalization;
using System.Text.RegularExpressions;
using KpiMetrics.Core.Figures;

namespace KpiMetrics.Core.Periods;

/// <summary>Reading and printing SDMX TIME_PERIOD.</summary>
public readonly partial record struct Period
{
    /// <summary>What a message shows as allowed.</summary>
    public const string Forms = "2026-11-20T14, 2026-11-20, 2026-W47, 2026-11, 2026-Q4, 2026-S2 or 2026";

    /// <summary>SDMX TIME_PERIOD: <c>2026-11-20T14</c>, <c>2026-11-20</c>, <c>2026-W47</c>, <c>2026-11</c>, <c>2026-Q4</c>, <c>2026-S2</c>, <c>2026</c>.</summary>
    public override string ToString() =>
        Frequency switch
        {
            Frequency.Hour => Start.ToString("yyyy-MM-dd'T'HH", CultureInfo.InvariantCulture),
            Frequency.Day => Start.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            Frequency.Week => string.Create(CultureInfo.InvariantCulture, $"{Year}-W{Number:00}"),
            Frequency.Month => string.Create(CultureInfo.InvariantCulture, $"{Year}-{Number:00}"),
            Frequency.Quarter => string.Create(CultureInfo.InvariantCulture, $"{Year}-Q{Number}"),
            Frequency.HalfYear => string.Create(CultureInfo.InvariantCulture, $"{Year}-S{Number}"),
            _ => Year.ToString(CultureInfo.InvariantCulture),
        };

    /// <summary>Reads what <see cref="ToString"/> prints.</summary>
    /// <exception cref="FormatException">The text names no period; the message says why and what is allowed.</exception>
    public static Period Parse(string text) =>
        TryParse(text, out var period, out var why) ? period : throw new FormatException(why);

    /// <summary>Reads what <see cref="ToString"/> prints; otherwise <paramref name="why"/> says what is wrong and what is allowed.</summary>
    public static bool TryParse(string? text, out Period period, out string why)
    {
        period = default;
        why = "";
        var match = Grammar().Match(text ?? "");
        if (!match.Success)
        {
            why = $"{Shown.Of(text ?? "")} is not a period; write {Forms}.";
            return false;
        }
        var year = int.Parse(match.Groups["year"].ValueSpan, CultureInfo.InvariantCulture);
        if (year is < FirstYear or > LastYear)
        {
            why = $"'{text}': {YearRange}";
            return false;
        }
        if (match.Groups["day"].Success)
            return TryDay(text!, match, year, out period, out why);
        var (frequency, number) = Numbered(match);
        var count = CountIn(frequency, year);
        if (number < 1 || number > count)
        {
            why = $"'{text}' does not exist: {Noun(frequency)} of {year} must be in 1..{count}.";
            return false;
        }
        period = Of(frequency, year, number);
        return true;
    }

    private static bool TryDay(string text, Match match, int year, out Period period, out string why)
    {
        period = default;
        why = "";
        var month = Value(match, "month");
        var day = Value(match, "day");
        if (month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month))
        {
            why = $"'{text}' does not exist: the calendar has no such day.";
            return false;
        }
        var hour = match.Groups["hour"].Success ? Value(match, "hour") : 0;
        if (hour > 23)
        {
            why = $"'{text}' does not exist: hour must be in 00..23.";
            return false;
        }
        var frequency = match.Groups["hour"].Success ? Frequency.Hour : Frequency.Day;
        period = At(frequency, new DateTime(year, month, day, hour, 0, 0, DateTimeKind.Unspecified));
        return true;
    }

    private static (Frequency Frequency, int Number) Numbered(Match match) =>
        match switch
        {
            _ when match.Groups["week"].Success => (Frequency.Week, Value(match, "week")),
            _ when match.Groups["quarter"].Success => (Frequency.Quarter, Value(match, "quarter")),
            _ when match.Groups["half"].Success => (Frequency.HalfYear, Value(match, "half")),
            _ when match.Groups["month"].Success => (Frequency.Month, Value(match, "month")),
            _ => (Frequency.Year, 1),
        };

    private static int Value(Match match, string group) => int.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture);

    private static string Noun(Frequency frequency) =>
        frequency switch
        {
            Frequency.Week => "week",
            Frequency.Quarter => "quarter",
            Frequency.HalfYear => "half-year",
            _ => "month",
        };

    [GeneratedRegex(
        @"^(?<year>[0-9]{4})(-(W(?<week>[0-9]{2})|Q(?<quarter>[0-9])|S(?<half>[0-9])|(?<month>[0-9]{2})(-(?<day>[0-9]{2})(T(?<hour>[0-9]{2}))?)?))?\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Grammar();
}
