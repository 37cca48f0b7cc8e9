using System.CommandLine;
using System.Globalization;
using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;
using KpiMetrics.Pipeline.Ledger;
using KpiMetrics.Worker.Composition;

namespace KpiMetrics.Worker.Commands;

/// <summary><c>export --set S</c>: figures with their derivations.</summary>
internal sealed class ExportCommand : Command
{
    private readonly Option<string> set = new("--set")
    {
        Description = "The indicator set.",
        HelpName = "S",
        Required = true,
    };

    private readonly Option<string?> indicator = new("--indicator") { Description = "Only this indicator.", HelpName = "I" };

    private readonly Option<string?> measure = new("--measure") { Description = "Only this measure.", HelpName = "M" };

    private readonly Option<string?> area = new("--area")
    {
        Description = "Only areas that bear or bore this code.",
        HelpName = "A",
    };

    private readonly Option<string?> frequency = new("--freq")
    {
        Description = $"Only this frequency: {FrequencyCode.Allowed}.",
        HelpName = "F",
    };

    private readonly Option<string?> from = new("--from") { Description = "From this period on.", HelpName = "P" };

    private readonly Option<string?> to = new("--to") { Description = "Up to and with this period.", HelpName = "P" };

    private readonly Option<string?> asOf = new("--as-of") { Description = "What was known at this instant.", HelpName = "T" };

    private readonly Option<string> format = new("--format")
    {
        Description = "csv, sdmx-csv (SDMX-CSV 2.0), json, or xlsx (laid out like the documents' forms).",
        HelpName = "csv|sdmx-csv|json|xlsx",
        DefaultValueFactory = _ => "csv",
    };

    private readonly Option<string?> toFile = new("--out")
    {
        Description = "Write to this file, which appears only when it is complete.",
        HelpName = "FILE",
    };

    public ExportCommand(CommandContext context)
        : base("export", "Write figures with their derivations to standard output or a file.")
    {
        Add(set);
        Add(indicator);
        Add(measure);
        Add(area);
        Add(frequency);
        Add(from);
        Add(to);
        Add(asOf);
        Add(format);
        Add(toFile);
        SetAction(context.Guarded((parsed, cancellationToken) => RunAsync(context, parsed, cancellationToken)));
    }

    private async Task<int> RunAsync(CommandContext context, ParseResult parsed, CancellationToken cancellationToken)
    {
        var first = PeriodOption("--from", parsed.GetValue(from));
        var last = PeriodOption("--to", parsed.GetValue(to));
        if (first is { } begins && last is { } ends && begins.Start >= ends.End)
            throw new CommandException($"--from '{begins}' lies after --to '{ends}': nothing can be between them.");
        var of = FrequencyOption(parsed.GetValue(frequency));
        var at = InstantText.Parse("--as-of", parsed.GetValue(asOf));
        var kind = FigureWriters.Find(parsed.GetRequiredValue(format));
        var target = ExportOutput.Check(parsed.GetValue(toFile), kind, context.Terminal);
        var engine = await context.OpenAsync(parsed, cancellationToken);
        var query = Query(engine, parsed) with { Frequency = of, AsOf = at };
        var scope = new ExportScope(
            Engine.FindSet(engine.Catalog, parsed.GetRequiredValue(set)),
            query.Indicator,
            query.Measure,
            at ?? context.Clock.GetUtcNow()
        );
        using var output = ExportOutput.Open(target, kind, context.Terminal);
        var demo = 0;
        using (var writer = kind.Create(output, scope))
        {
            await foreach (var row in engine.Figures.ReadAsync(query, first, last, cancellationToken))
            {
                writer.Write(row);
                demo += row.Derived.Figure.Current.Source == DemoSource.Name ? 1 : 0;
            }
            writer.Complete();
        }
        output.Keep();
        if (demo > 0)
            context.Terminal.Error.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{DemoSource.Notice}: {demo} figures are made up (source {DemoSource.Name})."
                )
            );
        return ExitCode.Done;
    }

    private FigureQuery Query(Engine engine, ParseResult parsed)
    {
        var catalog = engine.Catalog;
        var code = Engine.FindSet(catalog, parsed.GetRequiredValue(set)).Code;
        return new(
            code,
            CatalogCodes.Indicator(catalog, code, parsed.GetValue(indicator)),
            CatalogCodes.Measure(catalog, code, parsed.GetValue(measure)),
            CatalogCodes.Areas(catalog, parsed.GetValue(area))
        );
    }

    private static Period? PeriodOption(string option, string? text)
    {
        if (text is null)
            return null;
        return Period.TryParse(text, out var period, out var why) ? period : throw new CommandException($"{option} {why}");
    }

    private static Frequency? FrequencyOption(string? letter)
    {
        if (letter is null)
            return null;
        return FrequencyCode.TryParse(letter, out var frequency)
            ? frequency
            : throw new CommandException($"--freq is '{letter}'; allowed: {FrequencyCode.Allowed}.");
    }
}
