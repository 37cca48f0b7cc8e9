using KpiMetrics.Pipeline.Ledger.Claims;

namespace KpiMetrics.Pipeline.Ledger.Sql;

/// <summary>Who does what.</summary>
public abstract partial class SqlLedger
{
    private string Expired => $"CASE WHEN until_at <= {database.Now} THEN 1 ELSE 0 END";

    public async Task<Claim?> TryTakeClaimAsync(
        string name,
        string holder,
        TimeSpan term,
        Func<string, bool> isGone,
        CancellationToken cancellationToken
    )
    {
        // Looked at without a lock first: what somebody else has is asked for again and again.
        await using (var reading = await database.OpenAsync(cancellationToken))
        {
            if (await IsHeldAsync(reading, "") is true)
                return null;
        }
        await using var session = await database.BeginAsync([], cancellationToken);
        var isHeld = await IsHeldAsync(session, database.SkipLocked);
        if (isHeld is true)
            return null;
        // Null: nobody ever had it, or somebody takes it right now, and then nothing is inserted.
        var fence = await session.NumberAsync(
            isHeld is null
                ? $"INSERT INTO claim (name, holder, fence, until_at) VALUES ($1, $2, 1, {database.Now} + $3) ON CONFLICT DO NOTHING RETURNING fence"
                : $"UPDATE claim SET holder = $2, fence = fence + 1, until_at = {database.Now} + $3 WHERE name = $1 RETURNING fence",
            [name, holder, term],
            cancellationToken
        );
        if (fence is not { } number)
            return null;
        await session.CommitAsync(cancellationToken);
        return new(name, holder, number);

        async Task<bool?> IsHeldAsync(SqlSession reader, string locked)
        {
            var found = await reader.ReadAsync(
                $"SELECT holder, {Expired} FROM claim WHERE name = $1 {locked}",
                [name],
                row => row.TextOrNull(0) is { } before && row.GetInt32(1) == 0 && !isGone(before),
                cancellationToken
            );
            return found.Count == 0 ? null : found[0];
        }
    }

    public async Task<bool> RenewClaimAsync(Claim claim, TimeSpan term, CancellationToken cancellationToken)
    {
        await using var session = await database.OpenAsync(cancellationToken);
        return await session.ExecuteAsync(
                $"UPDATE claim SET until_at = {database.Now} + $3 WHERE name = $1 AND fence = $2 AND holder IS NOT NULL",
                [claim.Name, claim.Fence, term],
                cancellationToken
            ) > 0;
    }

    public async Task GiveBackClaimAsync(Claim claim, CancellationToken cancellationToken)
    {
        await using var session = await database.OpenAsync(cancellationToken);
        await session.ExecuteAsync(
            "UPDATE claim SET holder = NULL WHERE name = $1 AND fence = $2",
            [claim.Name, claim.Fence],
            cancellationToken
        );
    }

    public async Task ForgetClaimAsync(Claim claim, CancellationToken cancellationToken)
    {
        await using var session = await database.OpenAsync(cancellationToken);
        await session.ExecuteAsync(
            "DELETE FROM claim WHERE name = $1 AND fence = $2",
            [claim.Name, claim.Fence],
            cancellationToken
        );
    }

    public async Task<IReadOnlyList<ClaimState>> ReadClaimsAsync(CancellationToken cancellationToken)
    {
        await using var session = await database.OpenAsync(cancellationToken);
        return await session.ReadAsync(
            $"SELECT name, holder, fence, {Expired} FROM claim WHERE holder IS NOT NULL ORDER BY name",
            [],
            row => new ClaimState(new(row.GetString(0), row.GetString(1), row.GetInt64(2)), row.GetInt32(3) == 1),
            cancellationToken
        );
    }
}
