using System.CommandLine;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using KpiMetrics.Pipeline.Ledger;
using KpiMetrics.Pipeline.Publishing;
using KpiMetrics.Worker.Composition;
using Microsoft.Extensions.Logging.Abstractions;

namespace KpiMetrics.Worker.Commands;

/// <summary><c>publish status | rebuild | verify</c>.</summary>
internal static class PublishCommand
{
    private const int ShownRefusals = 20;

    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Command Create(CommandContext context) =>
        new("publish", "The points in InfluxDB: how far they are, fill them anew, hold them against the ledger.")
        {
            Status(context),
            Rebuild(context),
            new PublishVerifyCommand(context),
        };

    /// <exception cref="CommandException">InfluxDB is not configured.</exception>
    public static InfluxOptions Options(Engine engine)
    {
        var options = EngineOptions.Bind(engine.Settings.Configuration).Influx;
        return options.Url is not null
            ? options
            : throw new CommandException(
                "InfluxDB is not configured; set Influx:Url, for example Influx__Url=http://127.0.0.1:8086."
            );
    }

    private static Command Status(CommandContext context)
    {
        var json = new Option<bool>("--json") { Description = "Machine-readable." };
        var command = new Command("status", "Show what waits, what is published and what InfluxDB refused.") { json };
        command.SetAction(
            context.Guarded(
                async (parsed, cancellationToken) =>
                {
                    var engine = await context.OpenAsync(parsed, cancellationToken);
                    var options = EngineOptions.Bind(engine.Settings.Configuration).Influx;
                    var status = await engine.Ledger.ReadStatusAsync(cancellationToken);
                    var refused = await engine.Ledger.ReadRefusedAsync(ShownRefusals, cancellationToken);
                    context.Terminal.Out.WriteLine(
                        parsed.GetValue(json) ? Json(options, status) : Text(options, status, refused)
                    );
                    return ExitCode.Done;
                }
            )
        );
        return command;
    }

    private static Command Rebuild(CommandContext context)
    {
        var command = new Command("rebuild", "Publish every figure of the ledger again, for example into an empty InfluxDB.");
        command.SetAction(
            context.Guarded(
                async (parsed, cancellationToken) =>
                {
                    var engine = await context.OpenAsync(parsed, cancellationToken);
                    var options = Options(engine);
                    var marked = await engine.Ledger.MarkAllAsync("cli", context.Clock.GetUtcNow(), cancellationToken);
                    context.Terminal.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{marked} figures to publish"));
                    await using var turn = await engine
                        .PublishGate(options, context.Clock)
                        .TakeAsync(IPublishTurns.LongestRest, cancellationToken);
                    if (turn is null)
                    {
                        context.Terminal.Out.WriteLine(
                            "The running worker publishes them; 'publish status' shows how far it is."
                        );
                        return ExitCode.Done;
                    }
                    return await PublishAsync(context, engine, options, turn, cancellationToken);
                }
            )
        );
        return command;
    }

    private static async Task<int> PublishAsync(
        CommandContext context,
        Engine engine,
        InfluxOptions options,
        PublishTurn turn,
        CancellationToken cancellationToken
    )
    {
        using var http = InfluxWriters.CreateClient();
        var writer = InfluxWriters.Create(http, options, NullLogger.Instance);
        var stage = new PublishStage(engine.Ledger, engine.Ledger, writer, engine.Catalog, VietnamTime.Zone);
        try
        {
            var (points, deleted, refused) = await stage.RunAsync(
                turn,
                context.Clock.GetUtcNow(),
                cancellationToken,
                done => context.Terminal.Progress(string.Create(CultureInfo.InvariantCulture, $"{done.Points} points"))
            );
            context.Terminal.ProgressDone();
            context.Terminal.Out.WriteLine(
                string.Create(CultureInfo.InvariantCulture, $"{points} points published, {deleted} deleted, {refused} refused")
            );
            foreach (var point in await engine.Ledger.ReadRefusedAsync(refused > 0 ? ShownRefusals : 0, cancellationToken))
                context.Terminal.Error.WriteLine(
                    string.Create(CultureInfo.InvariantCulture, $"series {point.SeriesId}, {point.Period}: {point.Reason}")
                );
            return refused > 0 ? ExitCode.SomeRefused : ExitCode.Done;
        }
        catch (Exception fault) when (fault is InfluxUnavailableException or InfluxRefusedException or LeaseLostException)
        {
            throw new CommandException($"{fault.Message}; what is left waits in the outbox");
        }
    }

    private static string Json(InfluxOptions options, OutboxStatus status) =>
        JsonSerializer.Serialize(
            new
            {
                configured = options.Url is not null,
                waiting = status.Waiting,
                oldest = status.OldestMarkedAt is { } oldest ? InstantText.Print(oldest) : null,
                published = status.Published,
                refused = status.Refused,
            },
            Plain
        );

    private static string Text(InfluxOptions options, OutboxStatus status, IReadOnlyList<RefusedPoint> refused)
    {
        var lines = new List<string>
        {
            $"InfluxDB   {(options.Url is null ? "not configured (Influx:Url): points wait" : options.ToString())}",
            string.Create(CultureInfo.InvariantCulture, $"waiting    {status.Waiting} changed figures"),
            string.Create(CultureInfo.InvariantCulture, $"published  {status.Published} points"),
            string.Create(CultureInfo.InvariantCulture, $"refused    {status.Refused} points"),
        };
        if (status.OldestMarkedAt is { } oldest)
            lines[1] += $", the oldest since {InstantText.Print(oldest)}";
        lines.AddRange(
            refused.Select(point =>
                string.Create(CultureInfo.InvariantCulture, $"           series {point.SeriesId}, {point.Period}: {point.Reason}")
            )
        );
        return string.Join(Environment.NewLine, lines);
    }
}
