namespace KpiMetrics.Core.Catalog;

/// <summary>An area that went into a later one, or the later one seen from it.</summary>
/// <param name="Area">The other area of the link.</param>
/// <param name="Weight">
/// Which part of the earlier area went into the later one, 0..1: 1 where it went whole; null where it was divided and nobody says how.
/// </param>
public sealed record AreaOrigin(Area Area, decimal? Weight);
