using KpiMetrics.Core.Periods;

namespace KpiMetrics.Pipeline.Publishing;

/// <summary>What one point must become.</summary>
/// <param name="Had">The fields that the store may have of it.</param>
/// <param name="Point">What it is to be; null for no point.</param>
internal sealed record PointChange(int SeriesId, Period Period, PointAddress Address, PointFields Had, Point? Point)
{
    public PointFields Has => Point?.Fields ?? PointFields.None;

    /// <summary>Fields can be taken from a point only by deleting it first.</summary>
    public bool NeedsDeletion => (Had & ~Has) != PointFields.None;
}
