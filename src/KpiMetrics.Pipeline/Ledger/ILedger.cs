using KpiMetrics.Pipeline.Ledger.Claims;

namespace KpiMetrics.Pipeline.Ledger;

/// <summary>The append-only store of everything ever reported. One contract for every kind of store; its tests are written once.</summary>
/// <remarks>Safe for use from several threads and processes at once: writers wait for each other, readers see whole reports.</remarks>
public interface ILedger
{
    /// <summary>Brings the store to the schema this build needs, under a lock, and says which steps ran; running it again does nothing.</summary>
    /// <exception cref="InvalidOperationException">The store is newer than this build.</exception>
    Task<IReadOnlyList<string>> MigrateAsync(DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>Begins a report; other writers wait until it is committed or disposed.</summary>
    /// <exception cref="ClaimLostException">Somebody else has the header's claim; so does <see cref="IReportTransaction.CommitAsync"/>.</exception>
    Task<IReportTransaction> BeginAsync(ReportHeader header, CancellationToken cancellationToken);

    /// <summary>The series that match, one at a time, ordered by set, indicator, measure, subject, area, frequency.</summary>
    IAsyncEnumerable<SeriesStatements> ReadAsync(FigureQuery query, CancellationToken cancellationToken);

    /// <summary>Opens the ledger as it is now.</summary>
    /// <param name="asOf">Only statements received at or before this instant; null for all that is known.</param>
    /// <param name="cancellationToken">Gives up waiting for the store.</param>
    Task<ILedgerSnapshot> OpenSnapshotAsync(DateTimeOffset? asOf, CancellationToken cancellationToken);

    /// <summary>The audit trail, newest first.</summary>
    Task<IReadOnlyList<AuditEntry>> ReadAuditAsync(int limit, CancellationToken cancellationToken);
}
