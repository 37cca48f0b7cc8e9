using System.CommandLine;
using System.Globalization;
using KpiMetrics.Core.Catalog;
using KpiMetrics.Worker.Composition;

namespace KpiMetrics.Worker.Commands;

/// <summary><c>areas import | list | show | remove</c>: provinces and communes with their dates, and what became of which.</summary>
internal static class AreasCommand
{
    public static Command Create(CommandContext context) =>
        new("areas", "Provinces and communes, their dates and what became of them.")
        {
            new AreasImportCommand(context),
            List(context),
            Show(context),
            Remove(context),
        };

    private static Command List(CommandContext context)
    {
        var at = At();
        var level = new Option<string?>("--level") { Description = "Areas of one level only.", HelpName = "L" };
        var within = new Option<string?>("--within") { Description = "Areas in this one only, at any depth.", HelpName = "CODE" };
        var json = new Option<bool>("--json") { Description = "Machine-readable." };
        var command = new Command("list", "Show the areas that stand on a day.") { at, level, within, json };
        command.SetAction(
            context.Guarded(
                (parsed, _) =>
                {
                    var catalog = Engine.ReadCatalog(context.Settings(parsed));
                    var day = Day("--at", parsed.GetValue(at)) ?? Today(context);
                    var areas = AreaListing.Find(catalog, day, Level(parsed.GetValue(level)), parsed.GetValue(within));
                    context.Terminal.Out.WriteLine(
                        parsed.GetValue(json) ? AreaListing.ToJson(catalog, areas, day) : AreaListing.ToText(areas, day)
                    );
                    return Task.FromResult(ExitCode.Done);
                }
            )
        );
        return command;
    }

    private static Command Show(CommandContext context)
    {
        var code = new Argument<string>("CODE") { Description = "The code it bears on the day." };
        var at = At();
        var json = new Option<bool>("--json") { Description = "Machine-readable." };
        var command = new Command("show", "Show one area: its dates, what it was made from and what became of it.")
        {
            code,
            at,
            json,
        };
        command.SetAction(
            context.Guarded(
                (parsed, _) =>
                {
                    var catalog = Engine.ReadCatalog(context.Settings(parsed));
                    var day = Day("--at", parsed.GetValue(at)) ?? Today(context);
                    var area = AreaListing.FindOne(catalog, parsed.GetRequiredValue(code), day);
                    context.Terminal.Out.WriteLine(
                        parsed.GetValue(json)
                            ? AreaDescription.ToJson(catalog, area, day)
                            : AreaDescription.ToText(catalog, area, day)
                    );
                    return Task.FromResult(ExitCode.Done);
                }
            )
        );
        return command;
    }

    private static Command Remove(CommandContext context)
    {
        var name = new Argument<string>("NAME")
        {
            Description = "The name of the import: that of its file, or what --name said.",
        };
        var command = new Command("remove", "Undo an import of areas.") { name };
        command.SetAction(
            context.Guarded(
                (parsed, _) =>
                {
                    var settings = context.Settings(parsed);
                    settings.Areas.Remove(AreasImportCommand.CheckedName(parsed.GetRequiredValue(name)), settings.OwnFolders);
                    context.Terminal.Out.WriteLine($"The areas imported as '{parsed.GetRequiredValue(name)}' are removed.");
                    return Task.FromResult(ExitCode.Done);
                }
            )
        );
        return command;
    }

    private static Option<string?> At() =>
        new("--at") { Description = "The day, such as 2025-06-30; today where it is not given.", HelpName = "DATE" };

    private static DateOnly Today(CommandContext context) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(context.Clock.GetUtcNow(), VietnamTime.Zone).DateTime);

    /// <exception cref="CommandException">The text is no day.</exception>
    public static DateOnly? Day(string option, string? text) =>
        text is null ? null
        : DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
        && day.Year is >= 1900 and <= 2199
            ? day
        : throw new CommandException($"{option} '{text}' is no day from 1900 to 2199; write it as 2025-06-30.");

    /// <exception cref="CommandException">The text is no level.</exception>
    public static AreaLevel? Level(string? text) =>
        text is null ? null
        : Vocabularies.Levels.TryParse(text, out var level) ? level
        : throw new CommandException($"--level is '{text}'; allowed: {Vocabularies.Levels.Allowed}.");
}
