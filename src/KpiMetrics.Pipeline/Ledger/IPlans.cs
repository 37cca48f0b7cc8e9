using KpiMetrics.Core.Derivation.Plans;

namespace KpiMetrics.Pipeline.Ledger;

/// <summary>The ledger's plans: append-only, every version kept.</summary>
public interface IPlans
{
    /// <summary>Begins a report of plans; other writers wait until it is committed or disposed.</summary>
    /// <param name="header">Its source and name are kept in the audit row; it takes no file.</param>
    Task<IPlanTransaction> BeginPlansAsync(ReportHeader header, CancellationToken cancellationToken);

    /// <summary>What was said about the plans of one measure, subject and area, in order of scheme, year, period and time of receipt.</summary>
    /// <param name="asOf">Only statements received at or before this instant; null for all that is known.</param>
    Task<IReadOnlyList<PlanVersion>> ReadPlansAsync(PlanKey key, DateTimeOffset? asOf, CancellationToken cancellationToken);

    /// <summary>The plans that match, one measure, subject and area at a time, in that order.</summary>
    IAsyncEnumerable<StatedPlans> ReadPlansAsync(PlanQuery query, CancellationToken cancellationToken);
}
