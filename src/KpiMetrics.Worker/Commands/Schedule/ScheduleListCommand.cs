using System.CommandLine;
using KpiMetrics.Worker.Composition;

namespace KpiMetrics.Worker.Commands.Schedule;

/// <summary><c>schedule list</c>: every job, by duty.</summary>
internal sealed class ScheduleListCommand : Command
{
    public ScheduleListCommand(CommandContext context)
        : base("list", "Show every job: when it looks for figures, who says so, and when next.")
    {
        var set = new Option<string?>("--set") { Description = "Only jobs of this set.", HelpName = "S" };
        var options = new ScheduleOptionSet(context);
        Add(set);
        Add(options.Json);
        SetAction(
            options.Guarded(
                async (parsed, tools, at, cancellationToken) =>
                {
                    var code = parsed.GetValue(set);
                    if (code is not null)
                        Engine.FindSet(tools.Engine.Catalog, code);
                    var lines = await tools.Desk.ListAsync(code, at, cancellationToken);
                    context.Terminal.Out.WriteLine(
                        parsed.GetValue(options.Json) ? ScheduleJson.List(lines) : ScheduleText.List(lines)
                    );
                    return ExitCode.Done;
                }
            )
        );
    }
}
