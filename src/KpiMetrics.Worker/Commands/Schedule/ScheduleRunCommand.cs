using System.CommandLine;
using System.Text.Json;
using KpiMetrics.Core.Obligations;
using KpiMetrics.Worker.Composition;
using KpiMetrics.Worker.Scheduling;
using KpiMetrics.Worker.Scheduling.Changes;
using KpiMetrics.Worker.Scheduling.Lanes;

namespace KpiMetrics.Worker.Commands.Schedule;

/// <summary><c>schedule run I</c>: what the jobs of an indicator do, here and now; the worker's own jobs are not touched.</summary>
internal sealed class ScheduleRunCommand : Command
{
    public ScheduleRunCommand(CommandContext context)
        : base("run", "Look for an indicator's figures here and now, in this process, whatever its schedule says.")
    {
        var options = new ScheduleOptionSet(context);
        Add(options.Of);
        Add(options.Json);
        SetAction(
            options.Guarded(
                async (parsed, tools, at, cancellationToken) =>
                {
                    var of = parsed.GetRequiredValue(options.Of);
                    if (ScheduleSelection.Find(tools.Engine.Catalog, of, LocalDay.Of(at), out var fault) is not { } selection)
                        throw new CommandException(fault?.Message ?? "");
                    await tools.Engine.Ledger.NoteAsync(
                        Environment.UserName,
                        "schedule run",
                        new { target = selection.Target.Key },
                        at,
                        cancellationToken
                    );
                    var runs = new List<(Duty Duty, string Source, string Outcome)>();
                    foreach (var duty in selection.Duties)
                        await RunAsync(tools.Seams, duty, runs.Add, cancellationToken);
                    context.Terminal.Out.WriteLine(parsed.GetValue(options.Json) ? Json(runs) : Text(runs));
                    return ExitCode.Done;
                }
            )
        );
    }

    private static async Task RunAsync(
        ScheduleSeams seams,
        Duty duty,
        Action<(Duty Duty, string Source, string Outcome)> ended,
        CancellationToken cancellationToken
    )
    {
        foreach (var source in seams.SourcesOf(duty).DefaultIfEmpty(LaneSet.BuiltIn))
            ended((duty, source, await seams.Work(duty, source, cancellationToken)));
    }

    private static string Text(List<(Duty Duty, string Source, string Outcome)> runs) =>
        string.Join(
            Environment.NewLine,
            runs.Select(run => $"{run.Duty} from {run.Source}: {(run.Outcome.Length > 0 ? run.Outcome : "nothing to do")}")
        );

    private static string Json(List<(Duty Duty, string Source, string Outcome)> runs) =>
        JsonSerializer.Serialize(
            runs.Select(run => new
            {
                duty = run.Duty.ToString(),
                source = run.Source,
                outcome = run.Outcome.Length > 0 ? run.Outcome : null,
            }),
            ScheduleJson.Options
        );
}
