using KpiMetrics.Pipeline.Ledger.Claims;
using Microsoft.Data.Sqlite;

namespace KpiMetrics.Pipeline.Ledger.Sqlite;

/// <summary>Who does what: all processes on one file are of one machine, and have its clock.</summary>
public sealed partial class SqliteLedger
{
    // Milliseconds since 1970.
    private const string StoreNow = "CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER)";

    public Task<Claim?> TryTakeClaimAsync(
        string name,
        string holder,
        TimeSpan term,
        Func<string, bool> isGone,
        CancellationToken cancellationToken
    )
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var connection = database.Open();
        using var transaction = connection.BeginTransaction(deferred: false);
        using var read = connection.Prepare(transaction, $"SELECT holder, until_at <= {StoreNow} FROM claim WHERE name = $1", 1);
        using (var reader = read.With(name).ExecuteReader())
        {
            if (reader.Read() && reader.TextOrNull(0) is { } before && !reader.GetBoolean(1) && !isGone(before))
                return Task.FromResult<Claim?>(null);
        }
        using var take = connection.Prepare(
            transaction,
            $"""
            INSERT INTO claim (name, holder, fence, until_at) VALUES ($1, $2, 1, {StoreNow} + $3)
            ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, fence = fence + 1, until_at = excluded.until_at
            RETURNING fence
            """,
            3
        );
        var fence = (long)(take.With(name, holder, (long)term.TotalMilliseconds).ExecuteScalar() ?? 0L);
        transaction.Commit();
        return Task.FromResult<Claim?>(new(name, holder, fence));
    }

    public Task<bool> RenewClaimAsync(Claim claim, TimeSpan term, CancellationToken cancellationToken) =>
        Task.FromResult(
            ChangeClaim(
                $"UPDATE claim SET until_at = {StoreNow} + $3 WHERE name = $1 AND fence = $2 AND holder IS NOT NULL",
                [claim.Name, claim.Fence, (long)term.TotalMilliseconds],
                cancellationToken
            )
        );

    public Task GiveBackClaimAsync(Claim claim, CancellationToken cancellationToken)
    {
        ChangeClaim(
            "UPDATE claim SET holder = NULL WHERE name = $1 AND fence = $2",
            [claim.Name, claim.Fence],
            cancellationToken
        );
        return Task.CompletedTask;
    }

    public Task ForgetClaimAsync(Claim claim, CancellationToken cancellationToken)
    {
        ChangeClaim("DELETE FROM claim WHERE name = $1 AND fence = $2", [claim.Name, claim.Fence], cancellationToken);
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<ClaimState>> ReadClaimsAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var connection = database.Open();
        using var command = connection.Prepare(
            null,
            $"SELECT name, holder, fence, until_at <= {StoreNow} FROM claim WHERE holder IS NOT NULL ORDER BY name",
            0
        );
        using var reader = command.ExecuteReader();
        var found = new List<ClaimState>();
        while (reader.Read())
            found.Add(new(new(reader.GetString(0), reader.GetString(1), reader.GetInt64(2)), reader.GetBoolean(3)));
        return Task.FromResult<IReadOnlyList<ClaimState>>(found);
    }

    /// <exception cref="ClaimLostException">Somebody else has it. While the transaction lasts nobody can take it.</exception>
    internal static void CheckClaim(SqliteConnection connection, SqliteTransaction transaction, Claim? claim)
    {
        if (claim is null)
            return;
        using var check = connection.Prepare(
            transaction,
            "SELECT 1 FROM claim WHERE name = $1 AND fence = $2 AND holder IS NOT NULL",
            2
        );
        if (check.With(claim.Name, claim.Fence).ExecuteScalar() is null)
            throw ClaimLostException.Of(claim);
    }

    private bool ChangeClaim(string sql, object[] values, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var connection = database.Open();
        using var command = connection.Prepare(null, sql, values.Length);
        return command.With(values).ExecuteNonQuery() > 0;
    }
}
