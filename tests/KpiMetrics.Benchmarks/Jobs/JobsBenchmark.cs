using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using KpiMetrics.Core.Obligations;
using KpiMetrics.Pipeline.Ledger.Postgres;
using KpiMetrics.Worker.Scheduling;
using KpiMetrics.Worker.Scheduling.Cluster;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace KpiMetrics.Benchmarks.Jobs;

/// <summary>The worker's own scheduling of 50,000 duties on the real Quartz by the real clock, each rung once a minute: how late, how many left out.</summary>
internal static class JobsBenchmark
{
    private static readonly TimeSpan StartUp = TimeSpan.FromMinutes(2);

    /// <param name="postgres">The connection string of a database whose store rings, as for several workers; null: memory.</param>
    public static async Task RunAsync(int minutes, int count, string? postgres)
    {
        var clock = TimeProvider.System;
        var catalog = BenchCatalog.Of(count);
        var day = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        var duties = DutiesInForce.On(catalog, day).ToList();
        var fires = new FireLog(clock);
        var works = new ConcurrentQueue<float>();
        var bytes = new byte[16 * 1024];
        var seams = new ScheduleSeams(
            (duty, _, _) =>
            {
                works.Enqueue(SinceItsSecond(duty, clock.GetUtcNow()));
                SHA256.HashData(bytes); // what one small query of an index costs
                return Task.FromResult("");
            },
            [.. catalog.Sets.Select(set => new ScheduledSource($"source-of-{set.Code}", set.Code, []))]
        );
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Logging.AddSimpleConsole().SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddSingleton(clock);
        builder.Services.AddSingleton(seams);
        RingStore? store = null;
        if (postgres is not null)
        {
            await using var ledger = new PostgresLedger(postgres);
            await ledger.MigrateAsync(clock.GetUtcNow(), CancellationToken.None);
            store = new(postgres, Guid.NewGuid().ToString("N"), TimeSpan.FromSeconds(10))
            {
                More = quartz => quartz.AddJobListener(fires),
            };
        }
        builder.Services.AddSchedule(catalog, new BenchSchedules(duties), new(), quartz => quartz.AddJobListener(fires), store);
        using var host = builder.Build();
        var process = Process.GetCurrentProcess();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var starting = Stopwatch.StartNew();
        await host.StartAsync();
        await UntilScheduledAsync(host.Services.GetRequiredService<JobSync>());
        var scheduling = starting.Elapsed;
        var (busy, watch) = (process.TotalProcessorTime, Stopwatch.StartNew());
        await Task.Delay(TimeSpan.FromMinutes(minutes), clock);
        process.Refresh();
        var cpu = (process.TotalProcessorTime - busy) / watch.Elapsed;
        var working = process.WorkingSet64;
        await host.StopAsync();
        Print($"duties                {duties.Count, 12:#,0}");
        Print($"minutes               {minutes, 12:#,0}");
        Print($"time to schedule      {scheduling.TotalSeconds, 12:0.0} s");
        Print($"fires                 {fires.Lateness.Count, 12:#,0}   due in that time: {(long)duties.Count * minutes:#,0}");
        Print($"fires left out        {fires.Skipped, 12:#,0}");
        Print($"works done            {works.Count, 12:#,0}");
        Late("fires late", fires.Lateness);
        Late("works begun late", works);
        Print($"CPU                   {cpu * 100, 12:0.0} % of one core");
        Print($"memory, whole process {working / 1e6, 12:0} MB");
        Print($"memory, of the jobs   {(GC.GetTotalMemory(forceFullCollection: true) - before) / 1e6, 12:0} MB");
    }

    private static async Task UntilScheduledAsync(JobSync sync)
    {
        using var patience = new CancellationTokenSource(StartUp);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (sync.Plan.Jobs.Count == 0)
            await timer.WaitForNextTickAsync(patience.Token);
    }

    // Every duty rings at one second of each minute.
    private static float SinceItsSecond(Duty duty, DateTimeOffset now)
    {
        var second = int.Parse(
            CollectCron.For(duty.Set, duty.Indicator, duty.Frequency, new Dictionary<string, string>()).Split(' ')[0],
            CultureInfo.InvariantCulture
        );
        return (float)((now.TimeOfDay.TotalMilliseconds - second * 1000.0 + 60_000) % 60_000);
    }

    private static void Late(string name, IEnumerable<float> milliseconds)
    {
        var sorted = milliseconds.Order().ToArray();
        if (sorted.Length == 0)
            return;
        Print(
            $"{name, -21} {sorted[sorted.Length / 2], 12:0.0} ms p50   {sorted[(int)(sorted.Length * 0.99)]:0.0} ms p99   {sorted[^1]:0.0} ms max"
        );
    }

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
