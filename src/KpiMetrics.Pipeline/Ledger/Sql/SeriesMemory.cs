using System.Collections.Concurrent;
using KpiMetrics.Core.Figures;

namespace KpiMetrics.Pipeline.Ledger.Sql;

/// <summary>The small numbers of series that one process has seen in one ledger; for several threads.</summary>
/// <remarks>A series is never deleted, and its number never changes; that there is none can not be remembered.</remarks>
internal sealed class SeriesMemory
{
    // Some provinces; beyond it the memory is emptied and filled anew, so that it stays bounded.
    private const int Remembered = 100_000;

    private readonly ConcurrentDictionary<SeriesKey, int> numbers = [];
    private int count;

    public bool TryFind(SeriesKey key, out int number) => numbers.TryGetValue(key, out number);

    /// <param name="number">Committed: what a transaction adds may yet be rolled back.</param>
    public void Remember(SeriesKey key, int number)
    {
        if (numbers.TryAdd(key, number) && Interlocked.Increment(ref count) > Remembered)
            Forget();
    }

    public void Forget()
    {
        numbers.Clear();
        Interlocked.Exchange(ref count, 0);
    }
}
