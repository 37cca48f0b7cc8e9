using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace KpiMetrics.ServerTests.Support;

/// <summary>
/// The built KpiMetrics.Worker as a child process, with nothing of the test's environment but what .NET needs, on a machine that
/// keeps the time of New York and writes numbers the Vietnamese way. Ended by its own process id.
/// </summary>
internal sealed class WorkerProcess : IAsyncDisposable
{
    /// <summary>The exit code of what <see cref="KillAsync"/> ended.</summary>
    public const int Killed = 128 + 9;

    private const int KeptBesideALog = 100;

    private static readonly string[] Inherited =
    [
        "PATH",
        "HOME",
        "TMPDIR",
        "DOTNET_ROOT",
        "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT",
    ];

    private readonly Process process;
    private readonly ConcurrentQueue<string> output = new();
    private readonly ConcurrentQueue<string> error = new();
    private readonly string? log;

    private WorkerProcess(Process process, string? log)
    {
        (this.process, this.log) = (process, log);
        process.OutputDataReceived += (_, line) => Keep(output, line.Data);
        process.ErrorDataReceived += (_, line) => Keep(error, line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public IReadOnlyCollection<string> Output => output;

    public IReadOnlyCollection<string> Error => error;

    public int Id => process.Id;

    public int ExitCode => process.ExitCode;

    public bool HasExited => process.HasExited;

    /// <summary>The most memory that it ever had in use, in bytes.</summary>
    public long PeakMemory => Memory("VmHWM:");

    /// <summary>The memory that it has in use now, in bytes.</summary>
    public long UsedMemory => Memory("VmRSS:");

    /// <summary>The address of the API, once it listens.</summary>
    public async Task<Uri> ApiAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        const string Before = "The API listens on ";
        var line = await WaitForLineAsync(Before, patience, cancellationToken);
        return new(line[(line.IndexOf(Before, StringComparison.Ordinal) + Before.Length)..]);
    }

    /// <summary>Both streams, for the message of a test that fails.</summary>
    public string Said => string.Join('\n', output.Concat(error));

    /// <param name="folder">The working folder.</param>
    /// <param name="more">Of its environment.</param>
    /// <param name="log">A file that gets every line, of which then only the last are kept here; null: all are kept.</param>
    public static WorkerProcess Start(
        string folder,
        IEnumerable<string> arguments,
        IReadOnlyDictionary<string, string>? more = null,
        string? log = null
    )
    {
        var program = Path.Combine(AppContext.BaseDirectory, "KpiMetrics.Worker.dll");
        var start = new ProcessStartInfo(DotNet(), ["exec", program, .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        };
        start.Environment.Clear();
        foreach (var name in Inherited)
        {
            if (Environment.GetEnvironmentVariable(name) is { } value)
                start.Environment[name] = value;
        }
        start.Environment["TZ"] = "America/New_York";
        start.Environment["LANG"] = "vi_VN.UTF-8";
        start.Environment["DOTNET_GCHeapHardLimit"] = "0x10000000"; // 256 MiB: what would grow with its input fails here
        start.Environment["DOTNET_EnableDiagnostics"] = "0"; // else each kill leaves a socket in /tmp
        foreach (var (name, value) in more ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        return new(Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start."), log);
    }

    /// <summary>Waits until a line with the text was written, before or since, and returns it.</summary>
    public async Task<string> WaitForLineAsync(string text, TimeSpan patience, CancellationToken cancellationToken)
    {
        var line = await Eventually.SeesAsync(
            $"the line '{text}'",
            () => Task.FromResult(output.FirstOrDefault(line => line.Contains(text, StringComparison.Ordinal))),
            line => line is not null || process.HasExited,
            patience,
            cancellationToken,
            () => Said
        );
        return line ?? throw new InvalidOperationException($"Ended without the line '{text}': {Said}");
    }

    /// <summary>Waits for the end; all output is there then.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> WaitForExitAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(patience);
        try
        {
            await process.WaitForExitAsync(deadline.Token);
            return process.ExitCode;
        }
        catch (OperationCanceledException late) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"Still running after {patience.TotalSeconds} s: {Said}", late);
        }
    }

    /// <summary>SIGTERM, as systemd and Docker send it.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> TerminateAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        await SignalAsync("TERM", cancellationToken);
        return await WaitForExitAsync(patience, cancellationToken);
    }

    /// <summary>Sends a signal: <c>STOP</c> freezes the process, <c>CONT</c> lets it go on, <c>TERM</c> asks it to end.</summary>
    public async Task SignalAsync(string signal, CancellationToken cancellationToken)
    {
        using var kill = Process.Start(
            "/bin/sh",
            ["-c", string.Create(CultureInfo.InvariantCulture, $"kill -{signal} {process.Id}")]
        );
        await kill.WaitForExitAsync(cancellationToken);
    }

    /// <summary>SIGKILL; does nothing where it has ended.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync(CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        process.Dispose();
    }

    // The one that runs this test: DIR/shared/Microsoft.NETCore.App/VERSION/ is the runtime's folder.
    private static string DotNet() =>
        Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet"));

    private long Memory(string name)
    {
        var status = File.ReadLines(string.Create(CultureInfo.InvariantCulture, $"/proc/{process.Id}/status"));
        var found = status.First(line => line.StartsWith(name, StringComparison.Ordinal));
        return 1024 * long.Parse(found[name.Length..^"kB".Length].Trim(), CultureInfo.InvariantCulture);
    }

    private void Keep(ConcurrentQueue<string> lines, string? line)
    {
        if (line is null)
            return;
        lines.Enqueue(line);
        if (log is null)
            return;
        lock (output)
            File.AppendAllText(log, $"{line}\n");
        while (lines.Count > KeptBesideALog)
            lines.TryDequeue(out _);
    }
}
