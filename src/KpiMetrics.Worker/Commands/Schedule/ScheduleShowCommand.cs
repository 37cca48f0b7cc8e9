using System.CommandLine;
using KpiMetrics.Worker.Composition;

namespace KpiMetrics.Worker.Commands.Schedule;

/// <summary><c>schedule show I</c>: the jobs of one indicator, when they fire, and every change ever made.</summary>
internal sealed class ScheduleShowCommand : Command
{
    public ScheduleShowCommand(CommandContext context)
        : base("show", "Show the jobs of an indicator, their next fires and all changes.")
    {
        var options = new ScheduleOptionSet(context);
        Add(options.Of);
        Add(options.Json);
        SetAction(
            options.Guarded(
                async (parsed, tools, at, cancellationToken) =>
                {
                    var (listing, fault) = await tools.Desk.ShowAsync(parsed.GetRequiredValue(options.Of), at, cancellationToken);
                    if (listing is null)
                        throw new CommandException(fault?.Message ?? "");
                    context.Terminal.Out.WriteLine(
                        parsed.GetValue(options.Json) ? ScheduleJson.Show(listing) : ScheduleText.Show(listing)
                    );
                    return ExitCode.Done;
                }
            )
        );
    }
}
