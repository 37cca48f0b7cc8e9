using System.Globalization;
using System.Text;
using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;
using KpiMetrics.Pipeline.Collection;
using KpiMetrics.Pipeline.Ledger.Sqlite;
using KpiMetrics.Pipeline.Sources.Inbox;
using Microsoft.Data.Sqlite;

namespace KpiMetrics.Benchmarks;

/// <summary>From CSV text to the ledger (parse, check, append, mark) against a bare prepared upsert of the same rows, ready parsed, into SQLite.</summary>
internal static class IntakeBenchmark
{
    private const int Series = 2_500;
    private const int Months = 36;
    private static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById("Asia/Ho_Chi_Minh");
    private static readonly DateTimeOffset At = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static async Task RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("kpi-bench-").FullName;
        var catalog = Catalog();
        var csv = Encoding.UTF8.GetBytes(Csv());
        var turn = 0;
        await ComparedRates.PrintAsync(
            "intake on SQLite",
            Series * Months,
            "bare prepared upsert",
            () =>
            {
                Upsert(Path.Combine(folder, $"bare{turn}.db"));
                return Task.CompletedTask;
            },
            () => TakeAsync(catalog, csv, Path.Combine(folder, $"ours{turn++}.db"))
        );
        SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
    }

    private static async Task TakeAsync(CatalogSnapshot catalog, byte[] csv, string path)
    {
        var ledger = new SqliteLedger(path);
        await ledger.MigrateAsync(At, default);
        await using var file = await ReportFile.OpenAsync(new MemoryStream(csv), "bench.csv", NumberLocale.En, default);
        var intake = new ReportIntake(catalog, ledger, Zone);
        var result = await intake.TakeAsync(
            new("bench", "bench", "bench.csv", At, ReceivedAtStated: false, At, "bench"),
            file.ReadAsync(default),
            file.Locale,
            dryRun: false,
            refused => throw new InvalidOperationException(refused.Refusal.Message),
            onProgress: null,
            default
        );
        if (result.Receipt.Recorded != Series * Months)
            throw new InvalidOperationException($"{result.Receipt.Recorded} rows were recorded.");
    }

    private static void Upsert(string path)
    {
        using var connection = new SqliteConnection($"Data Source={path}");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText =
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE o (series INTEGER, period INTEGER, value TEXT, PRIMARY KEY (series, period)) WITHOUT ROWID";
        command.ExecuteNonQuery();
        using var transaction = connection.BeginTransaction();
        command.Transaction = transaction;
        command.CommandText = "INSERT INTO o VALUES ($1, $2, $3) ON CONFLICT DO UPDATE SET value = excluded.value";
        var (series, period, value) = (
            command.Parameters.Add("$1", SqliteType.Integer),
            command.Parameters.Add("$2", SqliteType.Integer),
            command.Parameters.Add("$3", SqliteType.Text)
        );
        for (var s = 0; s < Series; s++)
        {
            for (var m = 0; m < Months; m++)
            {
                (series.Value, period.Value, value.Value) = (s, m, Value(s, m));
                command.ExecuteNonQuery();
            }
        }
        transaction.Commit();
    }

    private static string Value(int series, int month) =>
        string.Create(CultureInfo.InvariantCulture, $"{(series + month) % 97}.5");

    private static string Csv()
    {
        var text = new StringBuilder("indicator,measure,area,period,value\n");
        var first = Period.Parse("2023-01");
        for (var s = 0; s < Series; s++)
        {
            for (var m = 0; m < Months; m++)
                text.Append(CultureInfo.InvariantCulture, $"B-01,B-01.{s:0000},24,{first.Shift(m)},{Value(s, m)}\n");
        }
        return text.ToString();
    }

    private static CatalogSnapshot Catalog()
    {
        var measures = Enumerable
            .Range(0, Series)
            .Select(s => new Measure
            {
                Code = $"B-01.{s:0000}",
                Name = "flow",
                Kind = MeasureKind.Flow,
                Aggregation = Aggregation.Sum,
            })
            .ToList();
        var indicator = new Indicator
        {
            Code = "B-01",
            Group = "A",
            Number = "1",
            Name = "bench",
            Agency = "bench",
            Frequencies = [Frequency.Month],
            Measures = measures,
        };
        var set = new IndicatorSet
        {
            Code = "bench",
            Name = "bench",
            Authority = "bench",
            Decision = "bench",
            Date = "2023-01-01",
            Prefix = "B",
            Level = AreaLevel.Province,
            Within = "24",
            Regime = [new(new(2020, 1, 1), WindowRule.Calendar, null, null)],
            Groups = [new("A", "bench", [indicator])],
        };
        var area = new Area
        {
            Code = "24",
            Name = "Tỉnh Bắc Ninh",
            Level = AreaLevel.Province,
            From = new(2000, 1, 1),
        };
        return new([set], [area]);
    }
}
