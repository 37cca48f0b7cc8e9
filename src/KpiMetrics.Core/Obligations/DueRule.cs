using System.Globalization;
using KpiMetrics.Core.Periods;

namespace KpiMetrics.Core.Obligations;

/// <summary>When the figure of a period is due, at one frequency, counted from the period's window.</summary>
/// <remarks>
/// Four kinds: the last day of the window, 23:59:59; a span after the window closes (hours only); so many calendar days, or so many
/// working days, after the window's last day at an hour of the clock. Two rules are equal where they say the same.
/// </remarks>
public sealed partial record DueRule
{
    private readonly TimeSpan span;
    private readonly int days;
    private readonly TimeOnly at;
    private readonly bool rolls;
    private readonly Kind kind;

    private DueRule(Kind kind, TimeSpan span = default, int days = 0, TimeOnly at = default, bool rolls = false) =>
        (this.kind, this.span, this.days, this.at, this.rolls) = (kind, span, days, at, rolls);

    private enum Kind
    {
        LastDay,
        Span,
        Days,
        WorkingDays,
    }

    /// <summary>23:59:59 of the window's last day, whether anybody works on it or not.</summary>
    public static DueRule LastDayOfPeriod { get; } = new(Kind.LastDay);

    /// <summary>So long after the window closes, by the clock; for hours.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than nothing, more than 366 days, or not whole minutes.</exception>
    public static DueRule After(TimeSpan span) => new(Kind.Span, new Grace(span).Span);

    /// <summary>So many calendar days after the window's last day; with <paramref name="rolls"/> the next working day where that is a day off.</summary>
    /// <param name="days">0 to 366; 0 is the last day itself.</param>
    /// <exception cref="ArgumentOutOfRangeException">Fewer or more days.</exception>
    public static DueRule Days(int days, TimeOnly at, bool rolls = false) =>
        days is >= 0 and <= MaxDays
            ? new(Kind.Days, days: days, at: at, rolls: rolls)
            : throw new ArgumentOutOfRangeException(nameof(days), days, $"Days must be in 0..{MaxDays}.");

    /// <summary>The so-manieth working day after the window's last day.</summary>
    /// <param name="days">1 to 366.</param>
    /// <exception cref="ArgumentOutOfRangeException">Fewer or more days.</exception>
    public static DueRule WorkingDays(int days, TimeOnly at) =>
        days is >= 1 and <= MaxDays
            ? new(Kind.WorkingDays, days: days, at: at)
            : throw new ArgumentOutOfRangeException(nameof(days), days, $"Working days must be in 1..{MaxDays}.");

    /// <summary>True where such a rule may be given for the frequency: hours have spans, all others days.</summary>
    public bool Fits(Frequency frequency) => frequency == Frequency.Hour == (kind == Kind.Span);

    /// <summary>The due moment by the local clock.</summary>
    public DateTime Of(Window window, WorkingCalendar calendar)
    {
        ArgumentNullException.ThrowIfNull(calendar);
        return kind switch
        {
            Kind.LastDay => window.LastDay.ToDateTime(new TimeOnly(23, 59, 59)),
            Kind.Span => window.End + span,
            Kind.WorkingDays => calendar.AddWorkingDays(window.LastDay, days).ToDateTime(at),
            _ => Rolled(window.LastDay.AddDays(days), calendar).ToDateTime(at),
        };
    }

    /// <summary><c>last-day-of-period</c>, <c>15m</c>, <c>5d 17:00 roll</c>, <c>2wd 17:00</c>: what <see cref="TryParse"/> reads.</summary>
    public override string ToString() =>
        kind switch
        {
            Kind.LastDay => LastDayText,
            Kind.Span => SpanText.Of(span, SpanUnits),
            Kind.WorkingDays => string.Create(CultureInfo.InvariantCulture, $"{days}wd {at:HH:mm}"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{days}d {at:HH:mm}{(rolls ? " roll" : "")}"),
        };

    private DateOnly Rolled(DateOnly day, WorkingCalendar calendar) => rolls ? calendar.Next(day) : day;
}
