using System.CommandLine;
using KpiMetrics.Worker.Composition;

namespace KpiMetrics.Worker.Commands.Emergencies;

/// <summary><c>emergency start | extend | stop | list</c>.</summary>
internal static class EmergencyCommand
{
    public static Command Create(CommandContext context) =>
        new("emergency", "Areas that report by the hour for a time: declare it, extend it, stop it.")
        {
            Start(context),
            Extend(context),
            Stop(context),
            List(context),
        };

    private static Command Start(CommandContext context)
    {
        var areas = new Option<string>("--areas")
        {
            Description = "Codes of communes, or of a province for all in it, with commas between.",
            HelpName = "A,B",
            Required = true,
        };
        var order = new Option<string>("--order")
        {
            Description = "The number of the order that declares it.",
            HelpName = "NO",
            Required = true,
        };
        var from = new Option<string?>("--from") { Description = "When it begins; now without it.", HelpName = "T" };
        var (until, why, who) = (Until(), Why(), Who());
        var command = new Command("start", "Declare an emergency.") { areas, order, until, from, why, who };
        command.SetAction(
            context.Guarded(
                async (parsed, cancellationToken) =>
                {
                    var begins = InstantText.Parse("--from", parsed.GetValue(from));
                    var ends = InstantText.Parse("--until", parsed.GetRequiredValue(until)) ?? default;
                    var effect = await (await DeskAsync(context, parsed, cancellationToken)).StartAsync(
                        parsed
                            .GetRequiredValue(areas)
                            .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries),
                        parsed.GetRequiredValue(order),
                        begins,
                        ends,
                        parsed.GetRequiredValue(who),
                        parsed.GetValue(why) ?? "",
                        context.Clock.GetUtcNow(),
                        cancellationToken
                    );
                    return Said(context, effect);
                }
            )
        );
        return command;
    }

    private static Command Extend(CommandContext context)
    {
        var (id, until, why, who) = (Id(), Until(), Why(), Who());
        var command = new Command("extend", "Let an emergency last longer.") { id, until, why, who };
        command.SetAction(
            context.Guarded(
                async (parsed, cancellationToken) =>
                {
                    var effect = await (await DeskAsync(context, parsed, cancellationToken)).ExtendAsync(
                        parsed.GetRequiredValue(id),
                        InstantText.Parse("--until", parsed.GetRequiredValue(until)) ?? default,
                        parsed.GetRequiredValue(who),
                        parsed.GetValue(why) ?? "",
                        context.Clock.GetUtcNow(),
                        cancellationToken
                    );
                    return Said(context, effect);
                }
            )
        );
        return command;
    }

    private static Command Stop(CommandContext context)
    {
        var (id, why, who) = (Id(), Why(), Who());
        why.Required = true;
        var command = new Command("stop", "End an emergency now; the hour that is under way is still reported.") { id, why, who };
        command.SetAction(
            context.Guarded(
                async (parsed, cancellationToken) =>
                {
                    var stopped = await (await DeskAsync(context, parsed, cancellationToken)).StopAsync(
                        parsed.GetRequiredValue(id),
                        parsed.GetRequiredValue(who),
                        parsed.GetRequiredValue(why) ?? "",
                        context.Clock.GetUtcNow(),
                        cancellationToken
                    );
                    context.Terminal.Out.WriteLine(
                        FormattableString.Invariant($"Emergency {stopped.Id} is stopped; what was due stays due.")
                    );
                    return ExitCode.Done;
                }
            )
        );
        return command;
    }

    private static Command List(CommandContext context)
    {
        var json = new Option<bool>("--json") { Description = "Machine-readable." };
        var command = new Command("list", "Show every emergency there ever was.") { json };
        command.SetAction(
            context.Guarded(
                async (parsed, cancellationToken) =>
                {
                    var engine = await context.OpenAsync(parsed, cancellationToken);
                    var all = await engine.Ledger.ReadEmergenciesAsync(cancellationToken);
                    var at = context.Clock.GetUtcNow();
                    context.Terminal.Out.WriteLine(
                        parsed.GetValue(json)
                            ? EmergencyText.ToJson(engine.Catalog, all, at)
                            : EmergencyText.Of(engine.Catalog, all, at)
                    );
                    return ExitCode.Done;
                }
            )
        );
        return command;
    }

    private static async Task<EmergencyDesk> DeskAsync(
        CommandContext context,
        ParseResult parsed,
        CancellationToken cancellationToken
    )
    {
        var engine = await context.OpenAsync(parsed, cancellationToken);
        return new(engine.Catalog, engine.Ledger, VietnamTime.Zone, "--");
    }

    private static int Said(CommandContext context, EmergencyEffect effect)
    {
        context.Terminal.Out.WriteLine(EmergencyText.Of(effect));
        foreach (var warning in effect.Warnings)
            context.Terminal.Error.WriteLine(warning);
        return ExitCode.Done;
    }

    private static Argument<long> Id() => new("ID") { Description = "Its number; 'emergency list' shows them." };

    private static Option<string> Until() =>
        new("--until")
        {
            Description = "When it ends by itself, such as 2026-11-21T14:00 (clock of Vietnam).",
            HelpName = "T",
            Required = true,
        };

    private static Option<string?> Why() => new("--why") { Description = "The reason, kept in the audit trail.", HelpName = "W" };

    private static Option<string> Who() =>
        new("--who")
        {
            Description = "Who does it; without it the user of the machine.",
            HelpName = "NAME",
            DefaultValueFactory = _ => Environment.UserName,
        };
}
