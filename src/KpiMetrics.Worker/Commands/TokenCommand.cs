using System.CommandLine;
using KpiMetrics.Worker.Composition;

namespace KpiMetrics.Worker.Commands;

/// <summary><c>token create | list | revoke</c>.</summary>
internal static class TokenCommand
{
    /// <summary>Who changes tokens here, for the audit trail.</summary>
    public const string Actor = "cli";

    public static Command Create(CommandContext context) =>
        new("token", "Who may call the API: make tokens, list them, revoke them.")
        {
            new TokenCreateCommand(context),
            List(context),
            Revoke(context),
        };

    private static Command List(CommandContext context)
    {
        var json = new Option<bool>("--json") { Description = "Machine-readable." };
        var command = new Command("list", "Show every token, never its secret.") { json };
        command.SetAction(
            context.Guarded(
                async (parsed, cancellationToken) =>
                {
                    var engine = await context.OpenAsync(parsed, cancellationToken);
                    var tokens = await engine.Ledger.ReadTokensAsync(cancellationToken);
                    var at = context.Clock.GetUtcNow();
                    context.Terminal.Out.WriteLine(
                        parsed.GetValue(json) ? TokenListing.ToJson(tokens, at) : TokenListing.ToText(tokens, at)
                    );
                    return ExitCode.Done;
                }
            )
        );
        return command;
    }

    private static Command Revoke(CommandContext context)
    {
        var id = new Argument<long>("ID") { Description = "The token's number, as 'token list' shows it." };
        var command = new Command("revoke", "Make a token worthless from now on.") { id };
        command.SetAction(
            context.Guarded(
                async (parsed, cancellationToken) =>
                {
                    var engine = await context.OpenAsync(parsed, cancellationToken);
                    var number = parsed.GetValue(id);
                    var at = context.Clock.GetUtcNow();
                    var token =
                        await engine.Ledger.RevokeTokenAsync(number, Actor, at, cancellationToken)
                        ?? throw new CommandException(
                            FormattableString.Invariant($"There is no token {number}; 'token list' shows those there are.")
                        );
                    context.Terminal.Out.WriteLine(TokenListing.ToText([token], at));
                    return ExitCode.Done;
                }
            )
        );
        return command;
    }
}
