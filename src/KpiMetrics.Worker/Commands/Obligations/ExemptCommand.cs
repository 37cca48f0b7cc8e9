using System.CommandLine;
using KpiMetrics.Worker.Composition;

namespace KpiMetrics.Worker.Commands.Obligations;

/// <summary><c>obligations extend | waive | restore</c>: shows what it touches, then does it.</summary>
internal sealed class ExemptCommand : Command
{
    private const int MostWithoutYes = 20;

    private readonly ExemptionAction action;
    private readonly ObligationOptionSet of = new();

    private readonly Option<string> period = new("--period")
    {
        Description = "The period, or several of one frequency: 2026-01..2026-03.",
        HelpName = "P",
        Required = true,
    };

    private readonly Option<string?> until = new("--until") { Description = "The new due instant.", HelpName = "T" };

    private readonly Option<string> why = new("--why")
    {
        Description = "The reason, kept in the audit trail.",
        HelpName = "W",
        Required = true,
    };

    private readonly Option<string> who = new("--who")
    {
        Description = "Who grants it; without it the user of the machine.",
        HelpName = "NAME",
        DefaultValueFactory = _ => Environment.UserName,
    };

    private readonly Option<bool> yes = new("--yes") { Description = $"Also where it touches more than {MostWithoutYes}." };

    public ExemptCommand(CommandContext context, ExemptionAction action)
        : base(NameOf(action), Says(action))
    {
        this.action = action;
        of.Indicator.Required = true;
        until.Required = action == ExemptionAction.Extend;
        Add(of.Set);
        Add(of.Indicator);
        Add(of.Area);
        Add(of.Agency);
        Add(period);
        if (action == ExemptionAction.Extend)
            Add(until);
        Add(why);
        Add(who);
        Add(yes);
        SetAction(context.Guarded((parsed, cancellationToken) => RunAsync(context, parsed, cancellationToken)));
    }

    private async Task<int> RunAsync(CommandContext context, ParseResult parsed, CancellationToken cancellationToken)
    {
        var at = context.Clock.GetUtcNow();
        var end = action == ExemptionAction.Extend ? InstantText.Parse("--until", parsed.GetValue(until)) : null;
        var engine = await context.OpenAsync(parsed, cancellationToken);
        var reader = new ObligationFilterReader(engine.Catalog, "--");
        var (first, last) = reader.Span("period", parsed.GetRequiredValue(period));
        var filter = of.Filter(reader, parsed, at) with { Frequency = first.Frequency, From = first, To = last };
        var desk = ObligationDesk.Of(engine);
        var touched = await desk.TouchedAsync(filter, action, end, cancellationToken);
        var output = context.Terminal.Out;
        output.WriteLine(ObligationText.Table(touched.Take(MostWithoutYes)));
        if (touched.Count > MostWithoutYes && !parsed.GetValue(yes))
        {
            throw new CommandException(
                $"It touches {touched.Count} obligations, of which the first {MostWithoutYes} are shown; nothing is done without --yes."
            );
        }
        var done = await desk.ExemptAsync(
            touched,
            action,
            end,
            parsed.GetRequiredValue(who),
            parsed.GetRequiredValue(why),
            at,
            cancellationToken
        );
        output.WriteLine(FormattableString.Invariant($"{done} obligations: {Done(action, end)}."));
        return ExitCode.Done;
    }

    private static string NameOf(ExemptionAction action) =>
        action switch
        {
            ExemptionAction.Extend => "extend",
            ExemptionAction.Waive => "waive",
            _ => "restore",
        };

    private static string Says(ExemptionAction action) =>
        action switch
        {
            ExemptionAction.Extend => "Let it be due later; a later grant takes the place of an earlier one.",
            ExemptionAction.Waive => "Say that it need not be reported.",
            _ => "Take extensions and waivers back: due as it was created.",
        };

    private static string Done(ExemptionAction action, DateTimeOffset? until) =>
        action switch
        {
            ExemptionAction.Extend when until is { } end => $"due at {InstantText.Print(end)}",
            ExemptionAction.Waive => "waived",
            _ => "due as created",
        };
}
