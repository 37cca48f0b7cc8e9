using KpiMetrics.Core.Obligations;
using Quartz;

namespace KpiMetrics.Worker.Scheduling;

/// <summary>The jobs of duties as a scheduler has them: what another worker put there, or an earlier start of this one, is met and left alone where it is right.</summary>
internal sealed class DoorbellStore(IScheduler scheduler)
{
    // A shared store takes some hundred a second, and who rings waits for what is added together; in between it is looked at again, as another worker may be adding the same ones.
    private const int Batch = 100;

    /// <summary>Removes what is not wanted, adds what is not there, puts right what has another cron or cannot fire.</summary>
    /// <param name="mayRemove">Asked of a duty that is not wanted.</param>
    public async Task BringToAsync(
        IReadOnlyDictionary<Duty, PlannedJob> wanted,
        Func<Duty, bool> mayRemove,
        DateTimeOffset at,
        CancellationToken cancellationToken
    )
    {
        var present = await ReadAsync(cancellationToken);
        var removed = present
            .Keys.Where(name => !Duty.TryParse(name, out var duty) || (!wanted.ContainsKey(duty) && mayRemove(duty)))
            .Select(name => new JobKey(name, DoorbellJob.Group))
            .ToList();
        if (removed.Count > 0)
            await scheduler.DeleteJobs(removed, cancellationToken);
        await AddAsync(wanted.Values.Where(job => !IsRight(present, job)), IsRight, at, cancellationToken);
    }

    /// <summary>Adds what is not there, whatever cron the rest has.</summary>
    public async Task AddMissingAsync(
        IReadOnlyDictionary<Duty, PlannedJob> wanted,
        DateTimeOffset at,
        CancellationToken cancellationToken
    )
    {
        var present = await ReadAsync(cancellationToken);
        await AddAsync(wanted.Values.Where(job => !IsThere(present, job)), IsThere, at, cancellationToken);
    }

    private async Task AddAsync(
        IEnumerable<PlannedJob> lacking,
        Func<Dictionary<string, string?>, PlannedJob, bool> isThere,
        DateTimeOffset at,
        CancellationToken cancellationToken
    )
    {
        var isFirst = true;
        foreach (var batch in lacking.ToList().Chunk(Batch))
        {
            var jobs = batch;
            if (!isFirst)
            {
                var present = await ReadAsync(cancellationToken);
                jobs = [.. batch.Where(job => !isThere(present, job))];
            }
            isFirst = false;
            var triggers = jobs.ToDictionary(
                job => DoorbellJob.Detail(job.Duty),
                job => (IReadOnlyCollection<ITrigger>)[DoorbellJob.Trigger(job, at)]
            );
            if (triggers.Count > 0)
                await scheduler.ScheduleJobs(triggers, ScheduleJobOptions.Replacing, cancellationToken);
        }
    }

    private static bool IsRight(Dictionary<string, string?> present, PlannedJob job) =>
        present.TryGetValue(job.Duty.ToString(), out var cron) && cron == job.Cron;

    private static bool IsThere(Dictionary<string, string?> present, PlannedJob job) =>
        present.TryGetValue(job.Duty.ToString(), out var cron) && cron is not null;

    // Names with their crons; null: it cannot fire.
    private async Task<Dictionary<string, string?>> ReadAsync(CancellationToken cancellationToken)
    {
        var found = await scheduler.QueryTriggers(
            new TriggerQuery { Group = GroupMatcher<TriggerKey>.GroupEquals(DoorbellJob.Group), Take = PagedQuery.All },
            cancellationToken
        );
        return found.Items.ToDictionary(
            trigger => trigger.Key.Name,
            trigger => trigger.State is TriggerState.Error or TriggerState.Complete ? null : trigger.Description,
            StringComparer.Ordinal
        );
    }
}
