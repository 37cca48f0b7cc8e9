using System.Collections.Frozen;
using static System.FormattableString;

namespace KpiMetrics.Core.Obligations;

/// <summary>Which days offices work: Monday to Friday, but for days off and for weekend days worked instead.</summary>
/// <remarks>
/// Years that no file covers have weekends only: a due date that rolls in them may move once their holidays are announced, so whoever
/// keeps one should keep <see cref="Version"/> too and ask <see cref="Knows"/>.
/// </remarks>
public sealed class WorkingCalendar
{
    // From then on offices plan the next year, whose Tết is announced in these months.
    private const int MonthOfPlans = 10;

    private readonly FrozenSet<DateOnly> off;
    private readonly FrozenSet<DateOnly> worked;

    /// <param name="years">Where a year is there twice, the later one counts alone.</param>
    public WorkingCalendar(IEnumerable<WorkingYear> years)
    {
        ArgumentNullException.ThrowIfNull(years);
        var byYear = new SortedDictionary<int, WorkingYear>();
        foreach (var year in years)
            byYear[year.Year] = year;
        Years = [.. byYear.Values];
        off = Years.SelectMany(year => year.Off).SelectMany(Days).ToFrozenSet();
        worked = Years.SelectMany(year => year.Worked).Select(day => day.Day).ToFrozenSet();
        Version =
            Years.Count == 0
                ? "weekends only"
                : string.Join(", ", Years.Select(year => Invariant($"{year.Year}: {year.Version}")));
    }

    /// <summary>Without any holidays.</summary>
    public static WorkingCalendar WeekendsOnly { get; } = new([]);

    /// <summary>Those that a file covers, in order.</summary>
    public IReadOnlyList<WorkingYear> Years { get; }

    /// <summary>Each covered year with the version of its file: <c>2025: 1, 2026: 2</c>.</summary>
    public string Version { get; }

    /// <summary>False: of this year only the weekends are known.</summary>
    public bool Knows(int year) => Years.Any(known => known.Year == year);

    /// <summary>The year of the day where only its weekends are known; from October on the next one, where that is so. Null: neither.</summary>
    public int? Lacking(DateOnly day) =>
        !Knows(day.Year) ? day.Year
        : day.Month >= MonthOfPlans && !Knows(day.Year + 1) ? day.Year + 1
        : null;

    public bool IsWorkingDay(DateOnly day) =>
        day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? worked.Contains(day) : !off.Contains(day);

    /// <summary>The day itself where it is a working day, else the first one after it.</summary>
    public DateOnly Next(DateOnly day)
    {
        while (!IsWorkingDay(day))
            day = day.AddDays(1);
        return day;
    }

    /// <summary>The so-manieth working day after the day, which itself does not count.</summary>
    /// <param name="count">0: the day itself, whatever it is.</param>
    /// <exception cref="ArgumentOutOfRangeException">Less than 0.</exception>
    public DateOnly AddWorkingDays(DateOnly day, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        for (var left = count; left > 0; left--)
            day = Next(day.AddDays(1));
        return day;
    }

    private static IEnumerable<DateOnly> Days(DaysOff span)
    {
        for (var day = span.From; day <= span.To; day = day.AddDays(1))
            yield return day;
    }
}
