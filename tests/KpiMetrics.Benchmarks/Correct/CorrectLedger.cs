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
    public async Task ReportAsync(IEnumerable<SeriesKey> series, Period first, Period last)
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
                    FigureValue.Of(random.Next(1, 1_000_000)),
                    ObsStatus.Normal,
                    Vintage.Official,
                    null,
                    default
                );
            }
        }
        await report.CommitAsync(0, default);
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
