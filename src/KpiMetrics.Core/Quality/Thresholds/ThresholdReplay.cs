using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Periods;

namespace KpiMetrics.Core.Quality.Thresholds;

/// <summary>
/// Holds a series against a threshold from its readings alone. The answer depends on what is known and on nothing else: in whatever order
/// readings came, late ones and corrections among them, and however often it is asked.
/// </summary>
public static class ThresholdReplay
{
    /// <summary>When each level was up. Costs some tens of nanoseconds a reading.</summary>
    /// <param name="from">
    /// Earlier hours only serve windows, and no level is taken to be up before it; null: from the first reading on. See
    /// <see cref="ThresholdHistory.ReplayFrom"/>.
    /// </param>
    public static ThresholdHistory Of(Threshold threshold, HourlyReadings readings, Period? from = null)
    {
        ArgumentNullException.ThrowIfNull(threshold);
        ArgumentNullException.ThrowIfNull(readings);
        var levels = threshold.Levels;
        var runs = new LevelRun[levels.Count];
        for (var at = 0; at < runs.Length; at++)
            runs[at] = new(levels[at].At, levels[at].At - threshold.Margin, threshold.Readings);
        var windowed = new Windowed(threshold, readings);
        while (windowed.TryNext(out var measured))
        {
            if (measured.Hour < from)
                continue;
            foreach (var run in runs)
                run.Take(measured);
        }
        return new(threshold, [.. runs.Select((run, at) => new LevelHistory(levels[at], run.Crossings()))]);
    }

    /// <summary>How each level stands in an hour, by the readings up to that hour; in ascending order.</summary>
    /// <param name="now">
    /// The newest hour that has ended. Where its figure, or another of its window, has not come, a level that is up stays up and one that is not is not
    /// known to be below.
    /// </param>
    public static IReadOnlyList<LevelState> StateAt(Threshold threshold, HourlyReadings readings, Period now, Period? from = null)
    {
        ArgumentNullException.ThrowIfNull(readings);
        var history = Of(threshold, readings.Until(now), from);
        var measured = Windowed.At(threshold, readings, now);
        return [.. history.Levels.Select(level => LevelState.Of(threshold, level, measured))];
    }
}
