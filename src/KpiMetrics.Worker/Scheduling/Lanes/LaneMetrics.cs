using System.Diagnostics.Metrics;

namespace KpiMetrics.Worker.Scheduling.Lanes;

/// <summary>What is measured of lanes, on the meter <c>KpiMetrics</c>, by <c>source</c>.</summary>
internal sealed class LaneMetrics : IDisposable
{
    private readonly Meter meter = new("KpiMetrics");
    private readonly Counter<long> runs;
    private readonly Histogram<double> durations;

    public LaneMetrics(Func<IEnumerable<SourceLane>> lanes)
    {
        meter.CreateObservableGauge(
            "kpimetrics.lane.waiting",
            () => lanes().Select(lane => Of(lane.Waiting, lane)),
            "{duty}",
            "Duties that wait for their source."
        );
        meter.CreateObservableGauge(
            "kpimetrics.lane.running",
            () => lanes().Select(lane => Of(lane.Running, lane)),
            "{duty}",
            "Duties at work."
        );
        meter.CreateObservableGauge(
            "kpimetrics.lane.limit",
            () => lanes().Select(lane => Of(lane.Limit, lane)),
            "{duty}",
            "How many duties may be at work at once."
        );
        meter.CreateObservableGauge(
            "kpimetrics.lane.oldest_wait",
            () => lanes().Select(lane => Of(lane.OldestWait.TotalSeconds, lane)),
            "s",
            "How long the duty that waits longest has waited."
        );
        runs = meter.CreateCounter<long>(
            "kpimetrics.job.runs",
            "{run}",
            "Runs of duties, by whether they did something, nothing or failed."
        );
        durations = meter.CreateHistogram<double>(
            "kpimetrics.job.duration",
            "s",
            "How long runs took that did something or failed."
        );
    }

    public void Count(LaneRun run)
    {
        var source = Source(run.Source);
        var outcome = (run.Fault, run.Outcome) switch
        {
            ({ }, _) => "failed",
            (_, "") => "nothing",
            _ => "done",
        };
        var label = new KeyValuePair<string, object?>("outcome", outcome);
        runs.Add(1, source, label);
        if (outcome != "nothing")
            durations.Record(run.Duration.TotalSeconds, source, label);
    }

    public void Dispose() => meter.Dispose();

    private static Measurement<T> Of<T>(T value, SourceLane lane)
        where T : struct => new(value, Source(lane.Name));

    private static KeyValuePair<string, object?> Source(string name) => new("source", name);
}
