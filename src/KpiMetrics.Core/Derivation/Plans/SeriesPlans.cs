using KpiMetrics.Core.Catalog;

namespace KpiMetrics.Core.Derivation.Plans;

/// <summary>The plans of one series under one scheme, year by year, as known at an instant.</summary>
/// <param name="versions">All statements about plans of the series' measure, subject and area, in any order.</param>
/// <param name="asOf">Only what was received at or before this instant; null for all.</param>
public sealed class SeriesPlans(
    IReadOnlyList<PlanVersion> versions,
    MeasureKind kind,
    string scheme = "",
    DateTimeOffset? asOf = null
)
{
    private readonly Dictionary<int, PlanOfYear?> years = [];

    /// <summary>Null where the year has no plan.</summary>
    public PlanOfYear? Of(int year)
    {
        if (versions.Count == 0)
            return null;
        if (!years.TryGetValue(year, out var plan))
            years[year] = plan = PlanOfYear.Of(versions, year, kind, scheme, asOf);
        return plan;
    }
}
