using KpiMetrics.Pipeline.Ledger.Sql;
using Npgsql;

namespace KpiMetrics.Pipeline.Ledger.Postgres;

/// <summary>What the reports of one process have in common: connections, and the numbers that never change once they are given.</summary>
internal sealed class PostgresIntake(PostgresDatabase database)
{
    // Looking for old receipts with every push would cost more than keeping them a little longer.
    private static readonly TimeSpan Pruning = TimeSpan.FromMinutes(1);

    private long prunedAt;

    public SeriesMemory Series => database.Series;

    public ValueTask<NpgsqlConnection> ConnectAsync(CancellationToken cancellationToken) =>
        database.ConnectAsync(cancellationToken);

    /// <summary>The number of a source, which is added where it is new.</summary>
    /// <remarks>By itself and at once: a source is no figure, and a report that waits for it would wait for a whole other report.</remarks>
    public async Task<int> SourceAsync(string name, CancellationToken cancellationToken)
    {
        if (database.Sources.TryGetValue(name, out var known))
            return known;
        await using var connection = await ConnectAsync(cancellationToken);
        var batch = new PostgresBatch(connection, null);
        batch.Add(
            "INSERT INTO source (name) SELECT $1 WHERE NOT EXISTS (SELECT 1 FROM source WHERE name = $1) ON CONFLICT DO NOTHING",
            name
        );
        await batch.SendAsync(cancellationToken);
        var found = await batch.ReadAsync(
            "SELECT id FROM source WHERE name = $1",
            row => row.GetInt32(0),
            [name],
            cancellationToken
        );
        return database.Sources[name] = found is [var number]
            ? number
            : throw new InvalidDataException($"The source '{name}' was not kept.");
    }

    /// <summary>Whether to look for receipts that are too old; yes once in a minute.</summary>
    public bool IsPruningDue(DateTimeOffset at)
    {
        var (now, last) = (at.ToUnixTimeMilliseconds(), Interlocked.Read(ref prunedAt));
        return Math.Abs(now - last) >= Pruning.TotalMilliseconds && Interlocked.CompareExchange(ref prunedAt, now, last) == last;
    }
}
