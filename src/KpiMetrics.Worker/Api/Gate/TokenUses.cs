using System.Collections.Concurrent;
using KpiMetrics.Pipeline.Ledger;

namespace KpiMetrics.Worker.Api.Gate;

/// <summary>Notes when tokens are used, each at most once an hour.</summary>
internal sealed class TokenUses(ITokens tokens)
{
    private static readonly TimeSpan Every = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<long, DateTimeOffset> noted = [];

    public async Task NoteAsync(Token token, DateTimeOffset at, CancellationToken cancellationToken)
    {
        if (token.LastUsedAt is { } last && at - last < Every || noted.TryGetValue(token.Id, out var tried) && at - tried < Every)
            return;
        noted[token.Id] = at;
        await tokens.NoteTokenUseAsync(token.Id, at, cancellationToken);
    }
}
