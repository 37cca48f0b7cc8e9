using KpiMetrics.Faults.Checking;
using KpiMetrics.Faults.Load;
using KpiMetrics.Faults.World;

namespace KpiMetrics.Faults.Running;

/// <summary>InfluxDB is away for a while under full load, then catches up under full load.</summary>
/// <remarks>
/// While it is away a few marked figures are reported in turn, and one of an emergency at the very end: in InfluxDB the first must appear in their order, the
/// last before all of them.
/// </remarks>
internal sealed class Outage(Site site, Office office, FaultOptions options, Watch watch, TextWriter output) : IScenario
{
    private const double Times = 3; // as fast as the load
    private const long Growth = 96L << 20;
    private const int Marks = LoadSet.Reserved - 1;

    private static readonly TimeSpan Before = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan LongestCatchUp = TimeSpan.FromMinutes(30);

    private readonly Dictionary<string, object> figures = [];

    public IReadOnlyDictionary<string, object> Figures => figures;

    public async Task RunAsync(Losses losses, CancellationToken cancellationToken)
    {
        var away = TimeSpan.FromMinutes(options.Minutes);
        var marks = await PrepareMarksAsync(cancellationToken);
        await UntilAsync(Before, cancellationToken);
        var calm = Stage("before", 0, watch.Elapsed);
        watch.Doing = "InfluxDB away";
        await site.Influx.StopAsync();
        var gone = watch.Elapsed;
        var first = office.Journal.Pushes;
        for (var mark = 0; mark < Marks; mark++)
        {
            await UntilAsync(gone + (away * (mark + 0.5) / (Marks + 1)), cancellationToken);
            await marks[mark].SendOneAsync(cancellationToken);
        }
        await UntilAsync(gone + away, cancellationToken);
        await marks[Marks].SendOneAsync(cancellationToken);
        var outage = Stage("away", first, watch.Elapsed - gone);
        CheckMemory(losses, gone);
        if (outage.Rate < 0.95 * options.Rate)
            losses.Add(
                "outage",
                FormattableString.Invariant($"{outage.Rate:F0} reports/s were taken while InfluxDB was away, not {options.Rate}")
            );
        if (outage.P99 > (2 * calm.P99) + 100)
            losses.Add(
                "outage",
                FormattableString.Invariant($"p99 {outage.P99:F0} ms while InfluxDB was away, {calm.P99:F0} ms before")
            );
        await CatchUpAsync(losses, watch.Elapsed - gone, cancellationToken);
    }

    private async Task CatchUpAsync(Losses losses, TimeSpan away, CancellationToken cancellationToken)
    {
        // The figures of ten seconds, in which they gather and are published together.
        var usual = 10 * office.Journal.Recorded / watch.Elapsed.TotalSeconds;
        watch.Doing = "InfluxDB is back";
        figures["waiting_at_its_return"] = await site.WaitingAsync(cancellationToken);
        await site.Influx.StartAgainAsync(cancellationToken);
        var (back, first) = (watch.Elapsed, office.Journal.Pushes);
        var arrivals = new Arrivals(site, options);
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        do
        {
            await arrivals.LookAsync(watch.Elapsed - back, cancellationToken);
            if (watch.Elapsed - back > LongestCatchUp)
            {
                losses.Add("outage", $"not caught up within {LongestCatchUp.TotalMinutes} min");
                return;
            }
            await tick.WaitForNextTickAsync(cancellationToken);
        } while (await site.WaitingAsync(cancellationToken) > usual || !arrivals.AreAll);
        var took = watch.Elapsed - back;
        Stage("catching_up", first, took);
        var times = (away + took) / took;
        figures["caught_up_after_s"] = Math.Round(took.TotalSeconds, 1);
        figures["times_the_load"] = Math.Round(times, 2);
        if (times < Times)
            losses.Add("outage", FormattableString.Invariant($"caught up at {times:F1} times the load; {Times} were wanted"));
        figures["marks_arrived_after_s"] = arrivals.Seconds;
        losses.Add("outage", arrivals.FindFaults());
        await output.WriteLineAsync(
            FormattableString.Invariant($"caught up after {took.TotalSeconds:F1} s, {times:F1} times the load")
        );
    }

    private async Task<List<Desk>> PrepareMarksAsync(CancellationToken cancellationToken)
    {
        var now = TimeProvider.System.GetUtcNow().ToOffset(LoadSet.Ahead);
        var indicators = LoadSet.First(1)[0].Indicators;
        var emergency = LoadSet.Communes(options.Communes + LoadSet.Reserved)[^1];
        await site.DoAsync(
            cancellationToken,
            [
                "emergency",
                "start",
                "--areas",
                emergency,
                "--order",
                "1/QĐ",
                "--until",
                $"{now.AddHours(12):yyyy-MM-ddTHH:00}",
                "--why",
                "thử",
            ]
        );
        LoadIndicator[] reported = [indicators[0], indicators[^1]];
        var secrets = new List<string>();
        foreach (var indicator in reported)
            secrets.Add(await site.SecretAsync(indicator.Agency, cancellationToken));
        return
        [
            .. Enumerable
                .Range(0, Marks + 1)
                .Select(mark => (Mark: mark, Of: mark < Marks ? 0 : 1))
                .Select(at => office.Add(site, options, reported[at.Of], secrets[at.Of], at.Mark, now.DateTime)),
        ];
    }

    private void CheckMemory(Losses losses, TimeSpan gone)
    {
        var memory = watch.Samples.Where(sample => sample.At > gone).Select(sample => sample.Memory.Max()).ToList();
        var third = Math.Max(1, memory.Count / 3);
        var (early, late) = (memory.Take(third).DefaultIfEmpty().Max(), memory.TakeLast(third).DefaultIfEmpty().Max());
        figures["memory_mib_first_third_away"] = early >> 20;
        figures["memory_mib_last_third_away"] = late >> 20;
        if (late > early + Growth)
            losses.Add(
                "outage",
                FormattableString.Invariant($"memory grew from {early >> 20} to {late >> 20} MiB while InfluxDB was away")
            );
    }

    private (double Rate, double P99) Stage(string name, long first, TimeSpan took)
    {
        var window = office.Journal.NewWindow();
        var rate = (office.Journal.Pushes - first) / took.TotalSeconds;
        figures[$"{name}_pushes_per_second"] = Math.Round(rate, 1);
        figures[$"{name}_p50_ms"] = window.Percentile(50);
        figures[$"{name}_p99_ms"] = window.Percentile(99);
        return (rate, window.Percentile(99));
    }

    private async Task UntilAsync(TimeSpan moment, CancellationToken cancellationToken)
    {
        if (moment > watch.Elapsed)
            await Task.Delay(moment - watch.Elapsed, cancellationToken);
    }
}
