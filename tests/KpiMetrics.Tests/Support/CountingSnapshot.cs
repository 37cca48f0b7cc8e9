using KpiMetrics.Core.Derivation.Plans;
using KpiMetrics.Core.Figures;
using KpiMetrics.Pipeline.Ledger;

namespace KpiMetrics.Tests.Support;

/// <summary>Tells of every stretch that is read.</summary>
internal sealed class CountingSnapshot(
    ILedgerSnapshot snapshot,
    Action<SeriesStatements?> onRead,
    Func<IReadOnlyList<SeriesStretch>, Task> beforeRead
) : ILedgerSnapshot
{
    public IAsyncEnumerable<SeriesKey> ReadKeysAsync(FigureQuery query, CancellationToken cancellationToken) =>
        snapshot.ReadKeysAsync(query, cancellationToken);

    public async Task<IReadOnlyList<SeriesStatements?>> ReadAsync(
        IReadOnlyList<SeriesStretch> stretches,
        CancellationToken cancellationToken
    )
    {
        await beforeRead(stretches);
        var found = await snapshot.ReadAsync(stretches, cancellationToken);
        foreach (var series in found)
            onRead(series);
        return found;
    }

    public Task<ILookup<PlanKey, PlanVersion>> ReadPlansAsync(IReadOnlyList<PlanKey> keys, CancellationToken cancellationToken) =>
        snapshot.ReadPlansAsync(keys, cancellationToken);

    public ValueTask DisposeAsync() => snapshot.DisposeAsync();
}
