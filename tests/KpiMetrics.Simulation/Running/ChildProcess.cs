using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace KpiMetrics.Simulation.Running;

/// <summary>The engine in a process of its own, to be killed; started ahead of its time, it waits until it is let go.</summary>
internal sealed class ChildProcess : IAsyncDisposable
{
    private readonly Process process;

    private ChildProcess(Process process) => this.process = process;

    public static ChildProcess Start(string folder, ulong seed, int number)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "KpiMetrics.Simulation.dll");
        string[] arguments =
        [
            "exec",
            program,
            "child",
            folder,
            seed.ToString(CultureInfo.InvariantCulture),
            number.ToString(CultureInfo.InvariantCulture),
        ];
        var start = new ProcessStartInfo(DotNet(), arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["DOTNET_EnableDiagnostics"] = "0"; // else each kill leaves a socket in /tmp
        start.Environment["DOTNET_TieredPGO"] = "0"; // it lives for seconds
        start.Environment["DOTNET_GCHeapHardLimit"] = "0x10000000"; // 256 MiB: what would grow with the year fails here
        return new(Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start."));
    }

    public async Task GoAsync(DateTimeOffset clock, DateTimeOffset latest)
    {
        await process.StandardInput.WriteLineAsync(
            string.Create(CultureInfo.InvariantCulture, $"go {clock.ToUnixTimeMilliseconds()} {latest.ToUnixTimeMilliseconds()}")
        );
        await process.StandardInput.FlushAsync();
    }

    /// <summary>The next line; null where it has ended.</summary>
    public async Task<string?> ReadAsync(CancellationToken cancellationToken) =>
        await process.StandardOutput.ReadLineAsync(cancellationToken);

    /// <summary>Waits for its end.</summary>
    /// <returns>The exit code, and what it complained of.</returns>
    public async Task<(int ExitCode, string Error)> EndAsync(CancellationToken cancellationToken)
    {
        var error = await process.StandardError.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return (process.ExitCode, error);
    }

    /// <summary>SIGKILL.</summary>
    public void Kill() => process.Kill();

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
            process.Kill();
        await process.WaitForExitAsync(CancellationToken.None);
        process.Dispose();
    }

    // The one that runs this: DIR/shared/Microsoft.NETCore.App/VERSION/ is the runtime's folder.
    private static string DotNet() =>
        Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet"));
}
