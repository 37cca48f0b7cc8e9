using System.CommandLine;
using KpiMetrics.Core.Obligations;
using KpiMetrics.Worker.Composition;

namespace KpiMetrics.Worker.Commands.Obligations;

/// <summary><c>obligations --set S</c>: what must be reported, what is late, and whose fault that looks like; with <c>extend | waive | restore</c>.</summary>
internal sealed class ObligationsCommand : Command
{
    private const int DefaultLimit = 50;

    private readonly ObligationOptionSet of = new();

    private readonly Option<string?> from = new("--from") { Description = "Periods from this one on.", HelpName = "P" };

    private readonly Option<string?> to = new("--to") { Description = "Periods up to this one.", HelpName = "P" };

    private readonly Option<string?> state = new("--state")
    {
        Description = $"Only in these states, with commas between: {ObligationStateName.Allowed}.",
        HelpName = "S1,S2",
    };

    private readonly Option<string?> at = new("--at") { Description = "How it stood at this instant.", HelpName = "T" };

    private readonly Option<bool> rates = new("--rates") { Description = "How much came, and in time, by agency and frequency." };

    private readonly Option<bool> json = new("--json") { Description = "Machine-readable, with everything." };

    private readonly Option<int?> limit = new("--limit")
    {
        Description = $"How many are shown at most: of a table {DefaultLimit} without it, of --json all.",
        HelpName = "N",
    };

    public ObligationsCommand(CommandContext context)
        : base("obligations", "What must be reported, what is late and whose fault it looks like.")
    {
        Add(of.Set);
        Add(of.Indicator);
        Add(of.Area);
        Add(of.Agency);
        Add(of.Frequency);
        Add(from);
        Add(to);
        Add(state);
        Add(at);
        Add(rates);
        Add(json);
        Add(limit);
        Add(new ExemptCommand(context, ExemptionAction.Extend));
        Add(new ExemptCommand(context, ExemptionAction.Waive));
        Add(new ExemptCommand(context, ExemptionAction.Restore));
        SetAction(context.Guarded((parsed, cancellationToken) => RunAsync(context, parsed, cancellationToken)));
    }

    private async Task<int> RunAsync(CommandContext context, ParseResult parsed, CancellationToken cancellationToken)
    {
        var most = parsed.GetValue(limit);
        if (most < 1)
            throw new CommandException($"--limit is {most}; allowed: 1 and more.");
        var instant = InstantText.Parse("--at", parsed.GetValue(at)) ?? context.Clock.GetUtcNow();
        var engine = await context.OpenAsync(parsed, cancellationToken);
        var reader = new ObligationFilterReader(engine.Catalog, "--");
        var filter = of.Filter(reader, parsed, instant) with
        {
            From = reader.Period("from", parsed.GetValue(from)),
            To = reader.Period("to", parsed.GetValue(to)),
            States = reader.States(parsed.GetValue(state)),
        };
        reader.CheckSpan(filter.From, filter.To);
        var desk = ObligationDesk.Of(engine);
        var asJson = parsed.GetValue(json);
        if (parsed.GetValue(rates))
        {
            var found = await desk.RatesAsync(filter, cancellationToken);
            context.Terminal.Out.WriteLine(asJson ? ObligationJson.Of(found) : ObligationText.Table(found));
            return ExitCode.Done;
        }
        var lines = new List<ObligationLine>();
        var counts = new Dictionary<ObligationState, int>();
        await foreach (var line in desk.ReadAsync(filter, cancellationToken))
        {
            counts[line.State] = counts.GetValueOrDefault(line.State) + 1;
            if (filter.States.Count > 0 || asJson || !line.IsSettled)
                lines.Add(line);
        }
        if (asJson)
        {
            context.Terminal.Out.WriteLine(ObligationJson.Of(lines.Take(most ?? int.MaxValue)));
            return ExitCode.Done;
        }
        var shown = Chosen(lines, most ?? DefaultLimit);
        if (shown.Count > 0)
            context.Terminal.Out.WriteLine(ObligationText.Table(shown));
        context.Terminal.Out.WriteLine(ObligationText.Summary(counts, shown.Count, instant));
        return ExitCode.Done;
    }

    // Half of the page at least for what is late, the latest due first to be cut; the rest for what is due next.
    private static List<ObligationLine> Chosen(List<ObligationLine> lines, int most)
    {
        var late = lines.Where(line => line.IsLate).OrderByDescending(line => line.DueAt).ToList();
        var next = lines.Where(line => !line.IsLate).OrderBy(line => line.DueAt).ToList();
        var shownLate = late.Take(Math.Max(most - next.Count, (most + 1) / 2)).ToList();
        return [.. shownLate.OrderBy(line => line.DueAt), .. next.Take(most - shownLate.Count)];
    }
}
