using System.Collections.Frozen;
using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Obligations;
using KpiMetrics.Pipeline.Ledger;
using static System.FormattableString;

namespace KpiMetrics.Worker.Scheduling.Changes;

/// <summary>Where the schedule is looked at and changed, whoever asks: a command or the API. What is wrong is said, never thrown.</summary>
public sealed class ScheduleDesk(
    CatalogSnapshot catalog,
    ISchedules schedules,
    IDictionary<string, string> configured,
    ScheduleSeams seams
)
{
    public const int HighestConcurrency = 64;

    /// <summary>What is wrong with who gives none.</summary>
    public static readonly ScheduleRemark NoReason = new("no-reason", "Why is not said; every change needs its reason.");

    /// <summary>Every job in force at the instant, by duty.</summary>
    /// <param name="set">Only this set's; null for all.</param>
    public async Task<IReadOnlyList<ScheduledJob>> ListAsync(string? set, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var overrides = await schedules.ReadSchedulesAsync(cancellationToken);
        var duties = DutiesInForce.On(catalog, LocalDay.Of(at)).Where(duty => set is null || duty.Set == set);
        return await LinesAsync(duties, overrides, at, cancellationToken);
    }

    /// <summary>One indicator or duty; a fault instead where <paramref name="of"/> names nothing or several things.</summary>
    public async Task<(ScheduleListing? Listing, ScheduleRemark? Fault)> ShowAsync(
        string of,
        DateTimeOffset at,
        CancellationToken cancellationToken
    )
    {
        if (ScheduleSelection.Find(catalog, of, LocalDay.Of(at), out var fault) is not { } selection)
            return (null, fault);
        var overrides = await schedules.ReadSchedulesAsync(cancellationToken);
        var targets = selection
            .Duties.SelectMany<Duty, ScheduleTarget>(duty =>
                [ScheduleTarget.Of(duty), ScheduleTarget.Of(duty.Set, duty.Indicator)]
            )
            .Distinct();
        var history = new List<ScheduleVersion>();
        foreach (var target in targets)
            history.AddRange(await schedules.ReadScheduleHistoryAsync(target, cancellationToken));
        return (
            new(
                selection.Target,
                Jobs(selection, overrides, at),
                await LinesAsync(selection.Duties, overrides, at, cancellationToken),
                [.. history.OrderByDescending(version => version.Revision)]
            ),
            null
        );
    }

    /// <summary>Says what a change would do; nothing is changed. Who and why may be empty.</summary>
    public async Task<ScheduleVerdict> PreviewAsync(ScheduleChange change, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var selection = ScheduleSelection.Find(catalog, change.Of, LocalDay.Of(at), out var unknown);
        var faults = Faults(change, at).Prepend(unknown).OfType<ScheduleRemark>().ToList();
        if (selection is null || faults.Count > 0)
            return ScheduleVerdict.Refused(faults);
        var overrides = With(await schedules.ReadSchedulesAsync(cancellationToken), selection.Target, change);
        var jobs = Jobs(selection, overrides, at);
        return new(
            [],
            [.. jobs.SelectMany(job => Warnings(job.Job, change, at))],
            jobs,
            await seams.TouchedAsync(selection.Duties, cancellationToken)
        );
    }

    /// <summary>Makes a change where nothing is wrong with it, and where there are warnings only for who insists.</summary>
    public async Task<ScheduleVerdict> ChangeAsync(
        ScheduleChange change,
        bool insists,
        DateTimeOffset at,
        CancellationToken cancellationToken
    )
    {
        if (Unsigned(change.Who, change.Why) is { } unsigned)
            return ScheduleVerdict.Refused(unsigned);
        var verdict = await PreviewAsync(change, at, cancellationToken);
        if (
            verdict.Faults.Count > 0
            || (verdict.Warnings.Count > 0 && !insists)
            || ScheduleSelection.Find(catalog, change.Of, LocalDay.Of(at), out _) is not { } selection
        )
            return verdict;
        var action = change.Paused switch
        {
            true => "pause",
            false => "resume",
            null => "set",
        };
        var edit = new ScheduleEdit(selection.Target, action, change.Who, change.Why)
        {
            Cron = change.Cron,
            Paused = change.Paused,
            Priority = change.Priority,
        };
        return verdict with { Done = await schedules.ChangeScheduleAsync(edit, at, cancellationToken) };
    }

    /// <summary>Undoes the last change of an indicator or duty that is not undone yet; again, the one before.</summary>
    public async Task<ScheduleVerdict> RevertAsync(
        string of,
        string who,
        string why,
        DateTimeOffset at,
        CancellationToken cancellationToken
    )
    {
        var selection = ScheduleSelection.Find(catalog, of, LocalDay.Of(at), out var unknown);
        if ((unknown ?? Unsigned(who, why)) is { } fault)
            return ScheduleVerdict.Refused(fault);
        if (selection is null)
            return ScheduleVerdict.Refused();
        var done = await schedules.RevertScheduleAsync(selection.Target, who, why, at, cancellationToken);
        var overrides = await schedules.ReadSchedulesAsync(cancellationToken);
        if (done is null)
            return ScheduleVerdict.Refused(await NothingToUndoAsync(selection, cancellationToken));
        var jobs = Jobs(selection, overrides, at);
        return new(
            [],
            [.. jobs.SelectMany(job => CronCheck.Warnings(job.Job.Duty, job.Job.Cron, at, seams.DueOf))],
            jobs,
            await seams.TouchedAsync(selection.Duties, cancellationToken),
            done
        );
    }

    /// <summary>Changes how many duties of a source, or of <see cref="Lanes.LaneSet.BuiltIn"/>, are at work at once.</summary>
    public async Task<ScheduleVerdict> LimitAsync(
        string source,
        int concurrency,
        string who,
        string why,
        DateTimeOffset at,
        CancellationToken cancellationToken
    )
    {
        List<ScheduleRemark?> faults = [UnknownSource(source), Unsigned(who, why)];
        if (concurrency is < 1 or > HighestConcurrency)
            faults.Add(new("bad-concurrency", Invariant($"The concurrency is {concurrency}; allowed: 1..{HighestConcurrency}.")));
        if (faults.OfType<ScheduleRemark>().ToList() is { Count: > 0 } found)
            return ScheduleVerdict.Refused(found);
        var edit = new ScheduleEdit(ScheduleTarget.OfSource(source), "source", who, why) { Concurrency = concurrency };
        return new([], [], [], [], await schedules.ChangeScheduleAsync(edit, at, cancellationToken));
    }

    /// <summary>Undoes the last change of a source's concurrency that is not undone yet.</summary>
    public async Task<ScheduleVerdict> RevertLimitAsync(
        string source,
        string who,
        string why,
        DateTimeOffset at,
        CancellationToken cancellationToken
    )
    {
        if ((UnknownSource(source) ?? Unsigned(who, why)) is { } fault)
            return ScheduleVerdict.Refused(fault);
        var done = await schedules.RevertScheduleAsync(ScheduleTarget.OfSource(source), who, why, at, cancellationToken);
        return done is null
            ? ScheduleVerdict.Refused(new ScheduleRemark("nothing-to-undo", $"Nothing (more) was changed of source {source}."))
            : new([], [], [], [], done);
    }

    private static List<ScheduleRemark> Faults(ScheduleChange change, DateTimeOffset at)
    {
        var faults = new List<ScheduleRemark>();
        if (change.Cron is { } cron && CronCheck.Fault(cron, at) is { } fault)
            faults.Add(fault);
        if (change.Priority is < 0 or > PlannedJob.HighestPriority)
        {
            var range = Invariant(
                $"The priority is {change.Priority}; allowed: 0..{PlannedJob.HighestPriority}, more urgent with the number."
            );
            faults.Add(new("bad-priority", range));
        }
        if (change is { Cron: null, Priority: null, Paused: null })
            faults.Add(new("nothing-to-change", "Neither a cron nor a priority is given."));
        return faults;
    }

    private static ScheduleRemark? Unsigned(string who, string why)
    {
        if (string.IsNullOrWhiteSpace(why))
            return NoReason;
        return string.IsNullOrWhiteSpace(who) ? new("no-name", "Who changes it is not said.") : null;
    }

    private ScheduleRemark? UnknownSource(string source)
    {
        var names = seams.Sources.Select(known => known.Name).Append(Lanes.LaneSet.BuiltIn).Distinct(StringComparer.Ordinal);
        return names.Contains(source)
            ? null
            : new("unknown-source", $"There is no source '{source}'; allowed: {string.Join(", ", names)}.");
    }

    private IEnumerable<ScheduleRemark> Warnings(PlannedJob job, ScheduleChange change, DateTimeOffset at)
    {
        if (change.Cron is null)
            yield break;
        if (job.Cron != change.Cron)
        {
            yield return new("keeps-its-own", $"{job.Duty} keeps its own cron '{job.Cron}'; change or revert it by itself.");
            yield break;
        }
        foreach (var warning in CronCheck.Warnings(job.Duty, job.Cron, at, seams.DueOf))
            yield return warning;
    }

    private static ScheduleOverrides With(ScheduleOverrides overrides, ScheduleTarget target, ScheduleChange change)
    {
        var before = overrides.Of(target);
        var revision = overrides.Revision + 1;
        var state = before with
        {
            Cron = change.Cron ?? before.Cron,
            Priority = change.Priority ?? before.Priority,
            Paused = change.Paused ?? before.Paused,
            PausedRevision = change.Paused is null ? before.PausedRevision : revision,
        };
        return new(
            revision,
            overrides.States.Where(entry => entry.Key != target).Append(new(target, state)).ToFrozenDictionary()
        );
    }

    private List<JobPreview> Jobs(ScheduleSelection selection, ScheduleOverrides overrides, DateTimeOffset at) =>
        [
            .. selection
                .Duties.Select(duty => JobPlan.Job(duty, configured, overrides, at))
                .Select(job => new JobPreview(job, CronCheck.Fires(job.Cron, at))),
        ];

    private async Task<IReadOnlyList<ScheduledJob>> LinesAsync(
        IEnumerable<Duty> duties,
        ScheduleOverrides overrides,
        DateTimeOffset at,
        CancellationToken cancellationToken
    )
    {
        var lastRuns = await seams.LastRunsAsync(cancellationToken);
        var day = LocalDay.Of(at);
        return
        [
            .. duties.Select(duty =>
            {
                var job = JobPlan.Job(duty, configured, overrides, at);
                var waits = DutiesInForce.IsForEmergencies(catalog, duty, day) && !seams.IsEmergency(duty);
                var next = job.IsPaused || waits ? null : CollectCron.Next(job.Cron, at);
                return new ScheduledJob(job, next, waits, lastRuns.GetValueOrDefault(duty));
            }),
        ];
    }

    private async Task<ScheduleRemark> NothingToUndoAsync(ScheduleSelection selection, CancellationToken cancellationToken)
    {
        var overrides = await schedules.ReadSchedulesAsync(cancellationToken);
        var others = selection
            .Duties.Select(ScheduleTarget.Of)
            .Where(target => target != selection.Target && overrides.States.ContainsKey(target))
            .ToList();
        var hint = others.Count > 0 ? $"; changes were made of {string.Join(", ", others)}" : "";
        return new("nothing-to-undo", $"Nothing (more) was changed of {selection.Target}{hint}.");
    }
}
