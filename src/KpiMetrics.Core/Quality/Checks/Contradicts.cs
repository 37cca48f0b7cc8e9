namespace KpiMetrics.Core.Quality.Checks;

/// <summary>No true values round or cut to all of the figures at once.</summary>
/// <param name="Recomputed">What follows from the other figures as printed; for a bound, the bound.</param>
/// <param name="Lower">The least that may follow, as those figures are rounded themselves.</param>
/// <param name="Upper">The most that may follow.</param>
/// <param name="Difference">Stated less recomputed.</param>
public sealed record Contradicts(decimal Recomputed, decimal Lower, decimal Upper, decimal Difference) : CheckResult;
