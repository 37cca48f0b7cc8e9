using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace KpiMetrics.Pipeline.Ledger.Sqlite;

/// <summary>The ledger's tokens, and what pushes with them were answered.</summary>
public sealed partial class SqliteLedger
{
    private const string TokenColumns =
        "id, name, role, agency, set_code, created_at, created_by, expires_at, revoked_at, last_used_at, hash";

    public Task<Token> CreateTokenAsync(
        NewToken token,
        ReadOnlyMemory<byte> hash,
        string actor,
        DateTimeOffset at,
        CancellationToken cancellationToken
    )
    {
        cancellationToken.ThrowIfCancellationRequested();
        database.CheckIdentity();
        using var connection = database.Open();
        using var transaction = connection.BeginTransaction(deferred: false);
        using var insert = connection
            .Prepare(
                transaction,
                """
                INSERT INTO token (name, role, agency, set_code, hash, created_at, created_by, expires_at)
                VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING id
                """,
                8
            )
            .With(
                token.Name,
                token.Role.Name(),
                token.Agency,
                token.Set,
                hash.ToArray(),
                at.ToUnixTimeMilliseconds(),
                actor,
                token.ExpiresAt?.ToUnixTimeMilliseconds()
            );
        var id = (long)(insert.ExecuteScalar() ?? throw new InvalidDataException($"The token '{token.Name}' was not kept."));
        var details = new
        {
            token = id,
            name = token.Name,
            role = token.Role.Name(),
            agency = token.Agency,
            set = token.Set,
            expires_at = token.ExpiresAt,
        };
        Audit(connection, transaction, at, actor, "token create", details);
        var made = ReadToken(connection, transaction, id);
        transaction.Commit();
        return Task.FromResult(made ?? throw new InvalidDataException($"The token {id} was not kept."));
    }

    public Task<IReadOnlyList<Token>> ReadTokensAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var connection = database.Open();
        using var select = connection.Prepare(null, $"SELECT {TokenColumns} FROM token ORDER BY id", 0);
        using var reader = select.ExecuteReader();
        var tokens = new List<Token>();
        while (reader.Read())
            tokens.Add(ReadToken(reader));
        return Task.FromResult<IReadOnlyList<Token>>(tokens);
    }

    public Task<Token?> FindTokenAsync(ReadOnlyMemory<byte> hash, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var connection = database.Open();
        using var select = connection.Prepare(null, $"SELECT {TokenColumns} FROM token WHERE hash = $1", 1).With(hash.ToArray());
        using var reader = select.ExecuteReader();
        return Task.FromResult(
            reader.Read() && CryptographicOperations.FixedTimeEquals(reader.GetFieldValue<byte[]>(10), hash.Span)
                ? ReadToken(reader)
                : null
        );
    }

    public Task<Token?> RevokeTokenAsync(long id, string actor, DateTimeOffset at, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        database.CheckIdentity();
        using var connection = database.Open();
        using var transaction = connection.BeginTransaction(deferred: false);
        using var revoke = connection
            .Prepare(transaction, "UPDATE token SET revoked_at = $2 WHERE id = $1 AND revoked_at IS NULL", 2)
            .With(id, at.ToUnixTimeMilliseconds());
        if (revoke.ExecuteNonQuery() > 0)
            Audit(connection, transaction, at, actor, "token revoke", new { token = id });
        var token = ReadToken(connection, transaction, id);
        transaction.Commit();
        return Task.FromResult(token);
    }

    public Task NoteTokenUseAsync(long id, DateTimeOffset at, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var connection = database.Open();
        connection.DefaultTimeout = 1;
        try
        {
            using var note = connection
                .Prepare(null, "UPDATE token SET last_used_at = $2 WHERE id = $1", 2)
                .With(id, at.ToUnixTimeMilliseconds());
            note.ExecuteNonQuery();
        }
        catch (SqliteException fault) when (fault.SqliteErrorCode == raw.SQLITE_BUSY)
        {
            // A report is being written; when a token was last used is not worth waiting for.
        }
        return Task.CompletedTask;
    }

    public Task<PushReceipt?> FindPushAsync(PushKey key, DateTimeOffset at, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var connection = database.Open();
        using var select = connection
            .Prepare(null, "SELECT body_hash, answer FROM push_receipt WHERE token_id = $1 AND key = $2 AND kept_at > $3", 3)
            .With(key.TokenId, key.Key, (at - IPushReceipts.Kept).ToUnixTimeMilliseconds());
        using var reader = select.ExecuteReader();
        return Task.FromResult<PushReceipt?>(
            reader.Read() ? new(reader.GetFieldValue<byte[]>(0), reader.GetFieldValue<byte[]>(1)) : null
        );
    }

    private static Token? ReadToken(SqliteConnection connection, SqliteTransaction transaction, long id)
    {
        using var select = connection.Prepare(transaction, $"SELECT {TokenColumns} FROM token WHERE id = $1", 1).With(id);
        using var reader = select.ExecuteReader();
        return reader.Read() ? ReadToken(reader) : null;
    }

    private static Token ReadToken(SqliteDataReader reader) =>
        new(
            reader.GetInt64(0),
            reader.GetString(1),
            TokenRoleName.TryParse(reader.GetString(2), out var role)
                ? role
                : throw new InvalidDataException(
                    $"Token {reader.GetInt64(0)} has role '{reader.GetString(2)}'; allowed: {TokenRoleName.Allowed}."
                ),
            reader.TextOrNull(3),
            reader.TextOrNull(4),
            reader.Instant(5),
            reader.GetString(6),
            reader.IsDBNull(7) ? null : reader.Instant(7),
            reader.IsDBNull(8) ? null : reader.Instant(8),
            reader.IsDBNull(9) ? null : reader.Instant(9)
        );
}
