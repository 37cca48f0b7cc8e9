using System.Collections.Concurrent;
using KpiMetrics.Core.Catalog;

namespace KpiMetrics.Pipeline.Collection;

/// <summary>Whose turn it is to be written, among the pushes of this process.</summary>
/// <remarks>
/// Those of one office into one set go one by one: they would wait for each other in the ledger, each holding a connection to it. Those of others go on meanwhile, so many
/// at once that a few that take long or stand still keep nobody waiting.
/// </remarks>
internal sealed class PushLanes : IDisposable
{
    /// <summary>So many pushes are written at once.</summary>
    public const int AtOnce = 8;

    private readonly ConcurrentDictionary<(string Set, string Office), SemaphoreSlim> lanes = [];
    private readonly SemaphoreSlim all = new(AtOnce, AtOnce);

    /// <param name="office">As sets print it, or as it is typed.</param>
    /// <returns>To be disposed of once it is written.</returns>
    public async Task<IDisposable> TakeAsync(string set, string office, CancellationToken cancellationToken)
    {
        var lane = lanes.GetOrAdd((set, PrintedText.Folded(office)), static _ => new(1, 1));
        await lane.WaitAsync(cancellationToken);
        try
        {
            await all.WaitAsync(cancellationToken);
        }
        catch
        {
            lane.Release();
            throw;
        }
        return new Turn(lane, all);
    }

    public void Dispose()
    {
        all.Dispose();
        foreach (var lane in lanes.Values)
            lane.Dispose();
    }

    private sealed class Turn(SemaphoreSlim lane, SemaphoreSlim all) : IDisposable
    {
        private int isOver;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref isOver, 1) != 0)
                return;
            all.Release();
            lane.Release();
        }
    }
}
