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
                    var settings = context.Settings(parsed);
                    var ledger = LedgerStores.Find(settings);
                    var steps = await LedgerStores.MigrateAsync(ledger, context.Clock.GetUtcNow(), cancellationToken);
                    foreach (var step in steps)
                        context.Terminal.Out.WriteLine($"{step}: done");
                    if (settings.Ledger.Postgres.Length > 0)
                        await KeepCatalogAsync(context, parsed, cancellationToken);
                    context.Terminal.Out.WriteLine($"The ledger '{ledger.Place}' is at the schema of this build.");
                    return ExitCode.Done;
                }
            )
        );
        return command;
    }

    // A ledger can be migrated without a catalog, or with a faulty one; the worker will not start with that, and then keeps its own.
    private static async Task KeepCatalogAsync(CommandContext context, ParseResult parsed, CancellationToken cancellationToken)
    {
        try
        {
            var engine = await context.OpenAsync(parsed, cancellationToken);
            if (await engine.KeepCatalogAsync(cancellationToken))
                context.Terminal.Out.WriteLine("The names of the catalog, for boards: done");
        }
        catch (CommandException fault)
        {
            context.Terminal.Error.WriteLine($"The names that boards show stay as they were: {fault.Message}");
        }
    }
}
