using System.CommandLine;
using System.Globalization;
using KpiMetrics.Pipeline.Catalog.Areas;
using KpiMetrics.Worker.Composition;

namespace KpiMetrics.Worker.Commands;

/// <summary><c>areas import FILE</c>: a list of areas, or which old area went into which new one.</summary>
internal sealed class AreasImportCommand : Command
{
    private readonly Argument<string> file = new("FILE")
    {
        Description = "CSV with code, name (a list) or old_code, new_code (a lineage); see the README for its other columns.",
    };

    private readonly Option<string?> name = new("--name")
    {
        Description = "What the import is called, to add to it or remove it later; else the file's name.",
        HelpName = "NAME",
    };

    private readonly Option<string?> level = new("--level")
    {
        Description = "Level of listed areas without one: province or commune.",
        HelpName = "L",
    };

    private readonly Option<string?> from = new("--from")
    {
        Description = "First day of listed areas without one.",
        HelpName = "DATE",
    };

    private readonly Option<string?> parent = new("--parent")
    {
        Description = "Code of the area that listed areas without a parent lie in.",
        HelpName = "CODE",
    };

    private readonly Option<string?> on = new("--on")
    {
        Description = "Of a lineage: the first day of the new areas; the old ones ended the day before.",
        HelpName = "DATE",
    };

    private readonly Option<string?> oldFrom = new("--old-from")
    {
        Description =
            "Of a lineage: the first day of old areas that are not known yet. Default 2004-07-08 (decision 124/2004/QĐ-TTg).",
        HelpName = "DATE",
    };

    private readonly Option<bool> dryRun = new("--dry-run") { Description = "Check everything, keep nothing." };

    public AreasImportCommand(CommandContext context)
        : base("import", "Add provinces and communes, or what became of them, from a CSV.")
    {
        Add(file);
        Add(name);
        Add(level);
        Add(from);
        Add(parent);
        Add(on);
        Add(oldFrom);
        Add(dryRun);
        SetAction(
            context.Guarded(
                (parsed, _) =>
                {
                    var defaults = new AreaImportOptions();
                    var options = defaults with
                    {
                        Level = AreasCommand.Level(parsed.GetValue(level)),
                        From = AreasCommand.Day("--from", parsed.GetValue(from)),
                        Parent = parsed.GetValue(parent),
                        On = AreasCommand.Day("--on", parsed.GetValue(on)),
                        OldFrom = AreasCommand.Day("--old-from", parsed.GetValue(oldFrom)) ?? defaults.OldFrom,
                    };
                    var path = parsed.GetRequiredValue(file);
                    var called = CheckedName(parsed.GetValue(name) ?? Path.GetFileNameWithoutExtension(path));
                    return Task.FromResult(
                        Run(context, context.Settings(parsed), path, called, options, parsed.GetValue(dryRun))
                    );
                }
            )
        );
    }

    /// <exception cref="CommandException">The text cannot name a file.</exception>
    public static string CheckedName(string text) =>
        text.Length is > 0 and <= 60
        && char.IsAsciiLetterOrDigit(text[0])
        && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.')
            ? text
            : throw new CommandException(
                $"The import cannot be called '{text}'; give a --name of 1 to 60 letters, digits, '-', '_' and '.', the first a letter or digit."
            );

    private static int Run(
        CommandContext context,
        EngineSettings settings,
        string path,
        string called,
        AreaImportOptions options,
        bool dryRun
    )
    {
        if (!File.Exists(path))
            throw new CommandException($"There is no file '{path}'.");
        var catalog = Engine.ReadCatalog(settings, settings.OwnFolders); // what is kept must hold when the demo is off, too
        var terminal = context.Terminal;
        var import = AreaImport.Read(path, options, catalog, rows => Progress(terminal, rows));
        terminal.ProgressDone();
        foreach (
            var line in import
                .Refusals.Select(refusal => refusal.ToString())
                .Concat(import.Notes.Select(note => $"{path}: {note}"))
        )
            terminal.Error.WriteLine(line);
        if (!import.ChangesNothing)
            settings.Areas.Save(called, import, settings.OwnFolders, dryRun);
        terminal.Out.WriteLine(Summary(import, called, dryRun));
        return import.Refused > 0 ? ExitCode.SomeRefused : ExitCode.Done;
    }

    private static void Progress(Terminal terminal, int rows)
    {
        if (rows % 1000 == 0)
            terminal.Progress(string.Create(CultureInfo.InvariantCulture, $"{rows} rows"));
    }

    private static string Summary(AreaImportResult import, string called, bool dryRun)
    {
        var completed = import.Completed > 0 ? $" ({import.Completed} completed)" : "";
        var old = import.OldAreas > 0 ? $"; {import.OldAreas} old areas were added" : "";
        var end =
            import.ChangesNothing ? "; nothing changed"
            : dryRun ? " (dry run: nothing was kept)"
            : $"; kept as '{called}'";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{import.Rows} {import.What}: {import.New} new, {import.Known} already known{completed}, {import.Refused} refused{old}{end}"
        );
    }
}
