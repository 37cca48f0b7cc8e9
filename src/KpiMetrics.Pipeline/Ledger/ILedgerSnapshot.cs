using KpiMetrics.Core.Derivation.Plans;
using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;

namespace KpiMetrics.Pipeline.Ledger;

/// <summary>The ledger as it stood at one moment, for many reads that must agree with each other; not for use by two threads.</summary>
/// <remarks>Reports that are committed meanwhile are not seen. To be disposed soon: stores keep what a snapshot may still read.</remarks>
public interface ILedgerSnapshot : IAsyncDisposable
{
    /// <summary>The keys of the series that match and have at least one statement, ordered by set, indicator, measure, subject, area, frequency.</summary>
    IAsyncEnumerable<SeriesKey> ReadKeysAsync(FigureQuery query, CancellationToken cancellationToken);

    /// <summary>One series, or its stretch from <paramref name="from"/> to <paramref name="to"/>, both included; null where there is no statement.</summary>
    Task<SeriesStatements?> ReadAsync(SeriesKey key, Period? from, Period? to, CancellationToken cancellationToken);

    /// <summary>What was said about the plans of one measure, subject and area, in order of scheme, year, period and time of receipt.</summary>
    Task<IReadOnlyList<PlanVersion>> ReadPlansAsync(PlanKey key, CancellationToken cancellationToken);
}
