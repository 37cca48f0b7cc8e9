using KpiMetrics.Core.Derivation.Plans;

namespace KpiMetrics.Pipeline.Ledger;

/// <summary>
/// One report of plans on its way into the ledger: its statements, the keys of the points whose comparison with the plan changes, and the
/// audit row become visible together or not at all.
/// </summary>
/// <remarks>Disposing without <see cref="CommitAsync"/> leaves the ledger as it was; so does a crash.</remarks>
public interface IPlanTransaction : IAsyncDisposable
{
    /// <summary>Adds one statement. The same statement twice is recorded once.</summary>
    /// <param name="version">Received when its report was.</param>
    /// <param name="furtherMeasures">Codes of other measures of the set whose points are compared with this plan as well.</param>
    /// <exception cref="ArgumentException">The version was received at another instant than its report.</exception>
    ValueTask<AppendOutcome> AppendAsync(
        PlanKey key,
        PlanVersion version,
        IReadOnlyCollection<string> furtherMeasures,
        CancellationToken cancellationToken
    );

    /// <summary>
    /// Makes everything durable and marks every figure of the plans' measures, subjects, areas and years as changed, at all frequencies; a report
    /// that brought nothing new still leaves its audit row.
    /// </summary>
    /// <param name="refused">How many rows were refused before they came here; kept in the audit row.</param>
    /// <param name="cancellationToken">Stops before anything is durable.</param>
    /// <returns>The receipt; its number is that of the audit row.</returns>
    Task<ReportReceipt> CommitAsync(int refused, CancellationToken cancellationToken);
}
