using System.CommandLine;

namespace KpiMetrics.Worker.Commands.Schedule;

/// <summary><c>schedule revert I --why W</c>: takes back the last change; again, the one before.</summary>
internal sealed class ScheduleRevertCommand : Command
{
    public ScheduleRevertCommand(CommandContext context)
        : base("revert", "Take back the last change of an indicator or a source; once more, the one before.")
    {
        var options = new ScheduleOptionSet(context);
        var source = new Option<bool>("--source") { Description = "I is the name of a source." };
        Add(options.Of);
        Add(source);
        Add(options.Why);
        Add(options.Who);
        Add(options.Json);
        SetAction(
            options.Guarded(
                async (parsed, tools, at, cancellationToken) =>
                {
                    var of = parsed.GetRequiredValue(options.Of);
                    var who = parsed.GetRequiredValue(options.Who);
                    var why = parsed.GetRequiredValue(options.Why);
                    var verdict = parsed.GetValue(source)
                        ? await tools.Desk.RevertLimitAsync(of, who, why, at, cancellationToken)
                        : await tools.Desk.RevertAsync(of, who, why, at, cancellationToken);
                    return new ScheduleAnswer(context.Terminal, parsed.GetValue(options.Json)).Give(verdict);
                }
            )
        );
    }
}
