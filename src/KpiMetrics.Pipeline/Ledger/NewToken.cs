namespace KpiMetrics.Pipeline.Ledger;

/// <summary>A token that is to be made.</summary>
/// <param name="Name">For people, in lists and the audit trail.</param>
/// <param name="Agency">The office whose figures it may report; null unless the role is <see cref="TokenRole.Agency"/>.</param>
/// <param name="Set">The one set it is good for; null: every set.</param>
/// <param name="ExpiresAt">From then on it is refused; null: never.</param>
public sealed record NewToken(string Name, TokenRole Role, string? Agency, string? Set, DateTimeOffset? ExpiresAt);
