using KpiMetrics.Core.Periods;

namespace KpiMetrics.Core.Catalog;

/// <summary>The rules of a set from a date on.</summary>
/// <param name="From">The first day on which a period may begin under these rules.</param>
/// <param name="Windows">Which days a period covers.</param>
/// <param name="Due">When a figure is due, as the decision says it; null where it says nothing.</param>
/// <param name="Origin">The article that says so, or why it is assumed.</param>
/// <param name="DayBegins">
/// When the day of the figures begins by the local clock; from noon on it is that hour of the evening before: the day 2010-10-05 that begins
/// at 19:00 is 4 October 19:00 to 5 October 19:00, as rain is summed. Coarser periods begin with their first day.
/// </param>
public sealed record RegimeRule(DateOnly From, WindowRule Windows, string? Due, string? Origin, TimeOnly DayBegins = default)
{
    public WindowForm Form => new(Windows, DayBegins);

    /// <summary>The rule in force when the period begins by the calendar; before the first rule's date, the first.</summary>
    /// <param name="rules">In order of their dates; at least one.</param>
    public static RegimeRule InForce(IReadOnlyList<RegimeRule> rules, Period period)
    {
        var day = DateOnly.FromDateTime(period.Start);
        for (var at = rules.Count - 1; at > 0; at--)
        {
            if (rules[at].From <= day)
                return rules[at];
        }
        return rules[0];
    }
}
