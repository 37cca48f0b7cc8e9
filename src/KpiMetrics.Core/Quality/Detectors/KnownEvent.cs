using KpiMetrics.Core.Periods;

namespace KpiMetrics.Core.Quality.Detectors;

/// <summary>Something that moves figures: a flood, a price set anew, a merger of areas.</summary>
/// <param name="Name">As an official says it: <c>Bão số 3 (Yagi)</c>.</param>
/// <param name="First">Of the frequency of the figures.</param>
/// <param name="Last">The last period it is the reason for, and the last that no later figure is held against.</param>
/// <param name="Breaks">What came before is not comparable with what comes after: nothing before <paramref name="First"/> is a baseline.</param>
public sealed record KnownEvent(string Name, Period First, Period Last, bool Breaks = false)
{
    internal bool Covers(Period period) =>
        period.Frequency == First.Frequency && period.Index >= First.Index && period.Index <= Last.Index;
}
