using System.CommandLine;

namespace KpiMetrics.Worker.Commands.Schedule;

/// <summary><c>schedule source NAME --concurrency N --why W</c>.</summary>
internal sealed class ScheduleSourceCommand : Command
{
    public ScheduleSourceCommand(CommandContext context)
        : base("source", "Change how many duties of a source are at work at once.")
    {
        var options = new ScheduleOptionSet(context);
        var name = new Argument<string>("NAME")
        {
            Description = "The source; 'built-in' for the duties that no pulled source serves.",
        };
        var concurrency = new Option<int>("--concurrency")
        {
            Description = "1..64.",
            HelpName = "N",
            Required = true,
        };
        Add(name);
        Add(concurrency);
        Add(options.Why);
        Add(options.Who);
        Add(options.Json);
        SetAction(
            options.Guarded(
                async (parsed, tools, at, cancellationToken) =>
                {
                    var verdict = await tools.Desk.LimitAsync(
                        parsed.GetRequiredValue(name),
                        parsed.GetValue(concurrency),
                        parsed.GetRequiredValue(options.Who),
                        parsed.GetRequiredValue(options.Why),
                        at,
                        cancellationToken
                    );
                    return new ScheduleAnswer(context.Terminal, parsed.GetValue(options.Json)).Give(verdict);
                }
            )
        );
    }
}
