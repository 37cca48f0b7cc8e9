using System.Globalization;

namespace KpiMetrics.Core.Periods;

/// <summary>Which moments a period covers: the days by a rule, and the hour at which each day begins. Only figures of one form are ever compared.</summary>
/// <param name="Rule">Which days a month, quarter, half or year covers.</param>
/// <param name="DayBegins">
/// The full hour at which a day begins; from noon on that of the evening before. Hours of the clock are the same under every form.
/// </param>
public readonly record struct WindowForm(WindowRule Rule, TimeOnly DayBegins = default)
{
    private static readonly TimeOnly Noon = new(12, 0);

    /// <summary>From midnight to the moment at which the day so named begins: -5 hours for 19:00.</summary>
    public TimeSpan Offset => DayBegins >= Noon ? DayBegins.ToTimeSpan() - TimeSpan.FromDays(1) : DayBegins.ToTimeSpan();

    /// <summary>What of the form shows at a frequency: two forms that agree there cover the same moments.</summary>
    public WindowForm At(Frequency frequency) =>
        frequency switch
        {
            Frequency.Hour => default,
            Frequency.Day or Frequency.Week => new(WindowRule.Calendar, DayBegins),
            _ => this,
        };

    /// <summary><c>calendar</c>, <c>cutoff-15</c>, <c>calendar, days from 19:00</c>.</summary>
    public override string ToString() =>
        DayBegins == default
            ? Rule.Name()
            : string.Create(CultureInfo.InvariantCulture, $"{Rule.Name()}, days from {DayBegins:HH:mm}");
}
