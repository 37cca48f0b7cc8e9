using System.Diagnostics;
using System.Globalization;
using KpiMetrics.Benchmarks.Publish;
using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;
using KpiMetrics.Pipeline.Publishing;
using KpiMetrics.Tests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace KpiMetrics.Benchmarks.Correct;

/// <summary>
/// What it takes from the receipt of a figure to its points in InfluxDB (DESIGN 10): one correction, one withdrawal, and the report of an hour in an emergency. A
/// worker looks for changes every quarter of a second: so much may come before.
/// </summary>
internal static class CorrectBenchmark
{
    private const int DailyYears = 2;
    private const int EmergencyDays = 10;
    private static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById("Asia/Ho_Chi_Minh");
    private static readonly Period FirstDay = Period.Parse("2027-09-01");

    /// <param name="millions">Of figures, of ledgers to correct one figure in besides.</param>
    public static async Task RunAsync(IReadOnlyList<int> millions)
    {
        var folder = Directory.CreateTempSubdirectory("kpi-correct-").FullName;
        var catalog = CorrectCatalog.Read();
        await using var influx = await OwnInflux.StartAsync();
        using var http = InfluxWriters.CreateClient();
        var writer = new HoursWatch(InfluxWriters.Create(http, influx.Options, NullLogger.Instance));
        Console.WriteLine(
            "                                        | kept ms | hour ms | hours ms | all ms |  CPU ms | rows read |  reads | written | deleted | allocated MB"
        );
        await EmergencyAsync(catalog, writer, Path.Combine(folder, "emergency.db"));
        await MonthlyAsync(catalog, writer, Path.Combine(folder, "monthly.db"));
        foreach (var size in millions)
            await HistoryAsync(catalog, writer, Path.Combine(folder, "history.db"), size);
        var peak = Process.GetCurrentProcess().PeakWorkingSet64 / 1_000_000;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Peak of the process: {peak} MB"));
        SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
    }

    private static async Task EmergencyAsync(CatalogSnapshot catalog, HoursWatch writer, string path)
    {
        var ledger = new CorrectLedger(path);
        await ledger.MigrateAsync();
        var hourly = CorrectCatalog.Reported(catalog, Frequency.Hour);
        var daily = hourly.ConvertAll(key => key with { Frequency = Frequency.Day });
        var dayBefore = FirstDay.Shift(-1);
        foreach (var series in daily.GroupBy(key => key.Area))
            await ledger.ReportAsync(series, FirstDay.Shift(-365 * DailyYears), dayBefore);
        var firstHour = Period.At(Frequency.Hour, FirstDay.Start);
        var lastHour = firstHour.Shift(EmergencyDays * 24 - 5);
        foreach (var series in hourly.GroupBy(key => key.Area))
            await ledger.ReportAsync(series, firstHour, lastHour);
        ledger.SettleOutbox();

        var counting = new CountingLedger(ledger.Sqlite);
        var stage = new PublishStage(ledger.Sqlite, counting, writer, catalog, Zone);
        var stock = hourly.First(key => key.Measure == "LC-C02.03");
        var flow = hourly.First(key => key.Measure == "LC-C04.02");
        var flowDay = flow with { Frequency = Frequency.Day };
        var early = firstHour.Shift(30);
        for (var turn = 0; turn < 2; turn++)
        {
            await TakeAsync("one hour, a state", [stock], early, ledger, counting, stage, writer);
            await TakeAsync("one hour, an amount", [flow], early, ledger, counting, stage, writer);
            await TakeAsync("one day a year ago, an amount", [flowDay], FirstDay.Shift(-400), ledger, counting, stage, writer);
        }
        var commune = hourly.Where(key => key.Area == flow.Area).ToList();
        await TakeAsync($"one commune's hour ({commune.Count})", commune, lastHour.Shift(1), ledger, counting, stage, writer);
        await TakeAsync($"all communes' hour ({hourly.Count})", hourly, lastHour.Shift(2), ledger, counting, stage, writer);
    }

    private static async Task MonthlyAsync(CatalogSnapshot catalog, HoursWatch writer, string path)
    {
        var ledger = new CorrectLedger(path);
        await ledger.MigrateAsync();
        var monthly = CorrectCatalog.Reported(catalog, Frequency.Month);
        var first = Period.Parse("2025-07");
        foreach (var commune in monthly.GroupBy(key => key.Area))
            await ledger.ReportAsync(commune, first, first.Shift(35));
        ledger.SettleOutbox();
        var counting = new CountingLedger(ledger.Sqlite);
        var stage = new PublishStage(ledger.Sqlite, counting, writer, catalog, Zone);
        var crop = monthly.First(key => key.Measure == "LC-A01.05");
        for (var turn = 0; turn < 2; turn++)
            await TakeAsync($"one month of {monthly.Count} series", [crop], first.Shift(20), ledger, counting, stage, writer);
    }

    /// <summary>The same correction with ever more history behind it, of a month of long ago: nothing else may be read or rewritten.</summary>
    private static async Task HistoryAsync(CatalogSnapshot catalog, HoursWatch writer, string path, int millions)
    {
        var ledger = new CorrectLedger(path);
        await ledger.MigrateAsync();
        var monthly = CorrectCatalog.Reported(catalog, Frequency.Month);
        var months = (int)Math.Ceiling(millions * 1e6 / monthly.Count);
        var last = Period.Parse("2028-06");
        await ledger.FillAsync(monthly, last.Shift(1 - months), last);
        var counting = new CountingLedger(ledger.Sqlite);
        var stage = new PublishStage(ledger.Sqlite, counting, writer, catalog, Zone);
        var crop = monthly.First(key => key.Measure == "LC-A01.05");
        for (var turn = 0; turn < 3; turn++)
        {
            await TakeAsync($"one month, {millions} M figures", [crop], last.Shift(-16), ledger, counting, stage, writer);
            await TakeAsync(
                $"one month withdrawn, {millions} M",
                [crop],
                last.Shift(-16),
                ledger,
                counting,
                stage,
                writer,
                isWithdrawn: true
            );
        }
        SqliteConnection.ClearAllPools();
        foreach (var file in Directory.GetFiles(Path.GetDirectoryName(path) ?? "", $"{Path.GetFileName(path)}*"))
            File.Delete(file);
    }

    private static async Task TakeAsync(
        string name,
        IReadOnlyList<SeriesKey> series,
        Period period,
        CorrectLedger ledger,
        CountingLedger counting,
        PublishStage stage,
        HoursWatch writer,
        bool isWithdrawn = false
    )
    {
        counting.Restart();
        GC.Collect();
        using var process = Process.GetCurrentProcess();
        var (cpu, allocated, started) = (process.TotalProcessorTime, GC.GetTotalAllocatedBytes(), Stopwatch.GetTimestamp());
        await ledger.ReportAsync(series, period, period, isWithdrawn);
        var kept = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        var result = await stage.RunAloneAsync(ledger.Sqlite, DateTimeOffset.UnixEpoch, default);
        var elapsed = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        var (firstHour, lastHour) = writer.Since(started);
        process.Refresh();
        var used = (process.TotalProcessorTime - cpu).TotalMilliseconds;
        var megabytes = (GC.GetTotalAllocatedBytes() - allocated) / 1_000_000;
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{name, -39} | {kept, 7:0} | {firstHour, 7:0} | {lastHour, 8:0} | {elapsed, 6:0} | {used, 7:0} | {counting.Rows, 9} | {counting.Reads, 6} | {result.Points, 7} | {result.Deleted, 7} | {megabytes, 12}"
            )
        );
    }
}
