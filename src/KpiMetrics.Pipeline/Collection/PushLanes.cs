using System.Collections.Concurrent;
using KpiMetrics.Core.Catalog;

namespace KpiMetrics.Pipeline.Collection;

/// <summary>Whose turn it is to be written, among the pushes of this process.</summary>
/// <remarks>
/// Those of one office into one set go one by one: they would wait for each other in the ledger, each holding a connection to it. Those of others go on meanwhile, so
/// many at once that a few that take long or stand still keep nobody waiting. Of each large one some megabytes are in memory while it is written, so of those there are few.
/// </remarks>
internal sealed class PushLanes : IDisposable
{
    /// <summary>So many pushes are written at once.</summary>
    public const int AtOnce = 8;

    /// <summary>And so many large ones among them.</summary>
    public const int LargeAtOnce = 2;

    private readonly ConcurrentDictionary<(string Set, string Office), SemaphoreSlim> lanes = [];
    private readonly SemaphoreSlim all = new(AtOnce, AtOnce);
    private readonly SemaphoreSlim large = new(LargeAtOnce, LargeAtOnce);

    /// <param name="office">As sets print it, or as it is typed.</param>
    /// <returns>To be disposed of once it is written.</returns>
    public async Task<IDisposable> TakeAsync(string set, string office, bool isLarge, CancellationToken cancellationToken)
    {
        var lane = lanes.GetOrAdd((set, PrintedText.Folded(office)), static _ => new(1, 1));
        var turn = new Turn();
        try
        {
            // In this order: who waits for its own office, or for large ones, keeps nobody else's place.
            await turn.AddAsync(lane, cancellationToken);
            if (isLarge)
                await turn.AddAsync(large, cancellationToken);
            await turn.AddAsync(all, cancellationToken);
            return turn;
        }
        catch
        {
            turn.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        all.Dispose();
        large.Dispose();
        foreach (var lane in lanes.Values)
            lane.Dispose();
    }

    private sealed class Turn : IDisposable
    {
        private readonly Stack<SemaphoreSlim> taken = [];

        public async Task AddAsync(SemaphoreSlim gate, CancellationToken cancellationToken)
        {
            await gate.WaitAsync(cancellationToken);
            taken.Push(gate);
        }

        public void Dispose()
        {
            while (taken.TryPop(out var gate))
                gate.Release();
        }
    }
}
