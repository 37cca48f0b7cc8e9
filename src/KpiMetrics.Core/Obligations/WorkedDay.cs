namespace KpiMetrics.Core.Obligations;

/// <summary>A day of a weekend on which offices work, for a working day that they have off.</summary>
/// <param name="For">The working day that it was swapped for; null where none is named.</param>
/// <param name="Origin">The announcement that says so; null where none is named.</param>
public sealed record WorkedDay(DateOnly Day, DateOnly? For = null, string? Origin = null);
