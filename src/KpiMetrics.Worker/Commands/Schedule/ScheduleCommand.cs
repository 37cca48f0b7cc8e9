using System.CommandLine;

namespace KpiMetrics.Worker.Commands.Schedule;

/// <summary><c>schedule list | show | set | pause | resume | revert | run | preview | source</c>.</summary>
internal static class ScheduleCommand
{
    public static Command Create(CommandContext context) =>
        new("schedule", "When figures are looked for: look at it, change it live, take a change back.")
        {
            new ScheduleListCommand(context),
            new ScheduleShowCommand(context),
            new ScheduleSetCommand(context),
            new ScheduleSwitchCommand(context, pauses: true),
            new ScheduleSwitchCommand(context, pauses: false),
            new ScheduleRevertCommand(context),
            new ScheduleRunCommand(context),
            new SchedulePreviewCommand(context),
            new ScheduleSourceCommand(context),
        };
}
