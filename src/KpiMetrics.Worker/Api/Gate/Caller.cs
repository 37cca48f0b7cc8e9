using KpiMetrics.Pipeline.Ledger;
using Microsoft.AspNetCore.Http;

namespace KpiMetrics.Worker.Api.Gate;

/// <summary>Who calls.</summary>
internal static class Caller
{
    private const string Item = "kpi.token";

    /// <summary>The caller's token; null where none was shown and none is needed.</summary>
    public static Token? FindToken(this HttpContext context) => context.Items[Item] as Token;

    /// <summary>The caller's token, at an endpoint with <see cref="AllowedRoles"/>.</summary>
    public static Token Token(this HttpContext context) =>
        context.FindToken() ?? throw new InvalidOperationException($"{context.Request.Path} let somebody in without a token.");

    /// <summary>Who did it, for the audit trail.</summary>
    public static string Actor(this Token token) => FormattableString.Invariant($"token {token.Id} ({token.Name})");

    public static void Set(HttpContext context, Token token) => context.Items[Item] = token;
}
