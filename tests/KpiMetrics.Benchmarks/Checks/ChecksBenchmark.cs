using System.Diagnostics;
using System.Globalization;
using KpiMetrics.Benchmarks.Correct;
using KpiMetrics.Core.Periods;
using KpiMetrics.Pipeline.Checks;
using KpiMetrics.Pipeline.Checks.Statistics;
using Microsoft.Data.Sqlite;

namespace KpiMetrics.Benchmarks.Checks;

/// <summary>
/// What it takes to hold a province's figures against each other and against their past: all of them, and those of one commune right after its report. The
/// figures are random, so that far more of them than in life are suspected and ask for the other areas.
/// </summary>
internal static class ChecksBenchmark
{
    private const int Months = 36;
    private const int Turns = 3;

    private static readonly Period Last = Period.Parse("2028-06");

    public static async Task RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("kpi-checks-").FullName;
        var catalog = CorrectCatalog.Read();
        var file = new CorrectLedger(Path.Combine(folder, "checks.db"));
        await file.MigrateAsync();
        var series = CorrectCatalog.Reported(catalog, Frequency.Month);
        await file.FillAsync(series, Last.Shift(1 - Months), Last);
        var ledger = file.Sqlite;
        var stage = new CheckStage(catalog, ledger, ledger, ledger, "bench", TimeSpan.Zero);
        var touched = new TouchedChecks(catalog, ledger, ledger, ledger);
        Console.WriteLine("                                       |      ms |  CPU ms |  tested | not | firing | allocated MB");
        for (var turn = 0; turn < Turns; turn++)
            await TakeAsync(
                $"the set, {series.Count} series x {Months} months",
                () => stage.RunAsync("lao-cai", () => DateTimeOffset.UnixEpoch, null, default)
            );
        var commune = series.Where(key => key.Area == series[0].Area).ToList();
        for (var turn = 1; turn <= Turns; turn++)
        {
            await file.ReportAsync(commune, Last.Shift(turn), Last.Shift(turn));
            await TakeAsync(
                $"one commune's report of {commune.Count} series",
                () => touched.RunAsync("lao-cai", commune, DateTimeOffset.UnixEpoch, null, default)
            );
        }
        var one = commune.Take(1).ToList();
        await file.ReportAsync(one, Last.Shift(Turns + 1), Last.Shift(Turns + 1));
        for (var turn = 0; turn < Turns; turn++)
            await TakeAsync("one figure", () => touched.RunAsync("lao-cai", one, DateTimeOffset.UnixEpoch, null, default));
        SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
    }

    private static async Task TakeAsync(string name, Func<Task<SetChecked>> check)
    {
        GC.Collect();
        using var process = Process.GetCurrentProcess();
        var (cpu, allocated, clock) = (process.TotalProcessorTime, GC.GetTotalAllocatedBytes(), Stopwatch.StartNew());
        var result = await check();
        var took = clock.Elapsed.TotalMilliseconds;
        process.Refresh();
        var processor = (process.TotalProcessorTime - cpu).TotalMilliseconds;
        var memory = (GC.GetTotalAllocatedBytes() - allocated) / 1e6;
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{name, -38} | {took, 7:0} | {processor, 7:0} | {result.Tested, 7} | {result.Untestable, 3} | {result.Firing, 6} | {memory, 7:0}"
            )
        );
    }
}
