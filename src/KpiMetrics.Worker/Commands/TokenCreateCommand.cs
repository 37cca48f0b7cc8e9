using System.CommandLine;
using System.Globalization;
using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Quality;
using KpiMetrics.Pipeline.Ledger;
using KpiMetrics.Worker.Composition;

namespace KpiMetrics.Worker.Commands;

/// <summary><c>token create --agency A</c>: makes a token and shows its secret, this once.</summary>
internal sealed class TokenCreateCommand : Command
{
    private const int LongestName = 200;
    private const int MostDays = 3650;

    private readonly Option<string?> agency = new("--agency")
    {
        Description = "The office that reports with it, as the sets print it; it may report its own figures only.",
        HelpName = "A",
    };

    private readonly Option<string> role = new("--role")
    {
        Description = "viewer (read), agency (report own figures), operator (report for all, tune) or admin.",
        HelpName = "viewer|agency|operator|admin",
        DefaultValueFactory = _ => "agency",
    };

    private readonly Option<string?> name = new("--name")
    {
        Description = "Who or what uses it; of an agency's token the agency, unless given.",
        HelpName = "N",
    };

    private readonly Option<string?> set = new("--set")
    {
        Description = "Only for this set; without it for every set.",
        HelpName = "S",
    };

    private readonly Option<string> expires = new("--expires")
    {
        Description = $"A number of days such as 365d (at most {MostDays}d), or the instant from which it is refused.",
        HelpName = "365d|DATE",
        DefaultValueFactory = _ => "365d",
    };

    public TokenCreateCommand(CommandContext context)
        : base("create", "Make a token. Its secret is shown this once and kept nowhere.")
    {
        Add(agency);
        Add(role);
        Add(name);
        Add(set);
        Add(expires);
        SetAction(context.Guarded((parsed, cancellationToken) => RunAsync(context, parsed, cancellationToken)));
    }

    private async Task<int> RunAsync(CommandContext context, ParseResult parsed, CancellationToken cancellationToken)
    {
        var at = context.Clock.GetUtcNow();
        var word = parsed.GetRequiredValue(role);
        if (!TokenRoleName.TryParse(word, out var of))
            throw new CommandException($"--role is {Shown.Of(word)}; allowed: {TokenRoleName.Allowed}.");
        var until = Expiry(parsed.GetRequiredValue(expires), at);
        var engine = await context.OpenAsync(parsed, cancellationToken);
        var only = parsed.GetValue(set) is { } code ? Engine.FindSet(engine.Catalog, code) : null;
        var office = Office(engine.Catalog, only, of, parsed.GetValue(agency));
        var called = (parsed.GetValue(name) ?? office)?.Trim();
        if (called is not { Length: > 0 and <= LongestName })
            throw new CommandException(
                $"--name is {Shown.Of(called ?? "")}; a token of role {word} needs one, of at most {LongestName} characters."
            );
        var secret = TokenSecret.Create();
        var token = await engine.Ledger.CreateTokenAsync(
            new(called, of, office, only?.Code, until),
            TokenSecret.HashOf(secret),
            TokenCommand.Actor,
            at,
            cancellationToken
        );
        context.Terminal.Out.WriteLine(secret);
        context.Terminal.Error.WriteLine(TokenListing.ToText([token], at));
        context.Terminal.Error.WriteLine("The line above that begins with kpi_ is the secret; it is shown this once.");
        return ExitCode.Done;
    }

    private static string? Office(CatalogSnapshot catalog, IndicatorSet? only, TokenRole role, string? agency)
    {
        if (role != TokenRole.Agency)
            return agency is null
                ? null
                : throw new CommandException($"--agency goes with the role agency only; the role is {role.Name()}.");
        if (agency is null)
            throw new CommandException("--agency is missing; name the office that will report with the token.");
        var sets = only is null ? catalog.Sets : [only];
        if (sets.Any(known => AgencyDoor.IsKnown(known, agency)))
            return agency.Trim();
        var allowed = string.Join(Environment.NewLine, sets.Select(known => $"{known.Code}: {AgencyDoor.Allowed(known)}"));
        throw new CommandException($"--agency {Shown.Of(agency)} is named by no set; allowed:{Environment.NewLine}{allowed}");
    }

    private static DateTimeOffset Expiry(string text, DateTimeOffset at)
    {
        if (
            text.EndsWith('d')
            && int.TryParse(text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var days)
            && days is >= 1 and <= MostDays
        )
            return at.AddDays(days);
        if (text.EndsWith('d') || InstantText.Parse("--expires", text) is not { } instant)
            throw new CommandException(
                $"--expires is {Shown.Of(text)}; allowed: 1d to {MostDays}d, or an instant such as 2027-12-31."
            );
        return instant > at
            ? instant
            : throw new CommandException($"--expires {Shown.Of(text)} has passed; it must lie after {InstantText.Print(at)}.");
    }
}
