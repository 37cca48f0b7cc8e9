using System.CommandLine;
using KpiMetrics.Worker.Scheduling.Changes;

namespace KpiMetrics.Worker.Commands.Schedule;

/// <summary><c>schedule preview I --cron C</c>: what a change would mean; nothing is changed.</summary>
internal sealed class SchedulePreviewCommand : Command
{
    public SchedulePreviewCommand(CommandContext context)
        : base(
            "preview",
            "Show the next 20 fires of a cron, the obligations it touches and what speaks against it; change nothing."
        )
    {
        var options = new ScheduleOptionSet(context);
        var cron = new Option<string>("--cron")
        {
            Description = "A Quartz expression by the clock of Vietnam.",
            HelpName = "C",
            Required = true,
        };
        Add(options.Of);
        Add(cron);
        Add(options.Json);
        SetAction(
            options.Guarded(
                async (parsed, tools, at, cancellationToken) =>
                {
                    var change = new ScheduleChange(parsed.GetRequiredValue(options.Of), "", "")
                    {
                        Cron = parsed.GetRequiredValue(cron),
                    };
                    var verdict = await tools.Desk.PreviewAsync(change, at, cancellationToken);
                    return new ScheduleAnswer(context.Terminal, parsed.GetValue(options.Json)).Show(verdict);
                }
            )
        );
    }
}
