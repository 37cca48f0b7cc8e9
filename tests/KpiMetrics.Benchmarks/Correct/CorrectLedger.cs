using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;
using KpiMetrics.Pipeline.Ledger.Sqlite;
using KpiMetrics.Tests.Support;
using Microsoft.Data.Sqlite;

namespace KpiMetrics.Benchmarks.Correct;

/// <summary>A ledger with a history of which all is published.</summary>
internal sealed class CorrectLedger(string path)
{
    // A source states when it reports; later than any before.
    private static readonly DateTimeOffset Start = new(2025, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly Random random = new(7);
    private int reports;

    public SqliteLedger Sqlite { get; } = new(path);

    public Task MigrateAsync() => Sqlite.MigrateAsync(Start, default);

    /// <summary>One report with a figure of each series for each of the periods.</summary>
    /// <param name="isWithdrawn">The figures are taken back.</param>
    public async Task ReportAsync(IEnumerable<SeriesKey> series, Period first, Period last, bool isWithdrawn = false)
    {
        var at = Start.AddMinutes(++reports);
        await using var report = await Sqlite.BeginAsync(
            new("lao-cai", "inbox", $"{reports}.csv", at, ReceivedAtStated: true, at, "bench"),
            default
        );
        foreach (var key in series)
        {
            for (var index = first.Index; index <= last.Index; index++)
            {
                await report.AppendAsync(
                    key,
                    Period.FromIndex(first.Frequency, index),
                    isWithdrawn ? FigureValue.None : FigureValue.Of(random.Next(1, 1_000_000)),
                    isWithdrawn ? ObsStatus.Missing : ObsStatus.Normal,
                    Vintage.Official,
                    null,
                    default
                );
            }
        }
        await report.CommitAsync(0, default);
    }

    /// <summary>
    /// A figure of each series for each of the periods, put straight into the tables and all of it published: what would take reports an hour.
    /// </summary>
    public async Task FillAsync(IReadOnlyList<SeriesKey> series, Period first, Period last)
    {
        var numbers = await Sqlite.NumberSeriesAsync(series, default);
        await using var connection = new SqliteConnection($"Data Source={path}");
        await connection.OpenAsync();
        await using var transaction = connection.BeginTransaction();
        await using var fill = connection.CreateCommand();
        fill.Transaction = transaction;
        fill.CommandText = "INSERT OR IGNORE INTO source (id, name) VALUES (1, 'inbox')";
        await fill.ExecuteNonQueryAsync();
        fill.CommandText = """
            INSERT INTO observation
            WITH RECURSIVE months (period) AS (SELECT $first UNION ALL SELECT period + 1 FROM months WHERE period < $last)
            SELECT $series, period, 1735689600000, 1, 3, 1, CAST(1 + abs(random() % 1000000) AS TEXT), NULL, 'A', NULL FROM months
            """;
        fill.Parameters.AddWithValue("$first", first.Index);
        fill.Parameters.AddWithValue("$last", last.Index);
        var number = fill.Parameters.Add("$series", SqliteType.Integer);
        foreach (var one in numbers)
        {
            number.Value = one;
            await fill.ExecuteNonQueryAsync();
        }
        await using var settle = connection.CreateCommand();
        settle.Transaction = transaction;
        settle.CommandText = "INSERT OR IGNORE INTO published SELECT series_id, period, 1 FROM observation";
        await settle.ExecuteNonQueryAsync();
        await transaction.CommitAsync();
    }

    /// <summary>As if all had been published: nothing waits, and every figure reported has a point.</summary>
    public void SettleOutbox()
    {
        using var connection = new SqliteConnection($"Data Source={path}");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = """
            INSERT OR IGNORE INTO published SELECT series_id, period, 1 FROM outbox;
            DELETE FROM outbox;
            PRAGMA wal_checkpoint(TRUNCATE);
            """;
        command.ExecuteNonQuery();
    }
}
