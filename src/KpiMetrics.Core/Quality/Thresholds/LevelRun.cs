namespace KpiMetrics.Core.Quality.Thresholds;

/// <summary>Raises one level and lets it fall back while the figures go by in order.</summary>
/// <remarks>
/// Nothing but a figure changes it: hours without one neither let it fall back nor begin the count of figures in a row anew, as some
/// gauges are read four times a day.
/// </remarks>
/// <param name="at">Up from here on.</param>
/// <param name="floor">What counts towards falling back lies below it.</param>
/// <param name="readings">How many in a row must.</param>
internal sealed class LevelRun(decimal at, decimal floor, int readings)
{
    private readonly List<Crossing> crossings = [];
    private Measured start;
    private Measured peak;
    private int below;
    private bool isUp;

    public void Take(in Measured now)
    {
        if (now.Value >= at)
            Reach(now);
        else if (!isUp)
            return;
        else if (now.Value >= floor)
            below = 0;
        else if (now.IsComplete && ++below >= readings)
        {
            crossings.Add(new(start, peak, now));
            isUp = false;
        }
    }

    public IReadOnlyList<Crossing> Crossings() => isUp ? [.. crossings, new Crossing(start, peak, null)] : crossings;

    private void Reach(in Measured now)
    {
        if (!isUp)
            (isUp, start, peak) = (true, now, now);
        else if (now.Value > peak.Value)
            peak = now;
        below = 0;
    }
}
