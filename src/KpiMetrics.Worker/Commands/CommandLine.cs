using System.CommandLine;
using KpiMetrics.Worker.Commands.Alerts;
using KpiMetrics.Worker.Commands.Emergencies;
using KpiMetrics.Worker.Commands.Obligations;
using KpiMetrics.Worker.Commands.Schedule;
using KpiMetrics.Worker.Composition;
using KpiMetrics.Worker.Scheduling;

namespace KpiMetrics.Worker.Commands;

/// <summary>The commands of DESIGN 9.</summary>
public static class CommandLine
{
    // What the process may need after its jobs have ended, before it counts as hanging.
    private static readonly TimeSpan TimeToLeave = TimeSpan.FromSeconds(5);

    /// <summary>Runs what the arguments ask for.</summary>
    /// <returns>The exit code of <see cref="ExitCode"/>.</returns>
    public static async Task<int> RunAsync(
        string[] arguments,
        Terminal terminal,
        TimeProvider clock,
        CancellationToken cancellationToken
    )
    {
        var (own, configuration) = Split(arguments);
        var context = new CommandContext(terminal, clock, configuration);
        var root = new RootCommand(
            "KpiMetrics: collects a province's indicator sets on time, keeps every figure ever reported, derives comparisons and writes points to InfluxDB."
        )
        {
            context.Data,
            context.Sets,
            RunCommand.Create(context),
            CatalogCommand.Create(context),
            AreasCommand.Create(context),
            new ImportCommand(context),
            new ExportCommand(context),
            new CheckCommand(context),
            new ExplainCommand(context),
            PlanCommand.Create(context),
            PublishCommand.Create(context),
            new ObligationsCommand(context),
            AlertsCommand.Create(context),
            EmergencyCommand.Create(context),
            ScheduleCommand.Create(context),
            new BackfillCommand(context),
            MigrateCommand.Create(context),
            TokenCommand.Create(context),
            LedgerCommand.Create(context),
            new HealthCommand(context),
        };
        root.SetAction(RunCommand.Action(context));
        var parsed = root.Parse(own);
        var invocation = new InvocationConfiguration
        {
            Output = terminal.Out,
            Error = terminal.Error,
            ProcessTerminationTimeout = WorkerHost.ShutdownTimeout + TimeToLeave,
        };
        return await parsed.InvokeAsync(invocation, cancellationToken);
    }

    // Settings such as --Influx:Url=http://127.0.0.1:8086 or --Influx:Url http://... have a colon in their name; options have not.
    private static (string[] Own, string[] Configuration) Split(string[] arguments)
    {
        var own = new List<string>();
        var configuration = new List<string>();
        for (var i = 0; i < arguments.Length; i++)
        {
            var name = arguments[i].Split('=', 2)[0];
            if (!name.StartsWith("--", StringComparison.Ordinal) || !name.Contains(':', StringComparison.Ordinal))
            {
                own.Add(arguments[i]);
                continue;
            }
            configuration.Add(arguments[i]);
            if (!arguments[i].Contains('=', StringComparison.Ordinal) && i + 1 < arguments.Length)
                configuration.Add(arguments[++i]);
        }
        return ([.. own], [.. configuration]);
    }
}
