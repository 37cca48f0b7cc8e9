using KpiMetrics.Core.Periods;

namespace KpiMetrics.Core.Quality.Thresholds;

/// <summary>What a threshold looks at, as it stood with one hour: the hour's figure, the sum of its window, or the rise over it.</summary>
/// <param name="Hour">The last hour of the window.</param>
/// <param name="Value">Of a sum that of the hours that are known: rain cannot have been less.</param>
/// <param name="Missing">How many hours of a sum's window are not known.</param>
public readonly record struct Measured(Period Hour, decimal Value, int Missing = 0)
{
    /// <summary>All that belongs to it is known; an incomplete one may be more, so it can raise a level and never lets one fall back.</summary>
    public bool IsComplete => Missing == 0;
}
