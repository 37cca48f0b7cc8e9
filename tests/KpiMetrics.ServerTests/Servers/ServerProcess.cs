using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace KpiMetrics.ServerTests.Servers;

/// <summary>A real server as a child process, on ports of 127.0.0.1 that were free; stopped by its own process id.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly HttpClient Http = new();

    private readonly string program;
    private readonly IReadOnlyList<string> arguments;
    private readonly Uri ready;
    private readonly ConcurrentQueue<string> output = new();
    private Process? process;

    public ServerProcess(string program, IReadOnlyList<string> arguments, Uri ready) =>
        (this.program, this.arguments, this.ready) = (program, arguments, ready);

    /// <summary>The program that the variable names, or the one Debian installs; without either, a skip at home and a failure on CI.</summary>
    public static string Find(string variable, string installed, string package)
    {
        var path = Environment.GetEnvironmentVariable(variable) is { Length: > 0 } named ? named : installed;
        if (File.Exists(path))
            return path;
        MissingServer.Require($"{path} is not there; apt-get install {package}, or name the program in {variable}.");
        return path;
    }

    /// <summary>Starts the program and waits until it answers.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var started = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
        process = started;
        started.OutputDataReceived += Keep;
        started.ErrorDataReceived += Keep;
        started.BeginOutputReadLine();
        started.BeginErrorReadLine();
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(Patience);
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!await AnswersAsync(deadline.Token))
        {
            if (started.HasExited)
                throw new InvalidOperationException($"{program} ended with {started.ExitCode}: {Said()}");
            try
            {
                await tick.WaitForNextTickAsync(deadline.Token);
            }
            catch (OperationCanceledException late) when (!cancellationToken.IsCancellationRequested)
            {
                throw new TimeoutException(
                    $"{program} did not answer at {ready} within {Patience.TotalSeconds} s: {Said()}",
                    late
                );
            }
        }
    }

    /// <summary>Asks the server to end and kills it when it does not; does nothing where it does not run.</summary>
    public async Task StopAsync()
    {
        if (process is not { } running)
            return;
        process = null;
        using (running)
        {
            if (!running.HasExited && !await EndsAfterTermAsync(running))
                running.Kill();
            await running.WaitForExitAsync(CancellationToken.None);
        }
    }

    /// <summary>SIGKILL; does nothing where it does not run.</summary>
    public async Task KillAsync()
    {
        if (process is not { } running)
            return;
        process = null;
        using (running)
        {
            running.Kill();
            await running.WaitForExitAsync(CancellationToken.None);
        }
    }

    public async ValueTask DisposeAsync() => await StopAsync();

    private static async Task<bool> EndsAfterTermAsync(Process running)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        try
        {
            var id = running.Id.ToString(CultureInfo.InvariantCulture);
            using var kill = Process.Start("/bin/sh", ["-c", $"kill -TERM {id}"]);
            await running.WaitForExitAsync(patience.Token);
            return true;
        }
        catch (Exception fault) when (fault is OperationCanceledException or Win32Exception)
        {
            return false;
        }
    }

    private async Task<bool> AnswersAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await Http.GetAsync(ready, cancellationToken);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private void Keep(object sender, DataReceivedEventArgs line)
    {
        output.Enqueue(line.Data ?? "");
        while (output.Count > 20)
            output.TryDequeue(out _);
    }

    private string Said() => string.Join(Environment.NewLine, output);
}
