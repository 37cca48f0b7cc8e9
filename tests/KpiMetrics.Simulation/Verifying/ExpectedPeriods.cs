using System.Globalization;
using KpiMetrics.Core.Periods;
using KpiMetrics.Simulation.World;

namespace KpiMetrics.Simulation.Verifying;

/// <summary>The periods of a frequency that the simulated year obliges, found without any of the engine's own arithmetic.</summary>
internal static class ExpectedPeriods
{
    private static readonly DateTime From = new(2025, 9, 1);
    private static readonly DateTime To = new(2027, 4, 1);

    /// <param name="isCutOff">The windows of months and longer begin on the 15th of the month before.</param>
    /// <param name="begins">The first day on which the set obliges.</param>
    public static IEnumerable<ExpectedPeriod> Of(Frequency frequency, bool isCutOff, DateTime begins)
    {
        for (var day = From; day < To; day = day.AddDays(1))
        {
            if (day < begins || Span(frequency, isCutOff, day) is not var (name, end))
                continue;
            var period = Timed(frequency, name, day, end);
            if (period.Created < SimulatedWorld.End)
                yield return period;
        }
    }

    public static ExpectedPeriod Hour(DateTime start) =>
        Timed(Frequency.Hour, start.ToString("yyyy-MM-dd'T'HH", CultureInfo.InvariantCulture), start, start.AddHours(1));

    // Whether a period begins on the day, what it is called and when it ends.
    private static (string Name, DateTime End)? Span(Frequency frequency, bool isCutOff, DateTime day)
    {
        if (frequency == Frequency.Day)
            return (day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), day.AddDays(1));
        if (frequency == Frequency.Week)
        {
            return day.DayOfWeek == DayOfWeek.Monday
                ? (Invariant($"{ISOWeek.GetYear(day)}-W{ISOWeek.GetWeekOfYear(day):00}"), day.AddDays(7))
                : null;
        }
        if (day.Day != (isCutOff ? 15 : 1))
            return null;
        var month = isCutOff ? day.AddMonths(1) : day;
        return (frequency, month.Month) switch
        {
            (Frequency.Month, _) => (Invariant($"{month.Year}-{month.Month:00}"), day.AddMonths(1)),
            (Frequency.Quarter, 1 or 4 or 7 or 10) => (Invariant($"{month.Year}-Q{month.Month / 3 + 1}"), day.AddMonths(3)),
            (Frequency.HalfYear, 1 or 7) => (Invariant($"{month.Year}-S{month.Month / 6 + 1}"), day.AddMonths(6)),
            (Frequency.Year, 1) => (Invariant($"{month.Year}"), day.AddMonths(12)),
            _ => null,
        };
    }

    private static ExpectedPeriod Timed(Frequency frequency, string name, DateTime start, DateTime end)
    {
        var afterLast = DateOnly.FromDateTime(end);
        var (due, lead, grace, ahead) = frequency switch
        {
            Frequency.Hour => (end.AddMinutes(15), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2)),
            Frequency.Day => (end.AddHours(9), TimeSpan.FromHours(2), TimeSpan.FromHours(6), TimeSpan.FromDays(2)),
            Frequency.Week => (Evening(afterLast), TimeSpan.FromDays(1), TimeSpan.FromDays(1), TimeSpan.FromDays(14)),
            Frequency.Month => (Evening(afterLast.AddDays(4)), TimeSpan.FromDays(2), TimeSpan.FromDays(3), TimeSpan.FromDays(45)),
            _ => (Evening(afterLast.AddDays(4)), TimeSpan.FromDays(5), TimeSpan.FromDays(5), TimeSpan.FromDays(45)),
        };
        var opens = due - lead < end ? due - lead : end;
        return new(name, start, end, LocalTime.At(opens), LocalTime.At(due), lead, grace, LocalTime.At(start) - ahead);
    }

    private static DateTime Evening(DateOnly day) => HandCalendar.Rolled(day).ToDateTime(new TimeOnly(17, 0));

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
