using System.CommandLine;
using KpiMetrics.Core.Periods;
using KpiMetrics.Pipeline.Derivation;
using KpiMetrics.Worker.Commands.Explain;
using KpiMetrics.Worker.Composition;

namespace KpiMetrics.Worker.Commands;

/// <summary><c>explain SERIES --period P</c>: where a number came from and how it was computed.</summary>
internal sealed class ExplainCommand : Command
{
    private readonly Argument<string> series = new("SERIES")
    {
        Description = $"{SeriesText.Form}, such as cchc/CC-F303.01/24; AREA is a code, or an identity such as 24@2025-07-01.",
    };

    private readonly Option<string> period = new("--period")
    {
        Description = $"The period, which also says the frequency: {Period.Forms}.",
        HelpName = "P",
        Required = true,
    };

    private readonly Option<string?> asOf = new("--as-of") { Description = "What was known at this instant.", HelpName = "T" };

    private readonly Option<bool> json = new("--json") { Description = "Machine-readable, with every input." };

    public ExplainCommand(CommandContext context)
        : base("explain", "Show a figure's value, formula, inputs with revisions and sources, and the rules behind it.")
    {
        Add(series);
        Add(period);
        Add(asOf);
        Add(json);
        SetAction(context.Guarded((parsed, cancellationToken) => RunAsync(context, parsed, cancellationToken)));
    }

    private async Task<int> RunAsync(CommandContext context, ParseResult parsed, CancellationToken cancellationToken)
    {
        if (!Period.TryParse(parsed.GetRequiredValue(period), out var of, out var why))
            throw new CommandException($"--period {why}");
        var at = InstantText.Parse("--as-of", parsed.GetValue(asOf));
        var engine = await context.OpenAsync(parsed, cancellationToken);
        var key = SeriesText.Resolve(engine.Catalog, parsed.GetRequiredValue(series), of);
        var explained =
            await new ExplainedFigures(engine.Catalog, engine.Ledger, context.Clock).ExplainAsync(key, of, at, cancellationToken)
            ?? throw new CommandException($"The catalog has no series '{parsed.GetRequiredValue(series)}'.");
        if (parsed.GetValue(json))
            context.Terminal.Out.WriteLine(ExplanationJson.Of(explained, at));
        else
            context.Terminal.Out.Write(new ExplanationText(engine.Catalog, explained, at).ToString());
        return ExitCode.Done;
    }
}
