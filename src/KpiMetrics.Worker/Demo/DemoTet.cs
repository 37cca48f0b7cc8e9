using System.Globalization;

namespace KpiMetrics.Worker.Demo;

/// <summary>Tết Nguyên đán, the first day of the lunar year.</summary>
internal static class DemoTet
{
    private const int FirstYear = 1950;
    private const int LastYear = 2099;

    private static readonly DateOnly[] Days = [.. Enumerable.Range(FirstYear, LastYear - FirstYear + 1).Select(Of)];

    /// <summary>Days from Tết of that year, negative before it; of years beyond the tables from 5 February.</summary>
    public static int DaysFrom(DateOnly day) =>
        day.DayNumber
        - (day.Year is >= FirstYear and <= LastYear ? Days[day.Year - FirstYear] : new DateOnly(day.Year, 2, 5)).DayNumber;

    private static DateOnly Of(int year) =>
        DateOnly.FromDateTime(new ChineseLunisolarCalendar().ToDateTime(year, 1, 1, 0, 0, 0, 0));
}
