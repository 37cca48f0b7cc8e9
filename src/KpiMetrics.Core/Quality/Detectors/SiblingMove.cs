namespace KpiMetrics.Core.Quality.Detectors;

/// <summary>A common move of other areas, scaled.</summary>
/// <param name="Spread">Of single areas about the median.</param>
internal readonly record struct SiblingMove(double Median, double Spread, int Areas)
{
    // A median this many of its standard errors from 0 is no chance.
    private const double Certain = 3;

    // What all areas do by a factor of five is a change of unit, not of the world.
    private const double Most = 1.6;

    /// <summary>The areas did move together.</summary>
    public bool IsCommon => Math.Abs(Median) < Most && Math.Abs(Median) > Certain * 1.25 * Spread / Math.Sqrt(Areas);
}
