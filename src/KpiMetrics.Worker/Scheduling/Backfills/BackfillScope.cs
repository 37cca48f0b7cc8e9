using KpiMetrics.Core.Periods;
using KpiMetrics.Worker.Composition;

namespace KpiMetrics.Worker.Scheduling.Backfills;

/// <summary>A span of the past as a person names it.</summary>
/// <param name="From">The first period, of any frequency.</param>
/// <param name="To">The last period, of any frequency; included.</param>
/// <param name="Indicator">Null: every one of the set.</param>
/// <param name="Source">Null: every one that serves the set.</param>
internal sealed record BackfillScope(string Set, string From, string To, string? Indicator, string? Source)
{
    /// <param name="prefix">What messages put before the names of what was given: <c>--</c> on the command line.</param>
    /// <exception cref="CommandException">Something of it is not there, or no span.</exception>
    public IReadOnlyList<BackfillQuestion> Questions(Engine engine, ScheduleSeams seams, DateTimeOffset at, string prefix)
    {
        var catalog = engine.Catalog;
        var known =
            catalog.FindSet(Set)
            ?? throw new CommandException(
                $"There is no set '{Set}'; allowed: {string.Join(", ", catalog.Sets.Select(set => set.Code))}.",
                "unknown-set"
            );
        var (first, last) = (Parse($"{prefix}from", From), Parse($"{prefix}to", To));
        if (Indicator is { } code && catalog.FindIndicator(known.Code, code) is null)
        {
            throw new CommandException(
                $"{prefix}indicator '{code}' is not in set {known.Code}; 'catalog list --set {known.Code}' shows its codes.",
                "unknown-indicator"
            );
        }
        if (Source is { } name && seams.Sources.All(one => one.Name != name || one.Set != known.Code))
        {
            var names = seams.Sources.Where(one => one.Set == known.Code).Select(one => one.Name).Distinct();
            throw new CommandException(
                $"{prefix}source '{name}' serves no {known.Code}; allowed: {string.Join(", ", names)}.",
                "unknown-source"
            );
        }
        if (known.WindowOf(first).Start >= known.WindowOf(last).End)
            throw new CommandException($"{prefix}from {first} begins after {prefix}to {last} ends.", "bad-period");
        return BackfillPlan.Questions(known, seams, first, last, Indicator, Source, at);
    }

    private static Period Parse(string option, string text) =>
        Period.TryParse(text, out var period, out var why) ? period : throw new CommandException($"{option} {why}", "bad-period");
}
