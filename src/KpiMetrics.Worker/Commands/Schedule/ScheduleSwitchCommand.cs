using System.CommandLine;
using KpiMetrics.Worker.Scheduling.Changes;

namespace KpiMetrics.Worker.Commands.Schedule;

/// <summary><c>schedule pause I --why W</c> and <c>schedule resume I --why W</c>; of two about a duty and its indicator the later counts.</summary>
internal sealed class ScheduleSwitchCommand : Command
{
    public ScheduleSwitchCommand(CommandContext context, bool pauses)
        : base(
            pauses ? "pause" : "resume",
            pauses
                ? "Look for nothing of an indicator until it is resumed."
                : "Look for an indicator's figures again, and at once."
        )
    {
        var options = new ScheduleOptionSet(context);
        Add(options.Of);
        Add(options.Why);
        Add(options.Who);
        Add(options.Json);
        SetAction(
            options.Guarded(
                async (parsed, tools, at, cancellationToken) =>
                {
                    var change = new ScheduleChange(
                        parsed.GetRequiredValue(options.Of),
                        parsed.GetRequiredValue(options.Who),
                        parsed.GetRequiredValue(options.Why)
                    )
                    {
                        Paused = pauses,
                    };
                    var verdict = await tools.Desk.ChangeAsync(change, insists: true, at, cancellationToken);
                    return new ScheduleAnswer(context.Terminal, parsed.GetValue(options.Json)).Give(verdict);
                }
            )
        );
    }
}
