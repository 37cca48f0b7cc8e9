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
    // A store that workers share may lose what one of them put there; looked at now and then.
    private static readonly TimeSpan MendEvery = TimeSpan.FromMinutes(1);

    private DateTimeOffset mendAt;
    private (DateOnly Day, IReadOnlyList<Duty> Duties)? conditional; // which duties depend on emergencies
    private (long Revision, DateOnly Day, IReadOnlySet<Duty> Emergencies)? applied;
    private ScheduleOverrides overrides = ScheduleOverrides.None;
    private volatile JobPlan plan = JobPlan.Empty;
    private string? outage;

    /// <summary>What was applied last.</summary>
    public JobPlan Plan => plan;

    /// <summary>Applies what changed since last time; where nothing did, it costs one small read of the ledger.</summary>
    /// <remarks>A ledger that cannot be read leaves the jobs as they are, and is logged once.</remarks>
    /// <param name="isShared">Whether other workers change the scheduler's jobs as well.</param>
    public async Task RunAsync(
        IScheduler scheduler,
        DateTimeOffset at,
        CancellationToken cancellationToken,
        bool isShared = false
    )
    {
        var jobs = new DoorbellStore(scheduler);
        try
        {
            var day = LocalDay.Of(at);
            var revision = await schedules.ReadScheduleRevisionAsync(cancellationToken);
            var emergencies = EmergenciesOn(day);
            outage = null;
            if (applied is { } last && last.Revision == revision && last.Day == day && last.Emergencies.SetEquals(emergencies))
            {
                if (isShared && at >= mendAt)
                {
                    await jobs.AddMissingAsync(Due(plan), at, cancellationToken);
                    mendAt = at + MendEvery;
                }
                return;
            }
            if (applied?.Revision != revision)
                overrides = await schedules.ReadSchedulesAsync(cancellationToken);
            await ApplyAsync(
                jobs,
                JobPlan.Of(catalog, configured, overrides, at, emergencies.Contains),
                at,
                isFirst: applied is null,
                cancellationToken
            );
            applied = (overrides.Revision, day, emergencies);
            mendAt = at + MendEvery;
        }
        catch (Exception fault) when (fault is DbException or SchedulerException)
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
        DoorbellStore jobs,
        JobPlan wanted,
        DateTimeOffset at,
        bool isFirst,
        CancellationToken cancellationToken
    )
    {
        lanes.Limit(Concurrency());
        var (before, due) = (Due(plan), Due(wanted));
        var removed = before.Keys.Where(duty => !due.ContainsKey(duty)).ToList();
        var added = due.Values.Where(job => !before.ContainsKey(job.Duty)).ToList();
        var changed = due.Values.Where(job => before.TryGetValue(job.Duty, out var known) && known.Cron != job.Cron).ToList();
        foreach (var job in wanted.Jobs.Where(job => job.RefusedCron is not null))
            ScheduleLog.BadCron(logger, job.Duty, job.RefusedCron ?? "", "not one that fires again");
        // Who starts clears away what nobody wants any more. Later nobody removes what only another worker, of another build or catalog, knows.
        await jobs.BringToAsync(
            due,
            duty => isFirst || catalog.FindIndicator(duty.Set, duty.Indicator) is not null,
            at,
            cancellationToken
        );
        plan = wanted;
        var paused = wanted.Jobs.Count - due.Count;
        ScheduleLog.Synced(logger, overrides.Revision, due.Count, added.Count, removed.Count, changed.Count, paused);
        if (!isFirst)
            added.ForEach(job => lanes.Ring(job.Duty, job.Priority));
    }

    private static Dictionary<Duty, PlannedJob> Due(JobPlan plan) =>
        plan.Jobs.Where(job => !job.IsPaused).ToDictionary(job => job.Duty);

    private Dictionary<string, int> Concurrency() =>
        overrides
            .States.Where(entry => entry.Key.Source is not null && entry.Value.Concurrency is not null)
            .ToDictionary(entry => entry.Key.Source ?? "", entry => entry.Value.Concurrency ?? 1, StringComparer.Ordinal);
}
