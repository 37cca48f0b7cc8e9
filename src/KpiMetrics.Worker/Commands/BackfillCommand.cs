using System.CommandLine;
using System.Globalization;
using KpiMetrics.Worker.Commands.Schedule;
using KpiMetrics.Worker.Composition;
using KpiMetrics.Worker.Scheduling;
using KpiMetrics.Worker.Scheduling.Backfills;

namespace KpiMetrics.Worker.Commands;

/// <summary><c>backfill --set S --from P --to P</c>: asks the sources for a span of the past, oldest first.</summary>
internal sealed class BackfillCommand : Command
{
    private readonly Option<string> set = new("--set")
    {
        Description = "The indicator set.",
        HelpName = "S",
        Required = true,
    };

    private readonly Option<string> from = new("--from")
    {
        Description = "The first period, of any frequency: 2024, 2024-Q3, 2024-07, 2024-07-01.",
        HelpName = "P",
        Required = true,
    };

    private readonly Option<string> to = new("--to")
    {
        Description = "The last period, of any frequency; included.",
        HelpName = "P",
        Required = true,
    };

    private readonly Option<string?> indicator = new("--indicator") { Description = "Only this indicator.", HelpName = "I" };

    private readonly Option<string?> source = new("--source") { Description = "Only from this source.", HelpName = "NAME" };

    private readonly Option<bool> dryRun = new("--dry-run") { Description = "List the questions, ask none." };

    private readonly ScheduleOptionSet options;

    public BackfillCommand(CommandContext context)
        : base("backfill", "Ask the sources for a span of the past, oldest first; what is known is not taken twice.")
    {
        options = new(context);
        Add(set);
        Add(from);
        Add(to);
        Add(indicator);
        Add(source);
        Add(dryRun);
        Add(options.Json);
        SetAction(options.Guarded(RunAsync));
    }

    private async Task<int> RunAsync(
        ParseResult parsed,
        ScheduleTools tools,
        DateTimeOffset at,
        CancellationToken cancellationToken
    )
    {
        var questions = Questions(parsed, tools, at);
        var asJson = parsed.GetValue(options.Json);
        if (parsed.GetValue(dryRun))
        {
            WriteQuestions(questions, asJson);
            return ExitCode.Done;
        }
        if (questions.Count == 0)
            throw new CommandException("No source serves anything of this span: there is nothing to ask.");
        if (tools.Seams.Backfill is not { } backfill)
            throw new CommandException("Sources cannot be asked for the past here; --dry-run lists what would be asked.");
        var progress = new ImmediateProgress(options.Terminal);
        var result = await backfill(questions, progress, cancellationToken);
        options.Terminal.ProgressDone();
        options.Terminal.Out.WriteLine(asJson ? BackfillJson.Result(result) : Text(result));
        return (result.Failed, result.Refused) switch
        {
            (> 0, _) => ExitCode.Failed,
            (_, > 0) => ExitCode.SomeRefused,
            _ => ExitCode.Done,
        };
    }

    private IReadOnlyList<BackfillQuestion> Questions(ParseResult parsed, ScheduleTools tools, DateTimeOffset at) =>
        new BackfillScope(
            parsed.GetRequiredValue(set),
            parsed.GetRequiredValue(from),
            parsed.GetRequiredValue(to),
            parsed.GetValue(indicator),
            parsed.GetValue(source)
        ).Questions(tools.Engine, tools.Seams, at, "--");

    private void WriteQuestions(IReadOnlyList<BackfillQuestion> questions, bool asJson)
    {
        var output = options.Terminal.Out;
        if (asJson)
        {
            output.WriteLine(BackfillJson.Questions(questions));
            return;
        }
        foreach (var question in questions)
            output.WriteLine(question);
        output.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{questions.Count} questions for {questions.Sum(question => question.Periods.Count)} periods; none was asked"
            )
        );
    }

    private static string Text(BackfillResult result) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{result.Answered} questions answered, {result.Failed} not; {result.Recorded} figures recorded, {result.Repeated} repeated, {result.Refused} refused"
        );

    // Progress of the library comes on other threads, and may come after the end.
    private sealed class ImmediateProgress(Terminal terminal) : IProgress<BackfillProgress>
    {
        public void Report(BackfillProgress value) =>
            terminal.Progress(
                string.Create(CultureInfo.InvariantCulture, $"{value.Done} of {value.Total} questions, {value.Last.Periods[0]}")
            );
    }
}
