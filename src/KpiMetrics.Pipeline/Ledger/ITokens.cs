namespace KpiMetrics.Pipeline.Ledger;

/// <summary>Who may call the API. Every change leaves its row in the audit trail in the same transaction; no secret is ever written.</summary>
public interface ITokens
{
    /// <param name="hash">Of its secret (<see cref="TokenSecret"/>).</param>
    /// <param name="actor">Who makes it, for the audit trail.</param>
    Task<Token> CreateTokenAsync(
        NewToken token,
        ReadOnlyMemory<byte> hash,
        string actor,
        DateTimeOffset at,
        CancellationToken cancellationToken
    );

    /// <summary>All of them, revoked and expired ones too, in order of their numbers.</summary>
    Task<IReadOnlyList<Token>> ReadTokensAsync(CancellationToken cancellationToken);

    /// <summary>The token whose secret has the hash; null where there is none. It may be revoked or expired.</summary>
    Task<Token?> FindTokenAsync(ReadOnlyMemory<byte> hash, CancellationToken cancellationToken);

    /// <summary>Makes a token worthless from now on; once revoked it stays as it is.</summary>
    /// <returns>The token; null where there is none with the number.</returns>
    Task<Token?> RevokeTokenAsync(long id, string actor, DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>Notes that the token was used; left undone where others write just then.</summary>
    Task NoteTokenUseAsync(long id, DateTimeOffset at, CancellationToken cancellationToken);
}
