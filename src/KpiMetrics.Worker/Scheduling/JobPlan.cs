using System.Collections.Frozen;
using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Obligations;
using KpiMetrics.Pipeline.Ledger;

namespace KpiMetrics.Worker.Scheduling;

/// <summary>The jobs that should be there: one for each duty in force or still waited for, as settings and operations want it.</summary>
public sealed class JobPlan
{
    private readonly FrozenDictionary<Duty, PlannedJob> jobs;

    private JobPlan(FrozenDictionary<Duty, PlannedJob> jobs) => this.jobs = jobs;

    public static JobPlan Empty { get; } = new(FrozenDictionary<Duty, PlannedJob>.Empty);

    public IReadOnlyCollection<PlannedJob> Jobs => jobs.Values;

    public PlannedJob? Find(Duty duty) => jobs.GetValueOrDefault(duty);

    /// <param name="configured">Cron expressions by frequency letter.</param>
    /// <param name="at">The jobs of the local day, and crons that fire again after this instant.</param>
    /// <param name="isEmergency">Whether an emergency is in force somewhere for the duty: without one, hours beside a coarser frequency have no job.</param>
    public static JobPlan Of(
        CatalogSnapshot catalog,
        IDictionary<string, string> configured,
        ScheduleOverrides overrides,
        DateTimeOffset at,
        Func<Duty, bool> isEmergency
    )
    {
        var day = LocalDay.Of(at);
        return new(
            DutiesInForce
                .AskedOn(catalog, day)
                .Where(duty => !DutiesInForce.IsForEmergencies(catalog, duty, day) || isEmergency(duty))
                .Select(duty => Job(duty, configured, overrides, at))
                .ToFrozenDictionary(job => job.Duty)
        );
    }

    /// <summary>The job as it should be, whether its duty is in force or not.</summary>
    public static PlannedJob Job(
        Duty duty,
        IDictionary<string, string> configured,
        ScheduleOverrides overrides,
        DateTimeOffset at
    )
    {
        var said = overrides.Of(duty);
        var (cron, origin) = Usual(duty, configured);
        string? refused = null;
        if (said.Cron is { } wanted)
        {
            // Written when it was good, or by another build: a cron that is over by now must not stop the others.
            if (CollectCron.Next(wanted, at) is null)
                refused = wanted;
            else
                (cron, origin) = (wanted, OriginOf(duty, overrides));
        }
        return new(duty, cron, origin, said.Paused ?? false, said.Priority ?? PlannedJob.DefaultPriority)
        {
            RefusedCron = refused,
        };
    }

    private static (string Cron, CronOrigin Origin) Usual(Duty duty, IDictionary<string, string> configured)
    {
        var cron = CollectCron.For(duty.Set, duty.Indicator, duty.Frequency, configured);
        return (cron, configured.Values.Contains(cron, StringComparer.Ordinal) ? CronOrigin.Settings : CronOrigin.BuiltIn);
    }

    private static CronOrigin OriginOf(Duty duty, ScheduleOverrides overrides) =>
        overrides.Of(ScheduleTarget.Of(duty)).Cron is null ? CronOrigin.Indicator : CronOrigin.Duty;
}
