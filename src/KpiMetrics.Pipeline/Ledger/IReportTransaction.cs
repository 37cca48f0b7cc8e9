using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;

namespace KpiMetrics.Pipeline.Ledger;

/// <summary>One report on its way into the ledger: its figures, the keys to republish and the audit row become visible together or not at all.</summary>
/// <remarks>Disposing without <see cref="CommitAsync"/> leaves the ledger as it was; so does a crash. One call at a time.</remarks>
public interface IReportTransaction : IAsyncDisposable
{
    /// <summary>Adds some figures, a few thousand at best; what they come to is the same in one call or in many. The same statement twice in one report is recorded once.</summary>
    /// <returns>What became of each, in their order.</returns>
    Task<IReadOnlyList<AppendOutcome>> AppendAsync(IReadOnlyList<ReportedFigure> figures, CancellationToken cancellationToken);

    /// <summary>What this report stated of a figure first.</summary>
    /// <exception cref="InvalidOperationException">Nothing: only a contradicted figure is to be asked for.</exception>
    EarlierStatement FindStated(SeriesKey series, Period period, Vintage vintage);

    /// <summary>Makes everything durable; a report that brought nothing new still leaves its audit row.</summary>
    /// <param name="refused">How many rows were refused before they came here; kept with the report.</param>
    /// <param name="cancellationToken">Stops before anything is durable.</param>
    Task<ReportReceipt> CommitAsync(int refused, CancellationToken cancellationToken);
}
