using System.Globalization;
using System.Net.Sockets;
using KpiMetrics.Faults.Wires;
using KpiMetrics.ServerTests.Servers;
using KpiMetrics.ServerTests.Support;

namespace KpiMetrics.Faults.World;

/// <summary>A worker that is started again whenever it ends, as systemd and Docker do.</summary>
internal sealed class WorkerSlot : IAsyncDisposable
{
    private static readonly TimeSpan BetweenStarts = TimeSpan.FromSeconds(1);
    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(5) };

    private readonly int port = LocalPort.Free();
    private readonly Func<WorkerSlot, WorkerProcess> start;
    private readonly CancellationTokenSource stop = new();
    private readonly List<string> unexpected = [];
    private readonly Task keeping;
    private volatile WorkerProcess? process;
    private Task hold = Task.CompletedTask;

    /// <param name="start">Starts it so that its API listens at <see cref="Listens"/>.</param>
    /// <param name="influx">The port of InfluxDB.</param>
    /// <param name="ledger">The port of the ledger, where it has one.</param>
    public WorkerSlot(int number, int influx, int? ledger, Func<WorkerSlot, WorkerProcess> start)
    {
        (Number, this.start) = (number, start);
        Offices = new($"offices-worker {number}", port);
        Influx = new($"worker {number}-InfluxDB", influx);
        Ledger = ledger is { } there ? new($"worker {number}-ledger", there) : null;
        Client = new(new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(3), MaxConnectionsPerServer = 256 })
        {
            BaseAddress = new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{Offices.Port}")),
            Timeout = TimeSpan.FromSeconds(10),
        };
        keeping = KeepAsync();
    }

    /// <summary>From 1.</summary>
    public int Number { get; }

    public string Listens => string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}");

    /// <summary>Between the offices and its API.</summary>
    public Wire Offices { get; }

    /// <summary>Between it and InfluxDB.</summary>
    public Wire Influx { get; }

    /// <summary>Between it and the ledger, where that is another process.</summary>
    public Wire? Ledger { get; }

    public IReadOnlyList<Wire> Wires => Ledger is null ? [Offices, Influx] : [Offices, Influx, Ledger];

    /// <summary>The offices', through <see cref="Offices"/>.</summary>
    public HttpClient Client { get; }

    /// <summary>From its next start on it goes by a clock that <see cref="WorldClock"/> can put wrong.</summary>
    public bool HasOwnClock { get; set; }

    public string LastWords => process?.Said ?? "";

    /// <summary>How often it was killed.</summary>
    public int Kills { get; private set; }

    /// <summary>How often it ended while it started, as what it needs was away.</summary>
    public int FailedStarts { get; private set; }

    public long PeakMemory { get; private set; }

    /// <summary>In bytes; 0 while it does not run.</summary>
    public long UsedMemory
    {
        get
        {
            try
            {
                if (process is not { HasExited: false } running)
                    return 0;
                PeakMemory = Math.Max(PeakMemory, running.PeakMemory);
                return running.UsedMemory;
            }
            catch (Exception fault) when (fault is IOException or InvalidOperationException)
            {
                return 0; // it ended just now
            }
        }
    }

    /// <summary>Ends of its own that nobody asked for, with its last words.</summary>
    public IReadOnlyList<string> Unexpected => unexpected;

    public async Task<bool> IsReadyAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await Http.GetAsync(new Uri($"{Listens}/health/ready"), cancellationToken);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception fault) when (fault is HttpRequestException or TaskCanceledException or IOException or SocketException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return false;
        }
    }

    /// <summary>SIGKILL.</summary>
    /// <param name="until">It is not started again before this ends.</param>
    public async Task KillAsync(Task until)
    {
        Kills++;
        hold = until;
        if (process is { } running)
            await running.KillAsync();
    }

    /// <param name="signal">Such as <c>STOP</c>.</param>
    public Task SignalAsync(string signal, CancellationToken cancellationToken) =>
        process is { HasExited: false } running ? running.SignalAsync(signal, cancellationToken) : Task.CompletedTask;

    /// <summary>SIGTERM, and no start afterwards.</summary>
    /// <returns>Null, or what was wrong with its end.</returns>
    public async Task<string?> EndAsync(CancellationToken cancellationToken)
    {
        await stop.CancelAsync();
        if (process is not { HasExited: false } running)
            return $"worker {Number} did not run at the end";
        var exit = await running.TerminateAsync(TimeSpan.FromSeconds(60), cancellationToken);
        await keeping;
        return exit == 0 ? null : $"worker {Number} ended with {exit}: {string.Join('\n', running.Error)}";
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        if (process is { } running)
            await running.KillAsync();
        await keeping;
        Client.Dispose();
        foreach (var wire in Wires)
            await wire.DisposeAsync();
        stop.Dispose();
    }

    private async Task KeepAsync()
    {
        await Task.Yield();
        while (!stop.IsCancellationRequested)
        {
            await Task.WhenAny(hold, Task.Delay(Timeout.InfiniteTimeSpan, stop.Token));
            if (stop.IsCancellationRequested)
                return;
            var running = start(this);
            process = running;
            var killed = Kills;
            var exit = await running.WaitForExitAsync(Timeout.InfiniteTimeSpan, CancellationToken.None);
            if (exit != WorkerProcess.Killed && !stop.IsCancellationRequested && Kills == killed)
                Note(running, exit);
            if (!stop.IsCancellationRequested)
                await Task.WhenAny(Task.Delay(BetweenStarts, stop.Token));
        }
    }

    private void Note(WorkerProcess ended, int exit)
    {
        if (!ended.Output.Any(line => line.Contains("KpiMetrics is up", StringComparison.Ordinal)) && ended.Output.Count < 50)
            FailedStarts++;
        else
            unexpected.Add(
                $"worker {Number} ended by itself with {exit}: {string.Join('\n', ended.Error.Concat(ended.Output).TakeLast(20))}"
            );
    }
}
