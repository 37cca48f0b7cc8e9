using KpiMetrics.Core.Periods;

namespace KpiMetrics.Core.Catalog;

/// <summary>From which period on an index is published against which base ("2014 = 100").</summary>
public sealed record IndexBase(Period From, string Base);
