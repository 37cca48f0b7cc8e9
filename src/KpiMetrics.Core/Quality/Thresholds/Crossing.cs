using KpiMetrics.Core.Periods;

namespace KpiMetrics.Core.Quality.Thresholds;

/// <summary>One time that a level was up, with the figures that say so.</summary>
/// <param name="Start">The figure that reached the level.</param>
/// <param name="Peak">The highest since; of several equal ones the first.</param>
/// <param name="End">The figure that let it fall back; null while the level is up.</param>
public sealed record Crossing(Measured Start, Measured Peak, Measured? End)
{
    public Period Since => Start.Hour;

    /// <summary>The hour with which it was over; null while the level is up.</summary>
    public Period? Until => End?.Hour;

    public bool IsOpen => End is null;

    /// <summary>Some hour lies in both: what becomes known late makes no other crossing of it.</summary>
    public bool Overlaps(Crossing other) => IsBefore(Since, other.Until) && IsBefore(other.Since, Until);

    private static bool IsBefore(Period since, Period? until) => until is not { } end || since < end;
}
