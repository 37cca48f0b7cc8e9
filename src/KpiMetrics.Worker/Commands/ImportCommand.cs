using System.CommandLine;
using System.Globalization;
using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Quality;
using KpiMetrics.Pipeline.Collection;
using KpiMetrics.Pipeline.Ledger;
using KpiMetrics.Pipeline.Sources;
using KpiMetrics.Pipeline.Sources.Inbox;
using KpiMetrics.Worker.Composition;

namespace KpiMetrics.Worker.Commands;

/// <summary><c>import FILE --set S</c>: takes a file into the ledger and says of every refused row why.</summary>
internal sealed class ImportCommand : Command
{
    private readonly Argument<string> file = new("FILE")
    {
        Description =
            "CSV or XLSX with the columns indicator, measure, area, period, value and, where wanted, subject, status, vintage, note, unit, agency.",
    };

    private readonly Option<string> set = new("--set")
    {
        Description = "The indicator set the file reports on.",
        HelpName = "S",
        Required = true,
    };

    private readonly Option<string> source = new("--source")
    {
        Description = "The name under which the ledger keeps who said it.",
        HelpName = "NAME",
        DefaultValueFactory = _ => "import",
    };

    private readonly Option<string?> receivedAt = new("--received-at")
    {
        Description =
            "When the report reached us, for history entered later: 2025-12-20 or 2025-12-20T08:00. Give the hour where two came in one day.",
        HelpName = "T",
    };

    private readonly Option<string?> locale = new("--locale")
    {
        Description = "How numbers are written: vi (1.155.106,5) or en; else a number that can be read two ways is refused.",
        HelpName = "vi|en",
    };

    private readonly Option<string?> agency = new("--agency")
    {
        Description = "The office that reports, as the set names it: figures of other offices are refused.",
        HelpName = "NAME",
    };

    private readonly Option<bool> dryRun = new("--dry-run") { Description = "Check everything, keep nothing." };

    public ImportCommand(CommandContext context)
        : base("import", "Take a file of reported figures into the ledger.")
    {
        Add(file);
        Add(set);
        Add(source);
        Add(receivedAt);
        Add(locale);
        Add(agency);
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
                        SourceName(parsed.GetRequiredValue(source)),
                        Path.GetFileName(path),
                        stated ?? now,
                        stated is not null,
                        now,
                        ReportHeader.Command,
                        Agency: parsed.GetValue(agency)
                    );
                    return RunAsync(
                        context,
                        parsed,
                        path,
                        header,
                        Locale(parsed.GetValue(locale)),
                        parsed.GetValue(dryRun),
                        cancellationToken
                    );
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
        CheckAgency(Engine.FindSet(engine.Catalog, header.Set), header.Agency);
        try
        {
            await using var report = await ReportFile.OpenAsync(path, locale, cancellationToken);
            var result = await engine.Intake.TakeAsync(
                header,
                report.ReadAsync(cancellationToken),
                report.Locale,
                dryRun,
                refused =>
                {
                    context.Terminal.ProgressDone();
                    context.Terminal.Error.WriteLine($"{path}:{refused.Refusal}");
                },
                (row, outcome) =>
                {
                    if (outcome != AppendOutcome.Contested)
                        return;
                    context.Terminal.ProgressDone();
                    context.Terminal.Error.WriteLine(
                        Contested(
                            path,
                            row,
                            header,
                            "a value counts before a withdrawal and the greater number before the smaller"
                        )
                    );
                },
                rows => context.Terminal.Progress(string.Create(CultureInfo.InvariantCulture, $"{rows} rows")),
                cancellationToken
            );
            context.Terminal.ProgressDone();
            context.Terminal.Out.WriteLine(Summary(result, dryRun));
            return result.Receipt.Refused > 0 ? ExitCode.SomeRefused : ExitCode.Done;
        }
        catch (BrokenReportException fault)
        {
            throw new CommandException($"{fault.Message}; nothing was taken");
        }
    }

    /// <param name="which">Which of two statements of one instant counts.</param>
    /// <param name="besides">What a correction must name besides the hour, if anything.</param>
    internal static string Contested(string path, RawRow row, ReportHeader header, string which, string besides = "") =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{path}:{row.Line}: recorded, but {header.Source} stated something else of this for the same instant, {InstantText.Print(header.ReceivedAt)}. Whichever was entered last, {which}. If this row corrects the other, enter it again with the hour it came at (--received-at){besides}"
        );

    internal static string Summary(IntakeResult result, bool dryRun)
    {
        var (_, recorded, repeated, refused) = result.Receipt;
        var counts = string.Create(
            CultureInfo.InvariantCulture,
            $"{result.Rows} rows: {recorded} recorded, {repeated} repeated, {refused} refused"
        );
        return dryRun ? $"{counts} (dry run: nothing was kept)" : counts;
    }

    internal static NumberLocale? Locale(string? name) =>
        name is null
            ? null
            : NumberLocaleName.Find(name)
                ?? throw new CommandException($"--locale is '{name}'; allowed: {NumberLocaleName.Allowed}.");

    private static void CheckAgency(IndicatorSet set, string? agency)
    {
        if (agency is not null && !AgencyDoor.IsKnown(set, agency))
        {
            throw new CommandException(
                $"--agency {Shown.Of(agency)} is no office of set {set.Code}; allowed: {AgencyDoor.Allowed(set)}."
            );
        }
    }

    private static string SourceName(string name) =>
        name.Length is > 0 and <= 40 && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_')
            ? name
            : throw new CommandException($"--source is '{name}'; allowed: 1 to 40 letters, digits, '-' and '_'.");
}
