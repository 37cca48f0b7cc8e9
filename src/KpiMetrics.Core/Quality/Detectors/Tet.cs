using System.Globalization;
using KpiMetrics.Core.Periods;

namespace KpiMetrics.Core.Quality.Detectors;

/// <summary>Tết Nguyên đán by the Vietnamese calendar, which moves between 21 January and 20 February, and with it trade, output and days worked.</summary>
public static class Tet
{
    private const int FirstYear = 2015;
    private const int FestiveDays = 7;

    // Days worked in January that may differ between two years before their Januaries are no longer compared.
    private const int Comparable = 2;

    // The first day of the lunar year, 2015 to 2030, as days after 31 December.
    private static readonly int[] FirstDays = [50, 39, 28, 47, 36, 25, 43, 32, 22, 41, 29, 48, 37, 26, 44, 33];

    /// <summary>The first day of the lunar year; null outside 2015..2030.</summary>
    public static DateOnly? FirstDay(int year) =>
        year >= FirstYear && year < FirstYear + FirstDays.Length
            ? new DateOnly(year, 1, 1).AddDays(FirstDays[year - FirstYear] - 1)
            : null;

    /// <summary>The days, from the eve on, that most of the country does not work and that fall into January; null outside 2015..2030.</summary>
    public static int? DaysInJanuary(int year) =>
        year >= FirstYear && year < FirstYear + FirstDays.Length
            ? Math.Clamp(33 - FirstDays[year - FirstYear], 0, FestiveDays)
            : null;

    /// <summary>What is told as the reason: <c>Tết Nguyên đán 2025</c>.</summary>
    public static string Name(int year) => string.Create(CultureInfo.InvariantCulture, $"Tết Nguyên đán {year}");

    /// <summary>True where January and February of the two years lost about the same days, or nothing is known of them.</summary>
    public static bool AreAlike(int year, int other) =>
        DaysInJanuary(year) is not { } days || DaysInJanuary(other) is not { } others || Math.Abs(days - others) <= Comparable;

    /// <summary>True for an hour, day or week with a day from a week before the first of the lunar year to a week after.</summary>
    public static bool Touches(Period period)
    {
        if (period.Frequency > Frequency.Week)
            return false;
        var day = DateOnly.FromDateTime(period.Start);
        if (day.Month > 2 || FirstDay(DateOnly.FromDateTime(period.End.AddTicks(-1)).Year) is not { } first)
            return false;
        return DateOnly.FromDateTime(period.End.AddTicks(-1)) >= first.AddDays(-FestiveDays) && day <= first.AddDays(FestiveDays);
    }
}
