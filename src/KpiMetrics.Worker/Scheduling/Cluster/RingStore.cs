using Quartz;

namespace KpiMetrics.Worker.Scheduling.Cluster;

/// <summary>Where workers of one ledger keep when each duty is rung next.</summary>
/// <param name="ConnectionString">Of the PostgreSQL database, for the store's own connections.</param>
/// <param name="Holder">A name that no other worker bears.</param>
/// <param name="Lease">After how long without a sign of life the others take over what a worker was ringing.</param>
public sealed record RingStore(string ConnectionString, string Holder, TimeSpan Lease)
{
    internal const string Scheduler = "kpi-duties";

    // In the ledger's schema, which the connections search first.
    private const string Prefix = "quartz_";

    // A ring takes microseconds; what takes time is a round trip for each.
    internal const int Threads = 8;

    internal void Configure(IQuartzBuilder quartz)
    {
        quartz.UseDefaultTimeZone(Composition.VietnamTime.Zone);
        quartz.ConfigureScheduler(scheduler =>
        {
            scheduler.InstanceId = Holder;
            scheduler.ShutdownJobInterruption = ShutdownJobInterruption.Always;
        });
        quartz.UseDefaultThreadPool(Threads);
        quartz.UsePersistentStore(store =>
        {
            store.UsePostgres(ConnectionString);
            store.UseSystemTextJsonSerializer();
            store.ConfigureStore(options =>
            {
                options.TablePrefix = Prefix;
                options.MisfireThreshold = TimeSpan.FromSeconds(60);
            });
            store.ProvisionSchema();
            store.UseClustering(cluster =>
            {
                cluster.CheckinInterval = Lease * 0.3;
                cluster.CheckinMisfireThreshold = Lease;
            });
        });
    }
}
