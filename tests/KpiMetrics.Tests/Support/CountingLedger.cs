using KpiMetrics.Pipeline.Ledger;

namespace KpiMetrics.Tests.Support;

/// <summary>A ledger that counts what is read of it.</summary>
internal sealed class CountingLedger(ILedger ledger) : ILedger
{
    /// <summary>Told of what is about to be read of a snapshot, which waits for it.</summary>
    public Func<IReadOnlyList<SeriesStretch>, Task> BeforeRead { get; init; } = _ => Task.CompletedTask;

    /// <summary>Statements read from snapshots.</summary>
    public int Rows { get; private set; }

    /// <summary>Stretches of series asked for.</summary>
    public int Reads { get; private set; }

    public async Task<ILedgerSnapshot> OpenSnapshotAsync(DateTimeOffset? asOf, CancellationToken cancellationToken) =>
        new CountingSnapshot(await ledger.OpenSnapshotAsync(asOf, cancellationToken), Count, BeforeRead);

    public Task<IReadOnlyList<string>> MigrateAsync(DateTimeOffset at, CancellationToken cancellationToken) =>
        ledger.MigrateAsync(at, cancellationToken);

    public Task<IReportTransaction> BeginAsync(ReportHeader header, CancellationToken cancellationToken) =>
        ledger.BeginAsync(header, cancellationToken);

    public IAsyncEnumerable<SeriesStatements> ReadAsync(FigureQuery query, CancellationToken cancellationToken) =>
        ledger.ReadAsync(query, cancellationToken);

    public Task<IReadOnlyList<AuditEntry>> ReadAuditAsync(int limit, CancellationToken cancellationToken) =>
        ledger.ReadAuditAsync(limit, cancellationToken);

    public void Restart() => (Rows, Reads) = (0, 0);

    private void Count(SeriesStatements? series)
    {
        Reads++;
        Rows += series?.Periods.Sum(period => period.Statements.Count) ?? 0;
    }
}
