using System.CommandLine;
using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Catalog.Changes;
using KpiMetrics.Pipeline.Catalog;
using KpiMetrics.Worker.Composition;

namespace KpiMetrics.Worker.Commands;

/// <summary><c>catalog diff OLD NEW</c>.</summary>
internal static class CatalogDiffCommand
{
    public static Command Create(CommandContext context)
    {
        var old = new Argument<string>("OLD") { Description = "The sets in use: a set file or a folder of them." };
        var next = new Argument<string>("NEW") { Description = "Their next version: a set file or a folder of them." };
        var json = new Option<bool>("--json") { Description = "Machine-readable." };
        var command = new Command("diff", "Show what a new version of a set will change, and what of the past it would.")
        {
            old,
            next,
            json,
        };
        command.SetAction(
            context.Guarded(
                (parsed, _) =>
                {
                    var settings = context.Settings(parsed);
                    var (oldPath, nextPath) = (parsed.GetRequiredValue(old), parsed.GetRequiredValue(next));
                    if (Read(context, settings, oldPath) is not { } before || Read(context, settings, nextPath) is not { } after)
                        return Task.FromResult(ExitCode.Failed);
                    var today = TimeZoneInfo.ConvertTime(context.Clock.GetUtcNow(), VietnamTime.Zone).DateTime;
                    var changes = CatalogChanges.Between(
                        Asked(before.Sets, oldPath, after.Sets, nextPath),
                        Asked(after.Sets, nextPath, before.Sets, oldPath),
                        DateOnly.FromDateTime(today)
                    );
                    context.Terminal.Out.WriteLine(
                        parsed.GetValue(json) ? ChangeListing.ToJson(changes) : ChangeListing.ToText(changes)
                    );
                    return Task.FromResult(ExitCode.Done);
                }
            )
        );
        return command;
    }

    private static CatalogSnapshot? Read(CommandContext context, EngineSettings settings, string path)
    {
        var reading = CatalogReader.Read(CatalogPaths.Of(settings, path));
        foreach (var fault in reading.Faults)
            context.Terminal.Error.WriteLine(fault);
        return reading.Snapshot;
    }

    // Of a folder beside a single file only the file's own set is meant: the others have not gone.
    private static IReadOnlyList<IndicatorSet> Asked(
        IReadOnlyList<IndicatorSet> sets,
        string path,
        IReadOnlyList<IndicatorSet> others,
        string otherPath
    ) =>
        Directory.Exists(path) && File.Exists(otherPath)
            ? [.. sets.Where(set => others.Any(other => other.Code == set.Code))]
            : sets;
}
