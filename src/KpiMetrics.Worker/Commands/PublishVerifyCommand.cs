using System.CommandLine;
using System.Globalization;
using KpiMetrics.Pipeline.Publishing;
using KpiMetrics.Pipeline.Publishing.Verifying;
using KpiMetrics.Worker.Composition;
using Microsoft.Extensions.Logging.Abstractions;

namespace KpiMetrics.Worker.Commands;

/// <summary>
/// <c>publish verify</c>. Exit codes: 0 where ledger and InfluxDB agree, or do now; 2 where <c>--dry-run</c> found differences, or some could not be
/// mended, each a line on standard error.
/// </summary>
internal sealed class PublishVerifyCommand : Command
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly Option<string?> set = new("--set") { Description = "Only this indicator set.", HelpName = "S" };

    private readonly Option<string?> indicator = new("--indicator")
    {
        Description = "Only this indicator; with --set.",
        HelpName = "I",
    };

    private readonly Option<bool> dryRun = new("--dry-run") { Description = "Only tell, change nothing." };

    private readonly Option<bool> json = new("--json") { Description = "Machine-readable." };

    public PublishVerifyCommand(CommandContext context)
        : base("verify", "Compare InfluxDB with the ledger, by indicator and month, and mend what differs.")
    {
        Add(set);
        Add(indicator);
        Add(dryRun);
        Add(json);
        SetAction(context.Guarded((parsed, cancellationToken) => RunAsync(context, parsed, cancellationToken)));
    }

    private async Task<int> RunAsync(CommandContext context, ParseResult parsed, CancellationToken cancellationToken)
    {
        var scope = new VerifyScope(parsed.GetValue(set), parsed.GetValue(indicator));
        if (scope is { Indicator: not null, Set: null })
            throw new CommandException("--indicator needs --set.");
        var engine = await context.OpenAsync(parsed, cancellationToken);
        var options = PublishCommand.Options(engine);
        using var http = InfluxWriters.CreateClient();
        var writer = InfluxWriters.Create(http, options, NullLogger.Instance);
        var verifier = new PublishVerifier(
            engine.Ledger,
            engine.Ledger,
            writer,
            new StoredPoints(http, options),
            new PublishStage(engine.Ledger, engine.Ledger, writer, engine.Catalog, VietnamTime.Zone),
            engine.Catalog,
            VietnamTime.Zone,
            token => HoldAsync(context, engine, token)
        );
        try
        {
            var result = await verifier.RunAsync(
                scope,
                mends: !parsed.GetValue(dryRun),
                "cli",
                context.Clock.GetUtcNow(),
                cancellationToken,
                (points, place) =>
                    context.Terminal.Progress(string.Create(CultureInfo.InvariantCulture, $"{points} points, {place}"))
            );
            context.Terminal.ProgressDone();
            context.Terminal.Out.WriteLine(
                parsed.GetValue(json) ? VerifyText.Json(result) : VerifyText.Print(result, parsed.GetValue(dryRun))
            );
            foreach (var line in result.NotMended)
                context.Terminal.Error.WriteLine(line);
            return result.NotMended.Count > 0 || parsed.GetValue(dryRun) && result.Different > 0
                ? ExitCode.SomeRefused
                : ExitCode.Done;
        }
        catch (Exception fault) when (fault is InfluxUnavailableException or InfluxRefusedException)
        {
            throw new CommandException(fault.Message);
        }
    }

    // A round of the worker takes moments, but after an outage many.
    private static async Task<IDisposable> HoldAsync(CommandContext context, Engine engine, CancellationToken cancellationToken)
    {
        var gate = new PublishLock(engine.Settings.LockFile);
        var start = context.Clock.GetTimestamp();
        while (true)
        {
            if (gate.TryTake() is { } held)
                return held;
            if (context.Clock.GetElapsedTime(start) > Patience)
                throw new CommandException(
                    "The running worker has been publishing for a minute; try again when less waits ('publish status')."
                );
            await Task.Delay(TimeSpan.FromMilliseconds(50), context.Clock, cancellationToken);
        }
    }
}
