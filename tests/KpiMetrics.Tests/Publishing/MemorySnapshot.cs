using System.Runtime.CompilerServices;
using KpiMetrics.Core.Derivation.Plans;
using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;
using KpiMetrics.Pipeline.Ledger;

namespace KpiMetrics.Tests.Publishing;

/// <summary>A memory ledger as it is when it is read: nothing is reported while a snapshot is in use.</summary>
internal sealed class MemorySnapshot(MemoryLedger ledger, List<(Period From, Period To)> reads) : ILedgerSnapshot
{
    public async IAsyncEnumerable<SeriesKey> ReadKeysAsync(
        FigureQuery query,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        foreach (var (id, key) in ledger.Series.Index())
        {
            if (key.Set == query.Set && key.Measure == query.Measure && ledger.All(id).Periods.Count > 0)
                yield return key;
        }
        await Task.CompletedTask;
    }

    public Task<IReadOnlyList<SeriesStatements?>> ReadAsync(
        IReadOnlyList<SeriesStretch> stretches,
        CancellationToken cancellationToken
    ) => Task.FromResult<IReadOnlyList<SeriesStatements?>>([.. stretches.Select(Read)]);

    public Task<ILookup<PlanKey, PlanVersion>> ReadPlansAsync(IReadOnlyList<PlanKey> keys, CancellationToken cancellationToken) =>
        Task.FromResult(Enumerable.Empty<PlanVersion>().ToLookup(_ => keys[0]));

    private SeriesStatements? Read(SeriesStretch stretch)
    {
        var (key, from, to) = stretch;
        if (!ledger.Series.Contains(key))
            return null;
        if (from is { } first && to is { } last)
            reads.Add((first, last));
        var all = ledger.All(ledger.Series.ToList().IndexOf(key));
        var part = all
            .Periods.Where(entry =>
                (from is not { } start || entry.Period >= start) && (to is not { } end || entry.Period <= end)
            )
            .ToList();
        return part.Count == 0 ? null : all with { Periods = part };
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
