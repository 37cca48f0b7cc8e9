using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using KpiMetrics.Pipeline.Ledger;

namespace KpiMetrics.Worker.Commands;

/// <summary>Tokens, a line or an object each.</summary>
internal static class TokenListing
{
    private static readonly JsonSerializerOptions Json = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
    };

    public static string ToText(IReadOnlyList<Token> tokens, DateTimeOffset at) =>
        tokens.Count == 0 ? "no tokens" : string.Join(Environment.NewLine, tokens.Select(token => Line(token, at)));

    public static string ToJson(IReadOnlyList<Token> tokens, DateTimeOffset at) =>
        JsonSerializer.Serialize(
            tokens.Select(token => new
            {
                id = token.Id,
                name = token.Name,
                role = token.Role.Name(),
                agency = token.Agency,
                set = token.Set,
                state = State(token, at),
                created_at = InstantText.Print(token.CreatedAt),
                created_by = token.CreatedBy,
                expires_at = token.ExpiresAt is { } end ? InstantText.Print(end) : null,
                revoked_at = token.RevokedAt is { } revoked ? InstantText.Print(revoked) : null,
                last_used_at = token.LastUsedAt is { } used ? InstantText.Print(used) : null,
            }),
            Json
        );

    private static string State(Token token, DateTimeOffset at) =>
        token.RevokedAt is not null ? "revoked"
        : token.ExpiresAt <= at ? "expired"
        : "valid";

    private static string Line(Token token, DateTimeOffset at)
    {
        var until = token.ExpiresAt is { } end ? $"until {InstantText.Print(end)}" : "for ever";
        var used = token.LastUsedAt is { } last ? $"last used {InstantText.Print(last)}" : "not used yet";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{token.Id, 4} {token.Role.Name(), -8} {State(token, at), -7} {token.Set ?? "all sets", -10} {until}, {used}  {token.Name}"
        );
    }
}
