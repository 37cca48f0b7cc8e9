using System.Collections.Concurrent;
using KpiMetrics.Pipeline.Ledger;

namespace KpiMetrics.Worker.Api.Push;

/// <summary>Which pushes are being taken, so that the same one is not taken twice at once.</summary>
internal sealed class PushesUnderWay
{
    private readonly ConcurrentDictionary<PushKey, bool> keys = [];

    /// <summary>Null where it is under way already; else to be disposed at its end.</summary>
    public IDisposable? TryBegin(PushKey key) => keys.TryAdd(key, true) ? new End(this, key) : null;

    private sealed class End(PushesUnderWay all, PushKey key) : IDisposable
    {
        public void Dispose() => all.keys.TryRemove(key, out _);
    }
}
