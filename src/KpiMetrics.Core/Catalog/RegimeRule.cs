using KpiMetrics.Core.Obligations;
using KpiMetrics.Core.Periods;

namespace KpiMetrics.Core.Catalog;

/// <summary>The rules of a set from a date on.</summary>
/// <param name="From">The first day on which a period may begin under these rules.</param>
/// <param name="Windows">Which days a period covers.</param>
/// <param name="Due">When figures are due; null where nothing is said. See <see cref="DueDates"/> for who else may say it.</param>
/// <param name="Origin">The article that says so, or why it is assumed.</param>
/// <param name="DayBegins">
/// When the day of the figures begins by the local clock; from noon on it is that hour of the evening before: the day 2010-10-05 that begins
/// at 19:00 is 4 October 19:00 to 5 October 19:00, as rain is summed. Coarser periods begin with their first day.
/// </param>
public sealed record RegimeRule(DateOnly From, WindowRule Windows, DueRules? Due, string? Origin, TimeOnly DayBegins = default)
{
    /// <summary>What is said of single offices; of a set's regime only.</summary>
    public IReadOnlyList<OfficeDue> Offices { get; init; } = [];

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

    public bool Equals(RegimeRule? other) =>
        other is not null
        && (From, Windows, DayBegins, Origin) == (other.From, other.Windows, other.DayBegins, other.Origin)
        && Equals(Due, other.Due)
        && Offices.SequenceEqual(other.Offices);

    public override int GetHashCode() => HashCode.Combine(From, Windows, DayBegins, Origin, Due, Offices.Count);
}
