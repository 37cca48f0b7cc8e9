namespace KpiMetrics.Pipeline.Ledger.Sqlite;

/// <summary>Whose turn it is to write, among all that want to in this process.</summary>
/// <remarks>
/// SQLite has one writer at a time, and its driver waits for it asleep on a thread. Where many wait so, none is left on which the one that
/// writes could go on. Here they wait without a thread, in the order in which they came; only other processes are waited for the driver's way.
/// </remarks>
internal sealed class SqliteWriterQueue
{
    private readonly SemaphoreSlim free = new(1, 1);

    /// <returns>To be disposed of once the transaction has ended.</returns>
    public async Task<IDisposable> TakeAsync(CancellationToken cancellationToken)
    {
        await free.WaitAsync(cancellationToken);
        return new Turn(free);
    }

    /// <returns>Null where it did not come in time.</returns>
    public async Task<IDisposable?> TryTakeAsync(TimeSpan patience, CancellationToken cancellationToken) =>
        await free.WaitAsync(patience, cancellationToken) ? new Turn(free) : null;

    private sealed class Turn(SemaphoreSlim free) : IDisposable
    {
        private int isOver;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref isOver, 1) == 0)
                free.Release();
        }
    }
}
