using System.Diagnostics.Metrics;
using KpiMetrics.Worker.Api.Metrics;

namespace KpiMetrics.Worker.Scheduling.Lanes;

/// <summary>What is measured of lanes, by source.</summary>
internal static class LaneMeters
{
    public static void Observe(KpiMeters meters, Func<IEnumerable<SourceLane>> lanes)
    {
        meters.Observe("kpi_lane_waiting", "Duties that wait for their source.", () => Each(lane => lane.Waiting));
        meters.Observe("kpi_lane_running", "Duties at work.", () => Each(lane => lane.Running));
        meters.Observe("kpi_lane_limit", "How many duties may be at work at once.", () => Each(lane => lane.Limit));
        meters.Observe(
            "kpi_lane_oldest_wait_seconds",
            "How long the duty that waits longest has waited.",
            () => Each(lane => lane.OldestWait.TotalSeconds)
        );

        IEnumerable<Measurement<T>> Each<T>(Func<SourceLane, T> read)
            where T : struct =>
            lanes().Select(lane => new Measurement<T>(read(lane), new KeyValuePair<string, object?>("source", lane.Name)));
    }

    /// <summary>Counts a run, unless there was nothing to do.</summary>
    public static void Count(KpiMeters meters, LaneRun run)
    {
        if (run.Fault is not null)
            meters.JobRan(run.Source, "failed", run.Duration);
        else if (run.Outcome.Length > 0)
            meters.JobRan(run.Source, run.Outcome == SourceLane.GivenBack ? "given-back" : "ok", run.Duration);
    }
}
