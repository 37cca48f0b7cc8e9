using System.CommandLine;
using KpiMetrics.Core.Derivation.Plans;
using KpiMetrics.Core.Periods;
using KpiMetrics.Pipeline.Ledger;
using KpiMetrics.Worker.Composition;

namespace KpiMetrics.Worker.Commands;

/// <summary><c>plan list --set S</c>: every version of the plans, and which of them counts.</summary>
internal sealed class PlanListCommand : Command
{
    private readonly Option<string> set = new("--set")
    {
        Description = "The indicator set.",
        HelpName = "S",
        Required = true,
    };

    private readonly Option<string?> measure = new("--measure") { Description = "Only this measure.", HelpName = "M" };

    private readonly Option<string?> area = new("--area")
    {
        Description = "Only areas that bear or bore this code.",
        HelpName = "A",
    };

    private readonly Option<int?> year = new("--year") { Description = "Only plans of this year.", HelpName = "Y" };

    private readonly Option<string?> asOf = new("--as-of") { Description = "What was known at this instant.", HelpName = "T" };

    private readonly Option<bool> json = new("--json") { Description = "Machine-readable." };

    public PlanListCommand(CommandContext context)
        : base("list", "Show every version of the plans; those that count are marked with *.")
    {
        Add(set);
        Add(measure);
        Add(area);
        Add(year);
        Add(asOf);
        Add(json);
        SetAction(context.Guarded((parsed, cancellationToken) => RunAsync(context, parsed, cancellationToken)));
    }

    private async Task<int> RunAsync(CommandContext context, ParseResult parsed, CancellationToken cancellationToken)
    {
        var at = InstantText.Parse("--as-of", parsed.GetValue(asOf));
        var of = parsed.GetValue(year);
        if (of is < Period.FirstYear or > Period.LastYear)
            throw new CommandException($"--year is {of}; allowed: {Period.FirstYear}..{Period.LastYear}.");
        var engine = await context.OpenAsync(parsed, cancellationToken);
        var catalog = engine.Catalog;
        var code = Engine.FindSet(catalog, parsed.GetRequiredValue(set)).Code;
        var query = new PlanQuery(
            code,
            CatalogCodes.Measure(catalog, code, parsed.GetValue(measure)),
            CatalogCodes.Areas(catalog, parsed.GetValue(area)),
            of,
            at
        );
        var rows = new List<PlanRow>();
        await foreach (var (key, versions) in engine.Ledger.ReadPlansAsync(query, cancellationToken))
            rows.AddRange(Rows(key, catalog.FindAreaById(key.Area)?.Code ?? key.Area, versions));
        context.Terminal.Out.WriteLine(parsed.GetValue(json) ? PlanListing.ToJson(rows) : PlanListing.ToText(rows));
        return ExitCode.Done;
    }

    private static IEnumerable<PlanRow> Rows(PlanKey key, string areaCode, IReadOnlyList<PlanVersion> versions)
    {
        var counting = versions
            .GroupBy(version => (version.Scheme, version.Stated))
            .Select(PlanVersions.Current)
            .ToHashSet(ReferenceEqualityComparer.Instance);
        return versions.Select(version => new PlanRow(key, areaCode, version, counting.Contains(version)));
    }
}
