using System.Threading.Channels;

namespace KpiMetrics.Pipeline.Ledger.Sqlite;

/// <summary>Whose turn it is to write, among all that want to in this process.</summary>
/// <remarks>
/// SQLite has one writer at a time, and its driver waits for it asleep on a thread. Where many wait so, none is left on which the one that
/// writes could go on. Here they wait without a thread, in the order in which they came; only other processes are waited for the driver's way.
/// </remarks>
internal sealed class SqliteWriterQueue
{
    // Holds a token while nobody writes.
    private readonly Channel<bool> free = Channel.CreateBounded<bool>(1);

    public SqliteWriterQueue() => free.Writer.TryWrite(true);

    /// <returns>To be disposed of once the transaction has ended.</returns>
    public async Task<IDisposable> TakeAsync(CancellationToken cancellationToken)
    {
        await free.Reader.ReadAsync(cancellationToken);
        return new Turn(free);
    }

    /// <returns>Null where it did not come in time.</returns>
    public async Task<IDisposable?> TryTakeAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        using var late = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        late.CancelAfter(patience);
        try
        {
            return await TakeAsync(late.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    private sealed class Turn(Channel<bool> free) : IDisposable
    {
        private int isOver;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref isOver, 1) == 0)
                free.Writer.TryWrite(true);
        }
    }
}
