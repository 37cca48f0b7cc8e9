using System.CommandLine;
using System.Globalization;
using KpiMetrics.Core.Catalog;
using KpiMetrics.Pipeline.Catalog;
using KpiMetrics.Worker.Composition;
using KpiMetrics.Worker.Scheduling;

namespace KpiMetrics.Worker.Commands;

/// <summary><c>catalog check | list | diff</c>.</summary>
internal static class CatalogCommand
{
    public static Command Create(CommandContext context) =>
        new("catalog", "The indicator sets: check them, list them, compare versions.")
        {
            Check(context),
            List(context),
            CatalogDiffCommand.Create(context),
        };

    private static Command Check(CommandContext context)
    {
        var path = new Argument<string?>("PATH")
        {
            Description = "A set file or a folder of them; without it all sets in use are checked.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var command = new Command("check", "Say everything that is wrong with the sets, each as file:line: message.") { path };
        command.SetAction(
            context.Guarded(
                (parsed, _) =>
                {
                    var reading = CatalogReader.Read(CatalogPaths.Of(context.Settings(parsed), parsed.GetValue(path)));
                    foreach (var fault in reading.Faults)
                        context.Terminal.Error.WriteLine(fault);
                    if (reading.Snapshot is not { } catalog)
                        return Task.FromResult(ExitCode.Failed);
                    foreach (var set in reading.Replaced)
                        context.Terminal.Out.WriteLine($"{set.Code}: {set.File} takes the place of {set.Earlier}");
                    context.Terminal.Out.WriteLine(Summary(catalog));
                    if (HolidayWarning(catalog, context.Clock.GetUtcNow()) is { } warning)
                        context.Terminal.Error.WriteLine(warning);
                    return Task.FromResult(ExitCode.Done);
                }
            )
        );
        return command;
    }

    private static Command List(CommandContext context)
    {
        var set = new Option<string?>("--set")
        {
            Description = "The set whose indicators are listed; without it the sets are.",
            HelpName = "S",
        };
        var json = new Option<bool>("--json") { Description = "Machine-readable." };
        var command = new Command("list", "Show indicators, measures, frequencies and agencies.") { set, json };
        command.SetAction(
            context.Guarded(
                (parsed, _) =>
                {
                    var catalog = Engine.ReadCatalog(context.Settings(parsed));
                    var asJson = parsed.GetValue(json);
                    if (parsed.GetValue(set) is not { } code)
                        context.Terminal.Out.WriteLine(SetListing.Of(catalog, asJson));
                    else if (asJson)
                        context.Terminal.Out.WriteLine(CatalogDescription.ToJson(Engine.FindSet(catalog, code)));
                    else
                        context.Terminal.Out.WriteLine(CatalogListing.ToText(Engine.FindSet(catalog, code)));
                    return Task.FromResult(ExitCode.Done);
                }
            )
        );
        return command;
    }

    private static string Summary(CatalogSnapshot catalog) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{catalog.Sets.Count} {(catalog.Sets.Count == 1 ? "set" : "sets")}, {catalog.Sets.Sum(set => set.Indicators.Count())} indicators, {catalog.Sets.Sum(set => set.Measures.Count())} measures, {catalog.Areas.Count} areas, {Holidays(catalog)}: no faults"
        );

    // A path without any holidays is checked for what it has.
    private static string? HolidayWarning(CatalogSnapshot catalog, DateTimeOffset at) =>
        catalog.Calendar.Years.Count > 0 && catalog.Calendar.Lacking(LocalDay.Of(at)) is { } year
            ? string.Create(CultureInfo.InvariantCulture, $"warning: the holidays of {year} are not known: {HolidayWatch.Advice}")
            : null;

    private static string Holidays(CatalogSnapshot catalog) =>
        catalog.Calendar.Years.Count == 0
            ? "no holidays"
            : $"holidays of {string.Join(", ", catalog.Calendar.Years.Select(year => year.Year))}";
}
