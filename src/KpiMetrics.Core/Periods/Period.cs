using System.Globalization;

namespace KpiMetrics.Core.Periods;

/// <summary>A named span of the calendar at one frequency: the year 2026, its first quarter, its week 47, an hour of a day.</summary>
/// <remarks>
/// Carries no zone: an hour is an hour of the local clock, and only a <see cref="Window"/> becomes an instant. Years 1900 to
/// 2199 (for weeks the ISO week-year). Periods of different frequencies are never equal, and ordering them throws: the question
/// itself is a bug. <c>default(Period)</c> is the hour 1900-01-01T00, never "no period"; write <c>Period?</c> for that.
/// </remarks>
public readonly partial record struct Period : IComparable<Period>
{
    public const int FirstYear = 1900;
    public const int LastYear = 2199;

    // 1900-01-01 is a Monday, so hours, days, ISO weeks, months, quarters, halves and years can all be counted from it.
    private static readonly DateTime Origin = new(FirstYear, 1, 1, 0, 0, 0, DateTimeKind.Unspecified);

    private Period(Frequency frequency, int index) => (Frequency, Index) = (frequency, index);

    public Frequency Frequency { get; }

    /// <summary>Whole periods since 1900 began, from 0: the form stores keep, and what shifting adds to.</summary>
    public int Index { get; }

    /// <summary>The year the period belongs to; for a week the ISO week-year.</summary>
    public int Year =>
        Frequency switch
        {
            Frequency.Week => ISOWeek.GetYear(Start),
            Frequency.Hour or Frequency.Day => Start.Year,
            _ => FirstYear + Index / PerYear(Frequency),
        };

    /// <summary>The place within the year, counted from 1: month 1..12, week 1..53, day 1..366, hour 1..8784.</summary>
    public int Number =>
        Frequency switch
        {
            Frequency.Hour => (Start.DayOfYear - 1) * 24 + Start.Hour + 1,
            Frequency.Day => Start.DayOfYear,
            Frequency.Week => ISOWeek.GetWeekOfYear(Start),
            _ => Index % PerYear(Frequency) + 1,
        };

    /// <summary>The first moment by the calendar and the local clock.</summary>
    public DateTime Start =>
        Frequency switch
        {
            Frequency.Hour => Origin.AddHours(Index),
            Frequency.Day => Origin.AddDays(Index),
            Frequency.Week => Origin.AddDays(Index * 7.0),
            _ => Origin.AddMonths(Index * (12 / PerYear(Frequency))),
        };

    /// <summary>The first moment after the period: <see cref="Start"/> of the next one.</summary>
    public DateTime End => Index == LastIndex(Frequency) ? AfterLast(Frequency) : new Period(Frequency, Index + 1).Start;

    /// <summary>The <paramref name="number"/>-th month, quarter, half, week, day or hour of <paramref name="year"/>, counted from 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The year is outside 1900..2199, or the number outside the year.</exception>
    public static Period Of(Frequency frequency, int year, int number = 1)
    {
        if (year is < FirstYear or > LastYear)
            throw new ArgumentOutOfRangeException(nameof(year), year, YearRange);
        var count = CountIn(frequency, year);
        if (number < 1 || number > count)
            throw new ArgumentOutOfRangeException(nameof(number), number, $"{frequency} of {year} must be in 1..{count}.");
        return new(frequency, FirstIndexOf(frequency, year) + number - 1);
    }

    /// <summary>The period of this frequency that the local moment falls into.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The moment's year is outside 1900..2199.</exception>
    public static Period At(Frequency frequency, DateTime local)
    {
        var index = IndexAt(frequency, local);
        if (index < 0 || index > LastIndex(frequency))
            throw new ArgumentOutOfRangeException(nameof(local), local, YearRange);
        return new(frequency, index);
    }

    /// <summary>Restores a period from <see cref="Index"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">No period of years 1900..2199 has this index.</exception>
    public static Period FromIndex(Frequency frequency, int index) =>
        index >= 0 && index <= LastIndex(frequency)
            ? new(frequency, index)
            : throw new ArgumentOutOfRangeException(nameof(index), index, YearRange);

    /// <summary>How many periods of the frequency the year has: 12 months, 52 or 53 weeks, 8760 or 8784 hours.</summary>
    public static int CountIn(Frequency frequency, int year) =>
        frequency switch
        {
            Frequency.Hour => DaysIn(year) * 24,
            Frequency.Day => DaysIn(year),
            Frequency.Week => ISOWeek.GetWeeksInYear(year),
            _ => PerYear(frequency),
        };

    public int CompareTo(Period other) =>
        Frequency == other.Frequency
            ? Index.CompareTo(other.Index)
            : throw new ArgumentException($"Cannot order {this} against {other}: their frequencies differ.", nameof(other));

    public static bool operator <(Period left, Period right) => left.CompareTo(right) < 0;

    public static bool operator >(Period left, Period right) => left.CompareTo(right) > 0;

    public static bool operator <=(Period left, Period right) => left.CompareTo(right) <= 0;

    public static bool operator >=(Period left, Period right) => left.CompareTo(right) >= 0;

    /// <summary>The message of every refusal for a year that cannot be.</summary>
    internal static string YearRange => $"Year must be in {FirstYear}..{LastYear}.";

    private static int PerYear(Frequency frequency) =>
        frequency switch
        {
            Frequency.Month => 12,
            Frequency.Quarter => 4,
            Frequency.HalfYear => 2,
            Frequency.Year => 1,
            _ => throw new ArgumentOutOfRangeException(nameof(frequency), frequency, "Only M, Q, S, A divide the year evenly."),
        };

    private static int DaysIn(int year) => DateTime.IsLeapYear(year) ? 366 : 365;

    private static int IndexAt(Frequency frequency, DateTime local) =>
        frequency switch
        {
            Frequency.Hour => Whole(local, TimeSpan.TicksPerHour),
            Frequency.Day => Whole(local, TimeSpan.TicksPerDay),
            Frequency.Week => Whole(local, TimeSpan.TicksPerDay * 7),
            _ => (local.Year - FirstYear) * PerYear(frequency) + (local.Month - 1) * PerYear(frequency) / 12,
        };

    // In ticks, as a double of hours is too coarse for the last tick of one.
    private static int Whole(DateTime local, long span)
    {
        var ticks = (local - Origin).Ticks;
        return (int)(ticks >= 0 ? ticks / span : (ticks - span + 1) / span);
    }

    private static int FirstIndexOf(Frequency frequency, int year) =>
        frequency == Frequency.Week
            ? IndexAt(frequency, ISOWeek.ToDateTime(year, 1, DayOfWeek.Monday))
            : IndexAt(frequency, new DateTime(year, 1, 1, 0, 0, 0, DateTimeKind.Unspecified));

    private static int LastIndex(Frequency frequency) => FirstIndexOf(frequency, LastYear) + CountIn(frequency, LastYear) - 1;

    private static DateTime AfterLast(Frequency frequency) =>
        frequency == Frequency.Week
            ? ISOWeek.ToDateTime(LastYear + 1, 1, DayOfWeek.Monday)
            : new DateTime(LastYear + 1, 1, 1, 0, 0, 0, DateTimeKind.Unspecified);
}
