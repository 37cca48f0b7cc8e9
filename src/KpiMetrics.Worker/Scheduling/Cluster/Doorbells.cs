using Quartz;

namespace KpiMetrics.Worker.Scheduling.Cluster;

/// <summary>The scheduler that rings duties: the process' own, or one that all workers of a PostgreSQL ledger share, so that each ring comes to one of them.</summary>
/// <param name="shared">The name of the shared one; null: there is none.</param>
internal sealed class Doorbells(ISchedulerFactory factory, string? shared)
{
    public bool IsShared => shared is not null;

    public async ValueTask<IScheduler> FindAsync(CancellationToken cancellationToken) =>
        shared is null
            ? await factory.GetScheduler(cancellationToken)
            : await factory.LookupScheduler(shared, cancellationToken)
                ?? throw new InvalidOperationException($"The scheduler {shared} is not there.");
}
