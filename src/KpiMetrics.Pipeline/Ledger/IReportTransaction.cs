using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;

namespace KpiMetrics.Pipeline.Ledger;

/// <summary>One report on its way into the ledger: its figures, the keys to republish and the audit row become visible together or not at all.</summary>
/// <remarks>Disposing without <see cref="CommitAsync"/> leaves the ledger as it was; so does a crash.</remarks>
public interface IReportTransaction : IAsyncDisposable
{
    /// <summary>Adds one figure. The same statement twice in one report is recorded once.</summary>
    ValueTask<AppendOutcome> AppendAsync(
        SeriesKey series,
        Period period,
        FigureValue value,
        char status,
        Vintage vintage,
        string? note,
        CancellationToken cancellationToken
    );

    /// <summary>What this report stated of a figure first.</summary>
    /// <exception cref="InvalidOperationException">Nothing: only a contradicted figure is to be asked for.</exception>
    EarlierStatement FindStated(SeriesKey series, Period period, Vintage vintage);

    /// <summary>Makes everything durable; a report that brought nothing new still leaves its audit row.</summary>
    /// <param name="refused">How many rows were refused before they came here; kept with the report.</param>
    /// <param name="cancellationToken">Stops before anything is durable.</param>
    Task<ReportReceipt> CommitAsync(int refused, CancellationToken cancellationToken);
}
