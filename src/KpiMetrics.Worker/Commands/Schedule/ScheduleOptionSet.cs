using System.CommandLine;
using KpiMetrics.Worker.Composition;
using KpiMetrics.Worker.Scheduling;

namespace KpiMetrics.Worker.Commands.Schedule;

/// <summary>The arguments that commands of the schedule share.</summary>
internal sealed class ScheduleOptionSet(CommandContext context)
{
    public Argument<string> Of { get; } =
        new("I")
        {
            Description = "An indicator at all its frequencies (LC-C01 or lao-cai/LC-C01), or at one (lao-cai/LC-C01/H).",
        };

    public Option<string> Why { get; } =
        new("--why")
        {
            Description = "The reason, kept in the audit trail.",
            HelpName = "W",
            Required = true,
        };

    public Option<string> Who { get; } =
        new("--who")
        {
            Description = "Who changes it; without it the user of the machine.",
            HelpName = "NAME",
            DefaultValueFactory = _ => Environment.UserName,
        };

    public Option<bool> Json { get; } = new("--json") { Description = "Machine-readable." };

    public Func<ParseResult, CancellationToken, Task<int>> Guarded(
        Func<ParseResult, ScheduleTools, DateTimeOffset, CancellationToken, Task<int>> command
    ) =>
        context.Guarded(
            async (parsed, cancellationToken) =>
            {
                var engine = await context.OpenAsync(parsed, cancellationToken);
                await using var tools = await ScheduleTools.OfAsync(engine, context.Clock, cancellationToken);
                return await command(parsed, tools, context.Clock.GetUtcNow(), cancellationToken);
            }
        );

    public Terminal Terminal => context.Terminal;
}
