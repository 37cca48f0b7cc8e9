using System.Globalization;
using KpiMetrics.Core.Obligations;

namespace KpiMetrics.Core.Catalog.Rules;

/// <summary>A file of holidays names each year once, with days of that year only; what is worked is of a weekend and not also off.</summary>
public static class HolidayYears
{
    /// <summary>Dates that could not be read are the first of the year 1, years 0; nothing is said of them.</summary>
    public static IEnumerable<RuleFault> Check(IReadOnlyList<WorkingYear> years)
    {
        ArgumentNullException.ThrowIfNull(years);
        return years.SelectMany(year => (IEnumerable<RuleFault>)[.. Twice(years, year), .. Off(year), .. Worked(year)]);
    }

    private static IEnumerable<RuleFault> Twice(IReadOnlyList<WorkingYear> years, WorkingYear year)
    {
        if (year.Year != 0 && !ReferenceEquals(years.First(other => other.Year == year.Year), year))
            yield return new(year, Text($"the year {year.Year} is there twice"), "year");
    }

    private static IEnumerable<RuleFault> Off(WorkingYear year)
    {
        foreach (var off in year.Off)
        {
            if (IsOutside(year, off.From))
                yield return new(off, Outside(year, "from", off.From), "from", "to");
            else if (IsOutside(year, off.To))
                yield return new(off, Outside(year, "to", off.To), "to", "from");
            else if (off.To < off.From)
                yield return new(off, Text($"'to' {off.To:yyyy-MM-dd} comes before 'from' {off.From:yyyy-MM-dd}"), "to", "from");
            foreach (var fault in TextCheck.Faults(off, ("name", off.Name), ("origin", off.Origin)))
                yield return fault;
        }
    }

    private static IEnumerable<RuleFault> Worked(WorkingYear year)
    {
        foreach (var worked in year.Worked)
        {
            if (worked.Day == default)
                continue;
            if (IsOutside(year, worked.Day))
                yield return new(worked, Outside(year, "day", worked.Day), "day");
            else if (!IsWeekend(worked.Day))
                yield return new(
                    worked,
                    Text($"'day' {worked.Day:yyyy-MM-dd} is a {worked.Day.DayOfWeek}; allowed: Saturday, Sunday"),
                    "day"
                );
            else if (IsOff(year, worked.Day))
                yield return new(worked, Text($"'day' {worked.Day:yyyy-MM-dd} is off and worked"), "day");
            if (worked.For is { } day && day.Year == year.Year && (IsWeekend(day) || !IsOff(year, day)))
                yield return new(worked, Text($"'for' {day:yyyy-MM-dd} is no day off from Monday to Friday under 'off'"), "for");
        }
    }

    private static bool IsOff(WorkingYear year, DateOnly day) => year.Off.Any(off => off.From <= day && day <= off.To);

    private static bool IsOutside(WorkingYear year, DateOnly day) => year.Year != 0 && day != default && day.Year != year.Year;

    private static bool IsWeekend(DateOnly day) => day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;

    private static string Outside(WorkingYear year, string key, DateOnly day) =>
        Text($"'{key}' {day:yyyy-MM-dd} is not in {year.Year}");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
