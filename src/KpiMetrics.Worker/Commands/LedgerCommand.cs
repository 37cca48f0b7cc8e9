using System.CommandLine;
using System.Globalization;
using KpiMetrics.Pipeline.Ledger;
using KpiMetrics.Pipeline.Ledger.Sqlite;
using KpiMetrics.Worker.Composition;

namespace KpiMetrics.Worker.Commands;

/// <summary><c>ledger backup | restore | copy</c>.</summary>
internal static class LedgerCommand
{
    public static Command Create(CommandContext context) =>
        new("ledger", "The ledger as a whole: back it up while figures come in, restore it, move it into PostgreSQL.")
        {
            Backup(context),
            Restore(context),
            new LedgerCopyCommand(context),
        };

    private static Command Backup(CommandContext context)
    {
        var file = new Argument<string>("FILE") { Description = "Where to; a file that is not there yet." };
        var command = new Command("backup", "Write the ledger file as it is now into FILE; the worker may go on meanwhile.")
        {
            file,
        };
        command.SetAction(
            context.Guarded(
                (parsed, _) =>
                {
                    var target = Path.GetFullPath(parsed.GetRequiredValue(file));
                    var summary = Try(() => SqliteBackup.Write(Settings(context, parsed).LedgerFile, target));
                    context.Terminal.Out.WriteLine($"{target}: {Text(summary)}");
                    return Task.FromResult(ExitCode.Done);
                }
            )
        );
        return command;
    }

    private static Command Restore(CommandContext context)
    {
        var file = new Argument<string>("FILE") { Description = "A backup, as 'ledger backup' wrote it." };
        var command = new Command(
            "restore",
            "Put a backup in the ledger's place; the worker must be stopped. What was there is kept beside it. Afterwards 'publish verify' mends InfluxDB."
        )
        {
            file,
        };
        command.SetAction(
            context.Guarded(
                (parsed, _) =>
                {
                    var settings = Settings(context, parsed);
                    Directory.CreateDirectory(settings.Data);
                    var moment = context
                        .Clock.GetUtcNow()
                        .UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
                    var aside = Path.Combine(settings.Data, $"ledger-until-{moment}.db");
                    var backup = Path.GetFullPath(parsed.GetRequiredValue(file));
                    var (summary, isSetAside) = Try(() => SqliteBackup.Restore(backup, settings.LedgerFile, aside));
                    context.Terminal.Out.WriteLine($"{settings.LedgerFile}: {Text(summary)}");
                    if (isSetAside)
                        context.Terminal.Out.WriteLine($"The ledger that was there is now {aside}.");
                    context.Terminal.Out.WriteLine(
                        "Run 'publish verify' where points are published: InfluxDB may hold what this ledger does not know."
                    );
                    return Task.FromResult(ExitCode.Done);
                }
            )
        );
        return command;
    }

    // Of the file alone: PostgreSQL has tools of its own, which know its versions and its rights.
    private static EngineSettings Settings(CommandContext context, ParseResult parsed)
    {
        var settings = context.Settings(parsed);
        return settings.Configuration["Ledger:Postgres"] is { Length: > 0 }
            ? throw new CommandException(
                "The ledger lies in PostgreSQL (Ledger:Postgres): use pg_dump --format=custom --schema=kpi and pg_restore, as the README's 'Backup and restore' says."
            )
            : settings;
    }

    private static T Try<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (LedgerBackupException fault)
        {
            throw new CommandException(fault.Message);
        }
    }

    private static string Text(LedgerSummary summary) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{summary.Statements} statements of {summary.Reports} reports, {summary.Bytes / 1024} KiB, last change {(summary.LastChangeAt is { } at ? InstantText.Print(at) : "never")}"
        );
}
