using KpiMetrics.Core.Derivation.Plans;
using KpiMetrics.Core.Figures;

namespace KpiMetrics.Pipeline.Ledger;

/// <summary>The ledger as it stood at one moment, for many reads that must agree with each other; not for use by two threads.</summary>
/// <remarks>Reports that are committed meanwhile are not seen. To be disposed soon: stores keep what a snapshot may still read.</remarks>
public interface ILedgerSnapshot : IAsyncDisposable
{
    /// <summary>The keys of the series that match and have at least one statement, ordered by set, indicator, measure, subject, area, frequency.</summary>
    IAsyncEnumerable<SeriesKey> ReadKeysAsync(FigureQuery query, CancellationToken cancellationToken);

    /// <summary>Stretches of series, in the order in which they are asked for; null where there is no statement. All of them are in memory at once.</summary>
    Task<IReadOnlyList<SeriesStatements?>> ReadAsync(IReadOnlyList<SeriesStretch> stretches, CancellationToken cancellationToken);

    /// <summary>What was said about plans of measures, subjects and areas, of each in order of scheme, year, period and time of receipt.</summary>
    /// <param name="keys">Each once.</param>
    Task<ILookup<PlanKey, PlanVersion>> ReadPlansAsync(IReadOnlyList<PlanKey> keys, CancellationToken cancellationToken);
}
