using System.CommandLine;

namespace KpiMetrics.Worker.Commands;

/// <summary><c>plan import | list</c>.</summary>
internal static class PlanCommand
{
    public static Command Create(CommandContext context) =>
        new("plan", "The plans that figures are measured against: take them in, list them.")
        {
            new PlanImportCommand(context),
            new PlanListCommand(context),
        };
}
