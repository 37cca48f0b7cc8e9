namespace KpiMetrics.Core.Quality.Checks;

/// <summary>There is nothing to compare with.</summary>
/// <param name="Missing">The places, from 0, of the inputs that are not there.</param>
/// <param name="Numerator">What would have been divided by 0; null where it is not reported or nothing is divided.</param>
public sealed record NotComputable(Incomputable Why, IReadOnlyList<int> Missing, decimal? Numerator) : CheckResult;
