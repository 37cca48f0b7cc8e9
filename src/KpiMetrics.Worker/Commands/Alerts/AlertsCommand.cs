using System.CommandLine;
using KpiMetrics.Core.Alerting;
using KpiMetrics.Worker.Composition;

namespace KpiMetrics.Worker.Commands.Alerts;

/// <summary><c>alerts list | show | ack | explain | reopen</c>.</summary>
internal static class AlertsCommand
{
    private const int DefaultLimit = 50;

    public static Command Create(CommandContext context) =>
        new(
            "alerts",
            "What somebody must act on: late reports, failing sources, figures that look wrong. Look at them, take one on, explain it. Only evidence closes an alert: the value came, the figure was corrected, the source answered."
        )
        {
            List(context),
            Show(context),
            Acknowledge(context),
            Explain(context),
            Reopen(context),
        };

    private static Command List(CommandContext context)
    {
        var set = new Option<string?>("--set") { Description = "Only this indicator set.", HelpName = "S" };
        var agency = new Option<string?>("--agency")
        {
            Description = "Only those of this office, as the set prints it.",
            HelpName = "X",
        };
        var kind = new Option<string?>("--kind")
        {
            Description = $"Only of this kind: {AlertNames.AllowedKinds}.",
            HelpName = "K",
        };
        var state = new Option<string?>("--state")
        {
            Description = $"Only in these states, with commas between: {AlertNames.AllowedStates}. Without it all but resolved.",
            HelpName = "S1,S2",
        };
        var json = new Option<bool>("--json") { Description = "Machine-readable, with everything." };
        var limit = new Option<int?>("--limit")
        {
            Description = $"How many are shown at most: {DefaultLimit} without it, of --json all.",
            HelpName = "N",
        };
        var command = new Command("list", "Show alerts, the worst and oldest first.") { set, agency, kind, state, json, limit };
        command.SetAction(
            context.Guarded(
                async (parsed, cancellationToken) =>
                {
                    var most = parsed.GetValue(limit);
                    if (most < 1)
                        throw new CommandException($"--limit is {most}; allowed: 1 and more.");
                    var reader = new AlertFilterReader("--");
                    var query = reader.Read(null, parsed.GetValue(agency), parsed.GetValue(kind), parsed.GetValue(state));
                    var engine = await context.OpenAsync(parsed, cancellationToken);
                    if (parsed.GetValue(set) is { } code)
                        query = query with { Set = Engine.FindSet(engine.Catalog, code).Code };
                    var all = await engine.Ledger.ReadAlertsAsync(query, cancellationToken);
                    var asJson = parsed.GetValue(json);
                    var shown = all.Take(most ?? (asJson ? int.MaxValue : DefaultLimit)).ToList();
                    context.Terminal.Out.WriteLine(
                        asJson ? AlertJson.List(engine.Catalog, shown) : AlertText.List(shown, all.Count)
                    );
                    return ExitCode.Done;
                }
            )
        );
        return command;
    }

    private static Command Show(CommandContext context)
    {
        var alert = Name();
        var json = new Option<bool>("--json") { Description = "Machine-readable." };
        var command = new Command("show", "Show one alert and all that ever happened to it.") { alert, json };
        command.SetAction(
            context.Guarded(
                async (parsed, cancellationToken) =>
                {
                    var engine = await context.OpenAsync(parsed, cancellationToken);
                    var desk = new AlertDesk(engine.Ledger, "--");
                    var found = await desk.FindAsync(parsed.GetRequiredValue(alert), cancellationToken);
                    var history = await desk.HistoryAsync(found, cancellationToken);
                    context.Terminal.Out.WriteLine(
                        parsed.GetValue(json) ? AlertJson.One(engine.Catalog, found, history) : AlertText.Show(found, history)
                    );
                    return ExitCode.Done;
                }
            )
        );
        return command;
    }

    private static Command Acknowledge(CommandContext context)
    {
        var (alert, who) = (Name(), Who());
        var why = new Option<string?>("--why")
        {
            Description = "What you are going to do; kept in the audit trail.",
            HelpName = "W",
        };
        var command = new Command("ack", "Take an alert on: it stays open, and goes no further up.") { alert, why, who };
        command.SetAction(
            Doing(
                context,
                (desk, parsed, cancellationToken) =>
                    desk.AcknowledgeAsync(
                        parsed.GetRequiredValue(alert),
                        parsed.GetRequiredValue(who),
                        parsed.GetValue(why),
                        _ => { },
                        context.Clock.GetUtcNow(),
                        cancellationToken
                    )
            )
        );
        return command;
    }

    private static Command Explain(CommandContext context)
    {
        var (alert, who) = (Name(), Who());
        var text = new Option<string>("--text")
        {
            Description = "What explains it, such as 'nghỉ Tết' or 'lũ ngày 20/7'; kept in the audit trail.",
            HelpName = "T",
            Required = true,
        };
        var link = new Option<string?>("--link")
        {
            Description = "Where more is to be read, such as an order.",
            HelpName = "URL",
        };
        var command = new Command("explain", "Say why an alert is so: nobody need act on it, and nobody hears of it any more.")
        {
            alert,
            text,
            link,
            who,
        };
        command.SetAction(
            Doing(
                context,
                (desk, parsed, cancellationToken) =>
                    desk.ExplainAsync(
                        parsed.GetRequiredValue(alert),
                        parsed.GetRequiredValue(who),
                        parsed.GetRequiredValue(text),
                        parsed.GetValue(link),
                        _ => { },
                        context.Clock.GetUtcNow(),
                        cancellationToken
                    )
            )
        );
        return command;
    }

    private static Command Reopen(CommandContext context)
    {
        var (alert, who) = (Name(), Who());
        var why = new Option<string>("--why")
        {
            Description = "Why it is not settled; kept in the audit trail.",
            HelpName = "W",
            Required = true,
        };
        var command = new Command(
            "reopen",
            "Open an alert again that was acknowledged, explained or resolved: only evidence from now on closes it."
        )
        {
            alert,
            why,
            who,
        };
        command.SetAction(
            Doing(
                context,
                (desk, parsed, cancellationToken) =>
                    desk.ReopenAsync(
                        parsed.GetRequiredValue(alert),
                        parsed.GetRequiredValue(who),
                        parsed.GetRequiredValue(why),
                        _ => { },
                        context.Clock.GetUtcNow(),
                        cancellationToken
                    )
            )
        );
        return command;
    }

    private static Func<ParseResult, CancellationToken, Task<int>> Doing(
        CommandContext context,
        Func<AlertDesk, ParseResult, CancellationToken, Task<Alert>> act
    ) =>
        context.Guarded(
            async (parsed, cancellationToken) =>
            {
                var engine = await context.OpenAsync(parsed, cancellationToken);
                var done = await act(new(engine.Ledger, "--"), parsed, cancellationToken);
                context.Terminal.Out.WriteLine(AlertText.Done(done));
                return ExitCode.Done;
            }
        );

    private static Argument<string> Name() =>
        new("ALERT")
        {
            Description = "Its number, or its key such as lao-cai/LC-A01/M/2026-10/02671@2025-07-01; 'alerts list' shows them.",
        };

    private static Option<string> Who() =>
        new("--who")
        {
            Description = "Who does it; without it the user of the machine.",
            HelpName = "NAME",
            DefaultValueFactory = _ => Environment.UserName,
        };
}
