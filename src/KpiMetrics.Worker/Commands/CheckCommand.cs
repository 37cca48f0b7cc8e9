using System.CommandLine;
using System.Globalization;
using KpiMetrics.Pipeline.Checks;
using KpiMetrics.Pipeline.Checks.Statistics;
using KpiMetrics.Pipeline.Ledger;
using KpiMetrics.Worker.Composition;

namespace KpiMetrics.Worker.Commands;

/// <summary><c>check --set S</c>: where the reported figures contradict each other, and which are not like their past. Findings are no failure: the exit code is 0.</summary>
internal sealed class CheckCommand : Command
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

    private readonly Option<string?> at = new("--at") { Description = "What was known at this instant.", HelpName = "T" };

    private readonly Option<bool> json = new("--json") { Description = "Machine-readable." };

    private readonly Option<bool> untestable = new("--untestable")
    {
        Description = "Also each figure that could not be held against its past, and why.",
    };

    public CheckCommand(CommandContext context)
        : base(
            "check",
            "Hold the reported figures of a set against each other and against their past, and list what does not fit."
        )
    {
        Add(set);
        Add(indicator);
        Add(measure);
        Add(area);
        Add(at);
        Add(json);
        Add(untestable);
        SetAction(context.Guarded((parsed, cancellationToken) => RunAsync(context, parsed, cancellationToken)));
    }

    private async Task<int> RunAsync(CommandContext context, ParseResult parsed, CancellationToken cancellationToken)
    {
        var instant = InstantText.Parse("--at", parsed.GetValue(at));
        var engine = await context.OpenAsync(parsed, cancellationToken);
        var catalog = engine.Catalog;
        var code = Engine.FindSet(catalog, parsed.GetRequiredValue(set)).Code;
        var query = new FigureQuery(
            code,
            CatalogCodes.Indicator(catalog, code, parsed.GetValue(indicator)),
            CatalogCodes.Measure(catalog, code, parsed.GetValue(measure)),
            CatalogCodes.Areas(catalog, parsed.GetValue(area)),
            AsOf: instant
        );
        var isAll = parsed.GetValue(untestable);
        using IFindingWriter writer = parsed.GetValue(json)
            ? new FindingJsonWriter(context.Terminal.Out, catalog, isAll)
            : new FindingTextWriter(context.Terminal.Out, catalog, isAll);
        var done = 0;
        var checks = await ChecksAsync(engine, code, instant, cancellationToken);
        await foreach (var result in checks.ReadAsync(query, cancellationToken))
        {
            done++;
            context.Terminal.Progress(string.Create(CultureInfo.InvariantCulture, $"{done} measures, {result.Measure.Code}"));
            if (result.Findings.Count > 0)
                context.Terminal.ProgressDone();
            writer.Write(result);
        }
        context.Terminal.ProgressDone();
        writer.Complete();
        return ExitCode.Done;
    }

    // As a worker would find it; of an earlier instant with the emergencies known then.
    private static async Task<LedgerChecks> ChecksAsync(
        Engine engine,
        string set,
        DateTimeOffset? at,
        CancellationToken cancellationToken
    )
    {
        var declared = await engine.Ledger.ReadEmergenciesAsync(cancellationToken);
        return at is { } then
            ? new(engine.Catalog, engine.Ledger) { Emergencies = [.. declared.Where(emergency => emergency.DeclaredAt <= then)] }
            : new(engine.Catalog, engine.Ledger)
            {
                Emergencies = declared,
                Open = await OpenSuspicions.ReadAsync(engine.Ledger, set, cancellationToken),
            };
    }
}
