using KpiMetrics.Core.Derivation.Plans;
using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;
using KpiMetrics.Pipeline.Ledger;

namespace KpiMetrics.Tests.Support;

/// <summary>Tells of every stretch that is read.</summary>
internal sealed class CountingSnapshot(ILedgerSnapshot snapshot, Action<SeriesStatements?> onRead) : ILedgerSnapshot
{
    public IAsyncEnumerable<SeriesKey> ReadKeysAsync(FigureQuery query, CancellationToken cancellationToken) =>
        snapshot.ReadKeysAsync(query, cancellationToken);

    public async Task<SeriesStatements?> ReadAsync(SeriesKey key, Period? from, Period? to, CancellationToken cancellationToken)
    {
        var found = await snapshot.ReadAsync(key, from, to, cancellationToken);
        onRead(found);
        return found;
    }

    public Task<IReadOnlyList<PlanVersion>> ReadPlansAsync(PlanKey key, CancellationToken cancellationToken) =>
        snapshot.ReadPlansAsync(key, cancellationToken);

    public ValueTask DisposeAsync() => snapshot.DisposeAsync();
}
