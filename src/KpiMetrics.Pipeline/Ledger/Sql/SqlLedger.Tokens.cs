using System.Data.Common;
using System.Security.Cryptography;

namespace KpiMetrics.Pipeline.Ledger.Sql;

/// <summary>The ledger's tokens, and what pushes with them were answered.</summary>
public abstract partial class SqlLedger
{
    private const string TokenColumns =
        "id, name, role, agency, set_code, created_at, created_by, expires_at, revoked_at, last_used_at, hash";

    public Task<Token> CreateTokenAsync(
        NewToken token,
        ReadOnlyMemory<byte> hash,
        string actor,
        DateTimeOffset at,
        CancellationToken cancellationToken
    ) =>
        database.WriteAsync(
            [],
            async session =>
            {
                var role = token.Role.Name();
                var id =
                    await session.NumberAsync(
                        """
                        INSERT INTO token (name, role, agency, set_code, hash, created_at, created_by, expires_at)
                        VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING id
                        """,
                        [token.Name, role, token.Agency, token.Set, hash.ToArray(), at, actor, token.ExpiresAt],
                        cancellationToken
                    ) ?? throw new InvalidDataException($"The token '{token.Name}' was not kept.");
                var details = new
                {
                    token = id,
                    name = token.Name,
                    role,
                    agency = token.Agency,
                    set = token.Set,
                    expires_at = token.ExpiresAt,
                };
                await session.AuditAsync(at, actor, "token create", details, cancellationToken);
                return await ReadTokenAsync(session, id, cancellationToken)
                    ?? throw new InvalidDataException($"The token {id} was not kept.");
            },
            cancellationToken
        );

    public async Task<IReadOnlyList<Token>> ReadTokensAsync(CancellationToken cancellationToken)
    {
        await using var session = await database.OpenAsync(cancellationToken);
        return await session.ReadAsync($"SELECT {TokenColumns} FROM token ORDER BY id", [], ReadToken, cancellationToken);
    }

    public async Task<Token?> FindTokenAsync(ReadOnlyMemory<byte> hash, CancellationToken cancellationToken)
    {
        await using var session = await database.OpenAsync(cancellationToken);
        var found = await session.ReadAsync(
            $"SELECT {TokenColumns} FROM token WHERE hash = $1",
            [hash.ToArray()],
            row => CryptographicOperations.FixedTimeEquals(row.GetFieldValue<byte[]>(10), hash.Span) ? ReadToken(row) : null,
            cancellationToken
        );
        return found.SingleOrDefault();
    }

    public Task<Token?> RevokeTokenAsync(long id, string actor, DateTimeOffset at, CancellationToken cancellationToken) =>
        database.WriteAsync(
            [],
            async session =>
            {
                var revoked = await session.ExecuteAsync(
                    "UPDATE token SET revoked_at = $2 WHERE id = $1 AND revoked_at IS NULL",
                    [id, at],
                    cancellationToken
                );
                if (revoked > 0)
                    await session.AuditAsync(at, actor, "token revoke", new { token = id }, cancellationToken);
                return await ReadTokenAsync(session, id, cancellationToken);
            },
            cancellationToken
        );

    // Where a report is being written: when a token was last used is not worth waiting for.
    public Task NoteTokenUseAsync(long id, DateTimeOffset at, CancellationToken cancellationToken) =>
        database.TryExecuteAsync("UPDATE token SET last_used_at = $2 WHERE id = $1", [id, at], cancellationToken);

    public async Task<PushReceipt?> FindPushAsync(PushKey key, DateTimeOffset at, CancellationToken cancellationToken)
    {
        await using var session = await database.OpenAsync(cancellationToken);
        var found = await session.ReadAsync(
            "SELECT body_hash, answer FROM push_receipt WHERE token_id = $1 AND key = $2 AND kept_at > $3",
            [key.TokenId, key.Key, at - IPushReceipts.Kept],
            row => new PushReceipt(row.GetFieldValue<byte[]>(0), row.GetFieldValue<byte[]>(1)),
            cancellationToken
        );
        return found.SingleOrDefault();
    }

    private static async Task<Token?> ReadTokenAsync(SqlSession session, long id, CancellationToken cancellationToken)
    {
        var found = await session.ReadAsync(
            $"SELECT {TokenColumns} FROM token WHERE id = $1",
            [id],
            ReadToken,
            cancellationToken
        );
        return found.SingleOrDefault();
    }

    private static Token ReadToken(DbDataReader row) =>
        new(
            row.GetInt64(0),
            row.GetString(1),
            TokenRoleName.TryParse(row.GetString(2), out var role)
                ? role
                : throw new InvalidDataException(
                    $"Token {row.GetInt64(0)} has role '{row.GetString(2)}'; allowed: {TokenRoleName.Allowed}."
                ),
            row.TextOrNull(3),
            row.TextOrNull(4),
            row.Instant(5),
            row.GetString(6),
            row.InstantOrNull(7),
            row.InstantOrNull(8),
            row.InstantOrNull(9)
        );
}
