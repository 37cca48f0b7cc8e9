using System.CommandLine;
using KpiMetrics.Worker.Scheduling.Changes;

namespace KpiMetrics.Worker.Commands.Schedule;

/// <summary><c>schedule set I --cron C --why W</c>: another time or priority.</summary>
internal sealed class ScheduleSetCommand : Command
{
    public ScheduleSetCommand(CommandContext context)
        : base("set", "Change when an indicator is looked after; shows what that means first.")
    {
        var options = new ScheduleOptionSet(context);
        var cron = new Option<string?>("--cron")
        {
            Description = "A Quartz expression by the clock of Vietnam: '0 30 9 6 * ?' is 09:30 on the 6th.",
            HelpName = "C",
        };
        var priority = new Option<int?>("--priority")
        {
            Description = "0..9, more urgent with the number; 5 where nothing is said.",
            HelpName = "N",
        };
        var yes = new Option<bool>("--yes") { Description = "Change it though there are warnings." };
        Add(options.Of);
        Add(cron);
        Add(priority);
        Add(options.Why);
        Add(options.Who);
        Add(yes);
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
                        Cron = parsed.GetValue(cron),
                        Priority = parsed.GetValue(priority),
                    };
                    var answer = new ScheduleAnswer(context.Terminal, parsed.GetValue(options.Json));
                    var insists = parsed.GetValue(yes);
                    var verdict = await tools.Desk.ChangeAsync(change, insists, at, cancellationToken);
                    if (answer.MayInsist(verdict))
                        verdict = await tools.Desk.ChangeAsync(change, insists: true, at, cancellationToken);
                    return answer.Give(verdict);
                }
            )
        );
    }
}
