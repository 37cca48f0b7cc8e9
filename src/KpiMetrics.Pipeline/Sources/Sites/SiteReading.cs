using KpiMetrics.Pipeline.Catalog;

namespace KpiMetrics.Pipeline.Sources.Sites;

/// <summary>What came of reading a site file.</summary>
/// <param name="Site">Null exactly when there are faults.</param>
/// <param name="Faults">Line by line.</param>
public sealed record SiteReading(Site? Site, IReadOnlyList<CatalogFault> Faults);
