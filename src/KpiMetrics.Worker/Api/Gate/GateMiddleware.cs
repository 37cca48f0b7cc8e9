using System.Globalization;
using KpiMetrics.Core.Figures;
using KpiMetrics.Pipeline.Ledger;
using KpiMetrics.Worker.Api.Problems;
using KpiMetrics.Worker.Commands;
using KpiMetrics.Worker.Composition;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace KpiMetrics.Worker.Api.Gate;

/// <summary>
/// Lets a call through, or says why not: the name it came under, its token, its rate, its role. Reading needs no token as long as only this machine can
/// call; a token that is shown must be good all the same.
/// </summary>
internal sealed class GateMiddleware(
    RequestDelegate next,
    Engine engine,
    ApiOptions options,
    CallRates rates,
    TokenUses uses,
    TimeProvider clock,
    ILogger<GateMiddleware> logger
)
{
    private const string Scheme = "Bearer ";

    private static readonly string[] OwnNames = ["localhost", "127.0.0.1", "[::1]"];

    public async Task InvokeAsync(HttpContext context)
    {
        var at = clock.GetUtcNow();
        var token = await FindTokenAsync(context);
        if (Find(context, token, at) is { } problem)
        {
            if (problem.Status == StatusCodes.Status401Unauthorized)
                context.Response.Headers.WWWAuthenticate = "Bearer";
            var request = context.Request;
            var address = context.Connection.RemoteIpAddress?.ToString() ?? "";
            ApiLog.Refused(logger, request.Method, Shown.Of(request.Path), address, token?.Id, problem.Status, problem.Code);
            throw problem;
        }
        if (token is not null)
        {
            Caller.Set(context, token);
            await uses.NoteAsync(token, at, context.RequestAborted);
        }
        await next(context);
    }

    private async Task<Token?> FindTokenAsync(HttpContext context) =>
        Secret(context) is { } secret
            ? await engine.Ledger.FindTokenAsync(TokenSecret.HashOf(secret), context.RequestAborted)
            : null;

    private ProblemException? Find(HttpContext context, Token? token, DateTimeOffset at)
    {
        // A page of another site can make a browser call us under its own name; it must not read what it gets.
        if (!options.AllowRemote && !OwnNames.Contains(context.Request.Host.Host, StringComparer.OrdinalIgnoreCase))
            return new(
                400,
                "host-not-allowed",
                $"Host is {Shown.Of(context.Request.Host.Host)}; allowed: {string.Join(", ", OwnNames)}."
            );
        var method = context.Request.Method;
        var writes = !HttpMethods.IsGet(method) && !HttpMethods.IsHead(method);
        var caller = token is { } known
            ? string.Create(CultureInfo.InvariantCulture, $"token {known.Id}")
            : $"address {context.Connection.RemoteIpAddress}";
        if (rates.Take(caller, writes) is { } wait)
        {
            var seconds = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
            context.Response.Headers.RetryAfter = seconds;
            var most = writes ? options.WritesPerMinute : options.ReadsPerMinute;
            return new(
                429,
                "too-many-calls",
                $"More than {most} {(writes ? "writing" : "reading")} calls in a minute; wait {seconds} s."
            );
        }
        var endpoint = context.GetEndpoint()?.Metadata;
        var roles = endpoint?.GetMetadata<AllowedRoles>()?.Roles;
        var isOpen = endpoint?.GetMetadata<OpenToAll>() is not null;
        return FindTokenFault(context, token, at, isNeeded: roles is not null || options.AllowRemote && !isOpen)
            ?? (
                roles is null || token is null || roles.Contains(token.Role)
                    ? null
                    : new(
                        403,
                        "role-not-allowed",
                        $"The token's role is {token.Role.Name()}; allowed: {string.Join(", ", roles.Select(role => role.Name()))}."
                    )
            );
    }

    private static ProblemException? FindTokenFault(HttpContext context, Token? token, DateTimeOffset at, bool isNeeded)
    {
        if (token is null)
        {
            if (Secret(context) is not null)
                return new(401, "token-unknown", "The ledger knows no such token.");
            return isNeeded || context.Request.Headers.Authorization.Count > 0
                ? new(401, "token-missing", "The call needs the header Authorization: Bearer TOKEN.")
                : null;
        }
        if (token.RevokedAt is not null)
            return new(401, "token-revoked", $"Token {token.Id} is revoked.");
        return token.ExpiresAt is { } end && end <= at
            ? new(401, "token-expired", $"Token {token.Id} expired at {InstantText.Print(end)}.")
            : null;
    }

    private static string? Secret(HttpContext context) =>
        context.Request.Headers.Authorization is [{ } header]
        && header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
        && header[Scheme.Length..].Trim() is { Length: > 0 } secret
            ? secret
            : null;
}
