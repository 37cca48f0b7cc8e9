using KpiMetrics.Core.Catalog;
using KpiMetrics.Pipeline.Ledger;
using KpiMetrics.Worker.Api;
using KpiMetrics.Worker.Api.Metrics;
using KpiMetrics.Worker.Composition;
using KpiMetrics.Worker.Scheduling.Cluster;
using KpiMetrics.Worker.Scheduling.Lanes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Quartz;

namespace KpiMetrics.Worker.Scheduling;

/// <summary>Quartz by the clock of Vietnam; its jobs only ring, all but those that look into inboxes, publish and sync.</summary>
/// <remarks>
/// Those are each worker's own, on a RAM store. What rings is on the same where a worker is alone with its ledger; workers that share one in PostgreSQL have
/// a second scheduler for it, whose store is there too.
/// </remarks>
public static class QuartzSetup
{
    // The sync, the inboxes, publishing and checks may each hold one; the rest is for ringing, which takes microseconds.
    private const int Threads = 16;

    private static readonly TimeSpan SyncInterval = TimeSpan.FromSeconds(1);

    /// <summary>Adds the scheduler with the job that keeps it in step with the ledger, the lanes, and what rings them.</summary>
    /// <remarks>Needs a <see cref="ScheduleSeams"/> and a <see cref="TimeProvider"/> among the services.</remarks>
    /// <param name="more">Further jobs of this worker's own.</param>
    /// <param name="store">Where rings are kept; null: in memory.</param>
    public static void AddSchedule(
        this IServiceCollection services,
        CatalogSnapshot catalog,
        ISchedules schedules,
        ScheduleOptions options,
        Action<IQuartzBuilder>? more = null,
        RingStore? store = null
    )
    {
        services.TryAddSingleton<KpiMeters>();
        services.AddSingleton(provider =>
        {
            var seams = provider.GetRequiredService<ScheduleSeams>();
            return new LaneSet(
                seams.LaneRules(),
                seams.Work,
                provider.GetRequiredService<KpiMeters>(),
                provider.GetRequiredService<ILogger<LaneSet>>(),
                provider.GetRequiredService<TimeProvider>()
            );
        });
        services.AddSingleton(provider => new JobSync(
            catalog,
            schedules,
            options.Cron,
            provider.GetRequiredService<ScheduleSeams>().IsEmergency,
            provider.GetRequiredService<LaneSet>(),
            provider.GetRequiredService<ILogger<JobSync>>()
        ));
        services.AddHostedService(provider => new LaneService(
            provider.GetRequiredService<LaneSet>(),
            provider.GetService<ClaimWatch>(),
            store is null ? LaneService.Grace : LaneService.ShortGrace
        ));
        services.AddSingleton(provider => new Doorbells(
            provider.GetRequiredService<ISchedulerFactory>(),
            store is null ? null : RingStore.Scheduler
        )); // before Quartz: what is added last stops first
        services.AddQuartz(quartz =>
        {
            quartz.UseDefaultTimeZone(VietnamTime.Zone);
            quartz.UseInMemoryStore();
            quartz.ConfigureScheduler(scheduler =>
            {
                scheduler.ShutdownJobInterruption = ShutdownJobInterruption.Always;
                scheduler.MaxBatchSize = Threads; // taken from the store together, as 50,000 jobs fire in bursts
            });
            quartz.UseDefaultThreadPool(Threads);
            AddEvery<SyncJob>(quartz, SyncInterval);
            more?.Invoke(quartz);
        });
        services.AddQuartzHostedService(host => host.WaitForJobsToComplete = true);
        if (store is not null)
        {
            services.AddQuartz(RingStore.Scheduler, store.Configure);
            services.AddQuartzHostedService(RingStore.Scheduler, host => host.WaitForJobsToComplete = true);
        }
        services.AddSingleton<IReadyCheck, SchedulerReady>();
    }

    /// <param name="first">When it runs for the first time; null: at once.</param>
    internal static void AddEvery<TJob>(IQuartzBuilder quartz, TimeSpan interval, DateTimeOffset? first = null)
        where TJob : IJob
    {
        var key = new JobKey(typeof(TJob).Name);
        quartz.AddJob<TJob>(job => job.WithIdentity(key));
        quartz.AddTrigger(trigger =>
        {
            trigger.ForJob(key).WithSimpleSchedule(schedule => schedule.WithInterval(interval).RepeatForever());
            if (first is { } at)
                trigger.StartAt(at);
            else
                trigger.StartNow();
        });
    }
}
