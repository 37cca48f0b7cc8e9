using KpiMetrics.Core.Obligations;

namespace KpiMetrics.Worker.Scheduling.Lanes;

/// <summary>What lanes must be told of duties and sources.</summary>
/// <param name="SourcesOf">The pulled sources that serve a duty; empty: it goes to <see cref="LaneSet.BuiltIn"/>.</param>
/// <param name="ConcurrencyOf">How many duties of a source may be at work at once where operations say nothing, 1 or more.</param>
/// <param name="IsEmergency">Whether an emergency is in force somewhere for the duty; asked at every ring, so it must answer from memory.</param>
public sealed record LaneRules(
    Func<Duty, IReadOnlyList<string>> SourcesOf,
    Func<string, int> ConcurrencyOf,
    Func<Duty, bool> IsEmergency
);
