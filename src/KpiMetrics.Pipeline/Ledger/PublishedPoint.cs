using KpiMetrics.Core.Periods;

namespace KpiMetrics.Pipeline.Ledger;

/// <summary>Which fields a point may have in InfluxDB: never fewer than it has.</summary>
/// <param name="Fields">A set of bits that the publisher gives meaning to; 0: no point.</param>
public sealed record PublishedPoint(int SeriesId, Period Period, int Fields)
{
    /// <summary>All bits: nobody knows which fields the point has.</summary>
    public const int AnyField = -1;
}
