using KpiMetrics.Core.Obligations;
using KpiMetrics.Core.Periods;
using KpiMetrics.Worker.Scheduling.Backfills;
using KpiMetrics.Worker.Scheduling.Lanes;

namespace KpiMetrics.Worker.Scheduling;

/// <summary>What scheduling and its commands are told by the rest of the engine.</summary>
/// <param name="Work">What a rung duty does.</param>
/// <param name="Sources">The pulled sources.</param>
public sealed record ScheduleSeams(DutyWork Work, IReadOnlyList<ScheduledSource> Sources)
{
    /// <summary>Whether an emergency is in force somewhere for the duty now: answered from memory, as it is asked at every ring.</summary>
    public Func<Duty, bool> IsEmergency { get; init; } = _ => false;

    /// <summary>Whether hours of the duty beside its coarser frequency were to be reported in the period: false without an emergency then.</summary>
    public Func<Duty, Period, bool> WasEmergency { get; init; } = (_, _) => false;

    /// <summary>When a figure is to be looked for; null where that is not known, and then nothing is said about it.</summary>
    public Func<Duty, Period, DueSpan?> DueOf { get; init; } = (_, _) => null;

    /// <summary>The obligations of duties that are not fulfilled; a duty without any may be left out.</summary>
    public Func<IReadOnlyList<Duty>, CancellationToken, Task<IReadOnlyList<TouchedObligations>>> TouchedAsync { get; init; } =
        (_, _) => Task.FromResult<IReadOnlyList<TouchedObligations>>([]);

    /// <summary>When each duty was last looked after and what came of it, by any process; those not known are left out.</summary>
    public Func<CancellationToken, Task<IReadOnlyDictionary<Duty, LastRun>>> LastRunsAsync { get; init; } =
        _ => Task.FromResult<IReadOnlyDictionary<Duty, LastRun>>(new Dictionary<Duty, LastRun>());

    /// <summary>Asks sources for periods long past; null where this engine cannot.</summary>
    public BackfillWork? Backfill { get; init; }

    /// <summary>The names of the sources that serve the duty, each once; empty: <see cref="LaneSet.BuiltIn"/> does.</summary>
    public IReadOnlyList<string> SourcesOf(Duty duty) =>
        [.. Sources.Where(source => source.Serves(duty)).Select(source => source.Name).Distinct(StringComparer.Ordinal)];

    /// <summary>Of several with the name the most careful counts; 4 for <see cref="LaneSet.BuiltIn"/>.</summary>
    public int ConcurrencyOf(string name) =>
        Sources.Where(source => source.Name == name).Select(source => source.Concurrency).DefaultIfEmpty(4).Min();

    public LaneRules LaneRules()
    {
        // Asked at every ring of every duty.
        var known = new System.Collections.Concurrent.ConcurrentDictionary<Duty, IReadOnlyList<string>>();
        return new(duty => known.GetOrAdd(duty, SourcesOf), ConcurrencyOf, IsEmergency);
    }
}
