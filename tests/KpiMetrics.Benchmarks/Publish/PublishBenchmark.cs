using System.Diagnostics;
using System.Globalization;
using KpiMetrics.Benchmarks.Correct;
using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Periods;
using KpiMetrics.Pipeline.Publishing;
using KpiMetrics.Tests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace KpiMetrics.Benchmarks.Publish;

/// <summary>
/// A province into an empty InfluxDB (DESIGN 10): from the ledger, derived, written and confirmed, beside a bare sender of the same lines to the same server.
/// </summary>
internal static class PublishBenchmark
{
    private const int Months = 36;
    private const int Turns = 3;
    private static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById("Asia/Ho_Chi_Minh");

    public static async Task RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("kpi-publish-").FullName;
        var catalog = CorrectCatalog.Read();
        var ledger = new CorrectLedger(Path.Combine(folder, "ledger.db"));
        await ledger.MigrateAsync();
        var reported = CorrectCatalog.Reported(catalog, Frequency.Month);
        var first = Period.Parse("2025-07");
        await ledger.FillAsync(reported, first, first.Shift(Months - 1));
        Print($"{reported.Count:N0} reported series x {Months} months");

        var keeper = new LineKeeper(new InfluxOptions().BatchSize);
        var cpu = Process.GetCurrentProcess().TotalProcessorTime;
        var toNowhere = await SecondsAsync(() => RebuildAsync(ledger, catalog, keeper));
        Print($"  of which processor time {(Process.GetCurrentProcess().TotalProcessorTime - cpu).TotalSeconds:0.0} s");
        Print(
            $"{"to nowhere: read, derive, confirm, lines kept", -48} {toNowhere, 7:0.0} s {keeper.Points / toNowhere, 10:N0} points/s"
        );
        await using var influx = await OwnInflux.StartAsync();
        var (bestBare, best) = (double.MaxValue, double.MaxValue);
        for (var turn = 0; turn < Turns; turn++)
        {
            bestBare = Math.Min(bestBare, await SecondsAsync(() => BareSender.SendAsync(influx, keeper.Batches)));
            await influx.EmptyAsync();
            cpu = Process.GetCurrentProcess().TotalProcessorTime;
            best = Math.Min(best, await SecondsAsync(() => PublishAsync(ledger, catalog, influx)));
            Print(
                $"turn {turn + 1}: processor time of a rebuild {(Process.GetCurrentProcess().TotalProcessorTime - cpu).TotalSeconds:0.0} s"
            );
            if (turn < Turns - 1)
                await influx.EmptyAsync();
        }
        Print($"{"bare sender, two connections", -48} {bestBare, 7:0.0} s {keeper.Points / bestBare, 10:N0} points/s");
        Print($"{"rebuild from the ledger", -48} {best, 7:0.0} s {keeper.Points / best, 10:N0} points/s");
        Print(
            $"ratio {bestBare / best:0.00} (target 0.80), {keeper.Points:N0} points; rebuild under 60 s: {(best < 60 ? "yes" : "no")}"
        );
        Print(
            $"peak of the process {Process.GetCurrentProcess().PeakWorkingSet64 / 1_000_000} MB, of which {keeper.Batches.Sum(lines => (long)lines.Length) / 1_000_000} MB are the bare sender's lines"
        );
        Print($"InfluxDB: {await influx.QueryAsync("SELECT count(value) FROM kpi")}");
        SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
    }

    private static async Task PublishAsync(CorrectLedger ledger, CatalogSnapshot catalog, OwnInflux influx)
    {
        using var http = InfluxWriters.CreateClient();
        await RebuildAsync(ledger, catalog, InfluxWriters.Create(http, influx.Options, NullLogger.Instance));
    }

    private static async Task RebuildAsync(CorrectLedger ledger, CatalogSnapshot catalog, IPointWriter writer)
    {
        await ledger.Sqlite.MarkAllAsync("bench", DateTimeOffset.UnixEpoch, default);
        var stage = new PublishStage(ledger.Sqlite, ledger.Sqlite, writer, catalog, Zone);
        await stage.RunAloneAsync(ledger.Sqlite, DateTimeOffset.UnixEpoch, default);
    }

    private static async Task<double> SecondsAsync(Func<Task> run)
    {
        GC.Collect();
        var start = Stopwatch.GetTimestamp();
        await run();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
