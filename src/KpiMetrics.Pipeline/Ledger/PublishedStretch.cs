using KpiMetrics.Core.Periods;

namespace KpiMetrics.Pipeline.Ledger;

/// <summary>The points of a series from one period to another, both included.</summary>
/// <param name="SeriesId">The ledger's number of the series.</param>
public readonly record struct PublishedStretch(int SeriesId, Period From, Period To);
