using System.CommandLine;
using KpiMetrics.Core.Derivation.Graph;
using KpiMetrics.Core.Figures;
using KpiMetrics.Pipeline.Collection.Plans;
using KpiMetrics.Pipeline.Ledger;
using KpiMetrics.Pipeline.Sources;
using KpiMetrics.Pipeline.Sources.Inbox;
using KpiMetrics.Worker.Composition;

namespace KpiMetrics.Worker.Commands;

/// <summary><c>plan import FILE --set S</c>: takes a file of plans into the ledger and says of every refused row why.</summary>
internal sealed class PlanImportCommand : Command
{
    private readonly Argument<string> file = new("FILE")
    {
        Description =
            "CSV or XLSX with the columns indicator, measure, area, period (2026, or a part: 2026-Q1, 2026-03), value and, where wanted, subject, scheme, kind, decision, note.",
    };

    private readonly Option<string> set = new("--set")
    {
        Description = "The indicator set the plans are for.",
        HelpName = "S",
        Required = true,
    };

    private readonly Option<string?> receivedAt = new("--received-at")
    {
        Description =
            "When the plans reached us, for those entered later: 2025-12-20 or 2025-12-20T08:00. Give the hour where two came in one day.",
        HelpName = "T",
    };

    private readonly Option<string?> locale = new("--locale")
    {
        Description = "How numbers are written: vi (1.155.106,5) or en; else a number that can be read two ways is refused.",
        HelpName = "vi|en",
    };

    private readonly Option<bool> dryRun = new("--dry-run") { Description = "Check everything, keep nothing." };

    public PlanImportCommand(CommandContext context)
        : base("import", "Take a file of plans into the ledger.")
    {
        Add(file);
        Add(set);
        Add(receivedAt);
        Add(locale);
        Add(dryRun);
        SetAction(
            context.Guarded(
                (parsed, cancellationToken) =>
                {
                    var now = context.Clock.GetUtcNow();
                    var stated = InstantText.Parse("--received-at", parsed.GetValue(receivedAt));
                    if (stated > now)
                        throw new CommandException($"--received-at '{parsed.GetValue(receivedAt)}' lies in the future.");
                    var path = parsed.GetRequiredValue(file);
                    var header = new ReportHeader(
                        parsed.GetRequiredValue(set),
                        "plan",
                        Path.GetFileName(path),
                        stated ?? now,
                        stated is not null,
                        now,
                        "cli"
                    );
                    var declared = ImportCommand.Locale(parsed.GetValue(locale));
                    return RunAsync(context, parsed, path, header, declared, parsed.GetValue(dryRun), cancellationToken);
                }
            )
        );
    }

    private static async Task<int> RunAsync(
        CommandContext context,
        ParseResult parsed,
        string path,
        ReportHeader header,
        NumberLocale? locale,
        bool dryRun,
        CancellationToken cancellationToken
    )
    {
        if (!File.Exists(path))
            throw new CommandException($"There is no file '{path}'.");
        var engine = await context.OpenAsync(parsed, cancellationToken);
        Engine.FindSet(engine.Catalog, header.Set);
        try
        {
            await using var report = await ReportFile.OpenAsync(path, ReportKind.Plans, locale, cancellationToken);
            var result = await new PlanIntake(
                engine.Catalog,
                engine.Ledger,
                new SeriesGraph(engine.Catalog).MeasuresBehind
            ).TakeAsync(
                header,
                report.ReadAsync(cancellationToken),
                report.Locale,
                dryRun,
                refused => context.Terminal.Error.WriteLine($"{path}:{refused.Refusal}"),
                (row, outcome) =>
                {
                    if (outcome == AppendOutcome.Contested)
                        context.Terminal.Error.WriteLine(
                            ImportCommand.Contested(
                                path,
                                row,
                                header,
                                "the greater value counts",
                                // A decision that is known says nothing new when it comes again.
                                " and the paper that corrects it in decision"
                            )
                        );
                },
                cancellationToken
            );
            context.Terminal.Out.WriteLine(ImportCommand.Summary(result, dryRun));
            return result.Receipt.Refused > 0 ? ExitCode.SomeRefused : ExitCode.Done;
        }
        catch (BrokenReportException fault)
        {
            throw new CommandException($"{fault.Message}; nothing was taken");
        }
    }
}
