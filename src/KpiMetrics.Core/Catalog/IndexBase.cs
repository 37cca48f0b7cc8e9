using KpiMetrics.Core.Periods;

namespace KpiMetrics.Core.Catalog;

/// <summary>From which period on an index is published against which base ("2014 = 100").</summary>
/// <param name="Link">
/// What 100 of this base is in the base before, divided by 100: a figure of the base before is divided by it to become one of this base. Null where
/// the publisher gives none; figures across the change are then never compared.
/// </param>
public sealed record IndexBase(Period From, string Base, decimal? Link = null);
