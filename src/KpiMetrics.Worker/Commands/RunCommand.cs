using System.CommandLine;
using KpiMetrics.Worker.Composition;
using KpiMetrics.Worker.Scheduling;

namespace KpiMetrics.Worker.Commands;

/// <summary><c>run</c>, and what happens without a command: the worker.</summary>
internal static class RunCommand
{
    public static Command Create(CommandContext context)
    {
        var command = new Command(
            "run",
            "Collect, derive and publish by schedule until stopped (this is also what happens without a command)."
        );
        command.SetAction(Action(context));
        return command;
    }

    public static Func<ParseResult, CancellationToken, Task<int>> Action(CommandContext context) =>
        context.Guarded(
            async (parsed, cancellationToken) =>
            {
                try
                {
                    var engine = await context.OpenAsync(parsed, cancellationToken);
                    await using var host = await WorkerHost.BuildAsync(engine, context.Clock, cancellationToken);
                    await WorkerHost.RunAsync(host, engine, cancellationToken);
                }
                catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
                {
                    // Told to stop while it was still starting: for a worker, an end like any other.
                }
                return ExitCode.Done;
            }
        );
}
