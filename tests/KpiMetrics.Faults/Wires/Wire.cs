using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace KpiMetrics.Faults.Wires;

/// <summary>A stretch of network: takes connections on a port of its own and carries them to another of 127.0.0.1, well or badly.</summary>
internal sealed class Wire : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly ConcurrentDictionary<WireConnection, Task> open = [];
    private readonly int target;
    private readonly Task accepting;
    private Trouble trouble = Trouble.None;

    public Wire(string name, int target)
    {
        (Name, this.target) = (name, target);
        listener.Start(512);
        accepting = AcceptAsync();
    }

    public string Name { get; }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public Trouble Trouble => Volatile.Read(ref trouble);

    public void Set(Trouble next)
    {
        var before = Interlocked.Exchange(ref trouble, next);
        if (before != Trouble.None)
            before.End();
        if (next.Kind == TroubleKind.Cut)
        {
            foreach (var connection in open.Keys)
                connection.Dispose();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        Set(Trouble.None);
        listener.Dispose();
        await accepting;
        foreach (var connection in open.Keys)
            connection.Dispose();
        await Task.WhenAll(open.Values);
        stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                var near = await listener.AcceptSocketAsync(stop.Token);
                var connection = new WireConnection(this, near);
                if (Trouble.Kind == TroubleKind.Cut)
                    connection.Dispose();
                else
                    open[connection] = CarryAsync(connection);
            }
            catch (Exception fault) when (fault is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                // At the end, or a caller that gave up before it was answered.
            }
        }
    }

    private async Task CarryAsync(WireConnection connection)
    {
        await Task.Yield();
        await connection.CarryAsync(target, stop.Token);
        open.TryRemove(connection, out _);
    }
}
