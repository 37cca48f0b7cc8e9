namespace KpiMetrics.Pipeline.Ledger;

/// <summary>A token as the ledger keeps it: everything but its secret.</summary>
/// <param name="Agency">The office whose figures it may report; null unless the role is <see cref="TokenRole.Agency"/>.</param>
/// <param name="Set">The one set it is good for; null: every set.</param>
/// <param name="LastUsedAt">To the hour or so; null: not yet.</param>
public sealed record Token(
    long Id,
    string Name,
    TokenRole Role,
    string? Agency,
    string? Set,
    DateTimeOffset CreatedAt,
    string CreatedBy,
    DateTimeOffset? ExpiresAt,
    DateTimeOffset? RevokedAt,
    DateTimeOffset? LastUsedAt
);
