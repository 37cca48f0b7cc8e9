using System.Data.Common;
using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Obligations;
using KpiMetrics.Pipeline.Ledger;
using KpiMetrics.Worker.Scheduling.Lanes;
using Microsoft.Extensions.Logging;
using Quartz;

namespace KpiMetrics.Worker.Scheduling;

/// <summary>Keeps the scheduler's jobs as they should be: by the catalog, the day, emergencies, settings and what operations changed, live.</summary>
/// <remarks>A paused duty has no job. One whose job comes (back) while the worker runs is rung at once. Not for two threads at once.</remarks>
/// <param name="isEmergency">Whether an emergency is in force somewhere for the duty; asked every second, so it must answer from memory.</param>
public sealed class JobSync(
    CatalogSnapshot catalog,
    ISchedules schedules,
    IDictionary<string, string> configured,
    Func<Duty, bool> isEmergency,
    LaneSet lanes,
    ILogger<JobSync> logger
)
{
    private readonly Dictionary<Duty, string> scheduled = []; // with the cron of its trigger
    private (DateOnly Day, IReadOnlyList<Duty> Duties)? conditional; // which duties depend on emergencies
    private (long Revision, DateOnly Day, IReadOnlySet<Duty> Emergencies)? applied;
    private ScheduleOverrides overrides = ScheduleOverrides.None;
    private volatile JobPlan plan = JobPlan.Empty;
    private string? outage;

    /// <summary>What was applied last.</summary>
    public JobPlan Plan => plan;

    /// <summary>Applies what changed since last time; where nothing did, it costs one small read of the ledger.</summary>
    /// <remarks>A ledger that cannot be read leaves the jobs as they are, and is logged once.</remarks>
    public async Task RunAsync(IScheduler scheduler, DateTimeOffset at, CancellationToken cancellationToken)
    {
        try
        {
            var day = LocalDay.Of(at);
            var revision = await schedules.ReadScheduleRevisionAsync(cancellationToken);
            var emergencies = EmergenciesOn(day);
            outage = null;
            if (applied is { } last && last.Revision == revision && last.Day == day && last.Emergencies.SetEquals(emergencies))
                return;
            if (applied?.Revision != revision)
                overrides = await schedules.ReadSchedulesAsync(cancellationToken);
            await ApplyAsync(
                scheduler,
                JobPlan.Of(catalog, configured, overrides, at, emergencies.Contains),
                at,
                isFirst: applied is null,
                cancellationToken
            );
            applied = (overrides.Revision, day, emergencies);
        }
        catch (DbException fault)
        {
            if (outage != fault.Message)
                ScheduleLog.NotSynced(logger, fault.Message);
            outage = fault.Message;
        }
    }

    private HashSet<Duty> EmergenciesOn(DateOnly day)
    {
        if (conditional is not { } known || known.Day != day)
        {
            known = (
                day,
                [.. DutiesInForce.AskedOn(catalog, day).Where(duty => DutiesInForce.IsForEmergencies(catalog, duty, day))]
            );
            conditional = known;
        }
        return [.. known.Duties.Where(isEmergency)];
    }

    private async Task ApplyAsync(
        IScheduler scheduler,
        JobPlan wanted,
        DateTimeOffset at,
        bool isFirst,
        CancellationToken cancellationToken
    )
    {
        lanes.Limit(Concurrency());
        var due = wanted.Jobs.Where(job => !job.IsPaused).ToDictionary(job => job.Duty);
        var removed = scheduled.Keys.Where(duty => !due.ContainsKey(duty)).ToList();
        var added = due.Values.Where(job => !scheduled.ContainsKey(job.Duty)).ToList();
        var changed = due.Values.Where(job => scheduled.TryGetValue(job.Duty, out var cron) && cron != job.Cron).ToList();
        foreach (var job in wanted.Jobs.Where(job => job.RefusedCron is not null))
            ScheduleLog.BadCron(logger, job.Duty, job.RefusedCron ?? "", "not one that fires again");
        if (removed.Count > 0)
            await scheduler.DeleteJobs([.. removed.Select(DoorbellJob.Key)], cancellationToken);
        removed.ForEach(duty => scheduled.Remove(duty));
        var jobs = added.Concat(changed).ToList();
        if (jobs.Count > 0)
        {
            var triggers = jobs.ToDictionary(
                job => DoorbellJob.Detail(job.Duty),
                job => (IReadOnlyCollection<ITrigger>)[DoorbellJob.Trigger(job, at)]
            );
            await scheduler.ScheduleJobs(triggers, ScheduleJobOptions.Replacing, cancellationToken);
        }
        foreach (var job in jobs)
            scheduled[job.Duty] = job.Cron;
        plan = wanted;
        var paused = wanted.Jobs.Count - due.Count;
        ScheduleLog.Synced(logger, overrides.Revision, due.Count, added.Count, removed.Count, changed.Count, paused);
        if (!isFirst)
            added.ForEach(job => lanes.Ring(job.Duty, job.Priority));
    }

    private Dictionary<string, int> Concurrency() =>
        overrides
            .States.Where(entry => entry.Key.Source is not null && entry.Value.Concurrency is not null)
            .ToDictionary(entry => entry.Key.Source ?? "", entry => entry.Value.Concurrency ?? 1, StringComparer.Ordinal);
}
