using System.Collections.Concurrent;
using KpiMetrics.Core.Obligations;
using KpiMetrics.Worker.Api.Metrics;
using Microsoft.Extensions.Logging;

namespace KpiMetrics.Worker.Scheduling.Lanes;

/// <summary>All lanes: one for each source, made when it is first rung, and one for the duties that no pulled source serves.</summary>
public sealed class LaneSet : IDisposable
{
    /// <summary>The lane of duties without a pulled source.</summary>
    public const string BuiltIn = "built-in";

    private readonly LaneRules rules;
    private readonly DutyWork work;
    private readonly ILogger logger;
    private readonly TimeProvider clock;
    private readonly KpiMeters meters;
    private readonly ConcurrentDictionary<string, SourceLane> lanes = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<Duty, LaneRun> lastRuns = new();
    private volatile bool isStopping;
    private volatile IReadOnlyDictionary<string, int> overridden = new Dictionary<string, int>(StringComparer.Ordinal);

    public LaneSet(LaneRules rules, DutyWork work, KpiMeters meters, ILogger<LaneSet> logger, TimeProvider clock)
    {
        (this.rules, this.work, this.meters, this.logger, this.clock) = (rules, work, meters, logger, clock);
        LaneMeters.Observe(meters, () => lanes.Values);
    }

    /// <summary>Those that were rung so far, in no order.</summary>
    public IReadOnlyCollection<SourceLane> All => [.. lanes.Values];

    /// <summary>Puts the duty into the lane of each of its sources, and returns at once.</summary>
    /// <param name="priority">0..9.</param>
    public void Ring(Duty duty, int priority)
    {
        if (isStopping)
            return;
        var rank = new LaneRank(rules.IsEmergency(duty), priority);
        var sources = rules.SourcesOf(duty);
        if (sources.Count == 0)
            Lane(BuiltIn).Ring(duty, rank);
        foreach (var source in sources)
            Lane(source).Ring(duty, rank);
    }

    /// <summary>What operations say of sources; one that is not named has what <see cref="LaneRules.ConcurrencyOf"/> says.</summary>
    public void Limit(IReadOnlyDictionary<string, int> concurrency)
    {
        overridden = concurrency;
        foreach (var lane in lanes.Values)
            lane.Limit = LimitOf(lane.Name);
    }

    /// <summary>The last run of a duty in this process that found something to do, or failed; null where there was none.</summary>
    public LaneRun? LastRun(Duty duty) => lastRuns.GetValueOrDefault(duty);

    /// <summary>Drops what waits, lets what is at work end within <paramref name="grace"/>, then cancels it; gives up at <paramref name="deadline"/>.</summary>
    public async Task StopAsync(TimeSpan grace, CancellationToken deadline)
    {
        isStopping = true;
        var left = await Task.WhenAll(lanes.Values.Select(lane => lane.StopAsync(grace, deadline)));
        if (left.Sum() is > 0 and var stuck)
            ScheduleLog.GivenUp(logger, stuck);
    }

    public void Dispose()
    {
        foreach (var lane in lanes.Values)
            lane.Dispose();
    }

    private SourceLane Lane(string name) =>
        lanes.GetOrAdd(name, static (name, set) => new(name, set.LimitOf(name), set.work, set.Ended, set.clock), this);

    private int LimitOf(string name) =>
        overridden.TryGetValue(name, out var limit) ? limit : Math.Max(1, rules.ConcurrencyOf(name));

    private void Ended(LaneRun run)
    {
        LaneMeters.Count(meters, run);
        if (run.Fault is { } fault)
            ScheduleLog.Failed(logger, run.Duty, run.Source, fault.Message, run.Duration.TotalSeconds, fault);
        else if (run.Outcome.Length > 0)
            ScheduleLog.Ran(logger, run.Duty, run.Source, run.Outcome, run.Duration.TotalSeconds);
        else
            return;
        lastRuns[run.Duty] = run;
    }
}
