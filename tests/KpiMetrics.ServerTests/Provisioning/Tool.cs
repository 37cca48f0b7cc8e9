using System.Diagnostics;
using KpiMetrics.Tests.Support;

namespace KpiMetrics.ServerTests.Provisioning;

/// <summary>Runs a program to its end, in the repository's root.</summary>
internal static class Tool
{
    /// <summary>Exit code, standard output and standard error. Of the environment only PATH and <paramref name="environment"/> are there.</summary>
    public static async Task<(int ExitCode, string Out, string Error)> RunAsync(
        string program,
        IReadOnlyList<string> arguments,
        IReadOnlyDictionary<string, string> environment
    )
    {
        var token = TestContext.Current.CancellationToken;
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = Repository.Root,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var path = Environment.GetEnvironmentVariable("PATH");
        start.Environment.Clear();
        start.Environment["PATH"] = path;
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
        var output = process.StandardOutput.ReadToEndAsync(token);
        var error = await process.StandardError.ReadToEndAsync(token);
        await process.WaitForExitAsync(token);
        return (process.ExitCode, await output, error);
    }
}
