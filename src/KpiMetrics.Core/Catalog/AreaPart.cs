namespace KpiMetrics.Core.Catalog;

/// <summary>An area that went, whole or in part, into a later one.</summary>
/// <param name="Code">The code it bore on the day before the later area began.</param>
/// <param name="Weight">
/// Which part of it went there, 0..1; null where that is not known. Of an area that went whole into one other it need not be said.
/// </param>
public sealed record AreaPart(string Code, decimal? Weight);
