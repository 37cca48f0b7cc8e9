using System.CommandLine;
using KpiMetrics.Core.Periods;
using KpiMetrics.Pipeline.Ledger;
using KpiMetrics.Worker.Composition;

namespace KpiMetrics.Worker.Commands;

/// <summary><c>export --set S</c>: figures with their derivations.</summary>
internal static class ExportCommand
{
    public static Command Create(CommandContext context)
    {
        var set = new Option<string>("--set")
        {
            Description = "The indicator set.",
            HelpName = "S",
            Required = true,
        };
        var indicator = new Option<string?>("--indicator") { Description = "Only this indicator.", HelpName = "I" };
        var measure = new Option<string?>("--measure") { Description = "Only this measure.", HelpName = "M" };
        var area = new Option<string?>("--area") { Description = "Only areas that bear or bore this code.", HelpName = "A" };
        var frequency = new Option<string?>("--freq")
        {
            Description = $"Only this frequency: {FrequencyCode.Allowed}.",
            HelpName = "F",
        };
        var from = new Option<string?>("--from") { Description = "From this period on.", HelpName = "P" };
        var to = new Option<string?>("--to") { Description = "Up to and with this period.", HelpName = "P" };
        var asOf = new Option<string?>("--as-of") { Description = "What was known at this instant.", HelpName = "T" };
        var format = new Option<string>("--format")
        {
            Description = "csv or json.",
            HelpName = "csv|json",
            DefaultValueFactory = _ => "csv",
        };
        var command = new Command("export", "Write figures with their derivations to standard output.")
        {
            set,
            indicator,
            measure,
            area,
            frequency,
            from,
            to,
            asOf,
            format,
        };
        command.SetAction(
            context.Guarded(
                async (parsed, cancellationToken) =>
                {
                    var (first, last) = (
                        PeriodOption("--from", parsed.GetValue(from)),
                        PeriodOption("--to", parsed.GetValue(to))
                    );
                    using var writer = FigureWriters.Create(parsed.GetRequiredValue(format), context.Terminal.Out);
                    var engine = await context.OpenAsync(parsed, cancellationToken);
                    var code = Engine.FindSet(engine.Catalog, parsed.GetRequiredValue(set)).Code;
                    var query = new FigureQuery(
                        code,
                        Known(
                            parsed.GetValue(indicator),
                            "--indicator",
                            code,
                            of => engine.Catalog.FindIndicator(code, of) is not null
                        ),
                        Known(
                            parsed.GetValue(measure),
                            "--measure",
                            code,
                            of => engine.Catalog.FindMeasure(code, of) is not null
                        ),
                        Areas(engine, parsed.GetValue(area)),
                        FrequencyOption(parsed.GetValue(frequency)),
                        InstantText.Parse("--as-of", parsed.GetValue(asOf))
                    );
                    await foreach (var row in engine.Figures.ReadAsync(query, first, last, cancellationToken))
                        writer.Write(row);
                    return ExitCode.Done;
                }
            )
        );
        return command;
    }

    private static string? Known(string? code, string option, string set, Func<string, bool> isKnown) =>
        code is null || isKnown(code)
            ? code
            : throw new CommandException($"{option} '{code}' is not in set {set}; 'catalog list --set {set}' shows its codes.");

    private static List<string>? Areas(Engine engine, string? code)
    {
        if (code is null)
            return null;
        var areas = engine.Catalog.AreasWithCode(code).Select(area => area.Id).ToList();
        return areas.Count > 0 ? areas : throw new CommandException($"--area '{code}': no area bears or bore this code.");
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
