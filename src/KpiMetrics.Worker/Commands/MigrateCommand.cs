using System.CommandLine;
using KpiMetrics.Worker.Composition;

namespace KpiMetrics.Worker.Commands;

/// <summary>Brings the ledger to the schema of this build, as every other command does before its own work.</summary>
internal static class MigrateCommand
{
    public static Command Create(CommandContext context)
    {
        var command = new Command("migrate", "Bring the ledger to the schema of this build, and say which steps ran.");
        command.SetAction(
            context.Guarded(
                async (parsed, cancellationToken) =>
                {
                    var ledger = LedgerStores.Find(context.Settings(parsed));
                    var steps = await LedgerStores.MigrateAsync(ledger, context.Clock.GetUtcNow(), cancellationToken);
                    foreach (var step in steps)
                        context.Terminal.Out.WriteLine($"{step}: done");
                    context.Terminal.Out.WriteLine($"The ledger '{ledger.Place}' is at the schema of this build.");
                    return ExitCode.Done;
                }
            )
        );
        return command;
    }
}
