using KpiMetrics.Pipeline.Ledger.Postgres;
using Quartz;

namespace KpiMetrics.Worker.Scheduling.Cluster;

/// <summary>Where workers of one ledger keep when each duty is rung next.</summary>
/// <param name="Postgres">The connection string of the ledger's database.</param>
/// <param name="Holder">A name that no other worker bears.</param>
/// <param name="Lease">After how long without a sign of life the others take over what a worker was ringing.</param>
public sealed record RingStore(string Postgres, string Holder, TimeSpan Lease)
{
    public const string Scheduler = "kpi-duties";

    // In the ledger's schema, which the connections search first.
    private const string Prefix = "quartz_";

    // A ring takes microseconds; what takes time is a round trip for each.
    private const int Threads = 8;

    /// <summary>Further wishes of the scheduler.</summary>
    public Action<IQuartzBuilder>? More { get; init; }

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
            // A worker that stands still must not keep the others from ringing.
            store.UsePostgres(PostgresLedger.ConnectionFor(Postgres, "kpimetrics-rings", 2 * Threads, Lease));
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
        More?.Invoke(quartz);
    }
}
