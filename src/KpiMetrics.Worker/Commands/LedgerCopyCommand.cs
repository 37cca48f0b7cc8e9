using System.CommandLine;
using System.Globalization;
using KpiMetrics.Pipeline.Ledger.Copying;
using KpiMetrics.Worker.Composition;

namespace KpiMetrics.Worker.Commands;

/// <summary><c>ledger copy</c>: from the file in the data folder into PostgreSQL, whatever ledger the settings name for everything else.</summary>
internal sealed class LedgerCopyCommand : Command
{
    private const string Actor = "cli";

    private readonly Argument<string?> target = new("TARGET")
    {
        Description =
            "Connection string of the database; without it the setting Ledger:Postgres. As it holds a password, it is best given by the environment: Ledger__Postgres.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<bool> json = new("--json") { Description = "Machine-readable." };

    public LedgerCopyCommand(CommandContext context)
        : base(
            "copy",
            "Move the ledger file of --data into an empty PostgreSQL database, with all revisions, and compare the two; the worker must be stopped. The file stays as it is."
        )
    {
        Add(target);
        Add(json);
        SetAction(context.Guarded((parsed, cancellationToken) => RunAsync(context, parsed, cancellationToken)));
    }

    private async Task<int> RunAsync(CommandContext context, ParseResult parsed, CancellationToken cancellationToken)
    {
        var settings = context.Settings(parsed);
        var (terminal, started) = (context.Terminal, context.Clock.GetTimestamp());
        try
        {
            var result = await LedgerCopy.RunAsync(
                settings.LedgerFile,
                Target(parsed.GetValue(target), settings),
                Actor,
                context.Clock.GetUtcNow(),
                far => terminal.Progress(LedgerCopyText.Progress(far)),
                cancellationToken
            );
            terminal.ProgressDone();
            var taken = context.Clock.GetElapsedTime(started);
            terminal.Out.WriteLine(
                parsed.GetValue(json) ? LedgerCopyText.Json(result, taken) : LedgerCopyText.Print(result, taken)
            );
            if (result.ReplacedTexts > 0)
                terminal.Error.WriteLine(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{result.ReplacedTexts} texts had the character U+0000, which PostgreSQL cannot keep; there it is U+FFFD."
                    )
                );
            return ExitCode.Done;
        }
        catch (Exception fault) when (fault is LedgerCopyException or InvalidOperationException)
        {
            throw new CommandException(fault.Message);
        }
    }

    private static string Target(string? given, EngineSettings settings)
    {
        var options = given is null ? settings.Ledger : new LedgerOptions { Postgres = given };
        if (options.Postgres.Length == 0)
            throw new CommandException(
                "It is not said where to: set Ledger__Postgres=Host=...;Database=...;Username=...;Password=... in the environment."
            );
        return LedgerStores.FaultIn(options) is { } fault ? throw new CommandException(fault) : options.Postgres;
    }
}
