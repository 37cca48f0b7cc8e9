namespace KpiMetrics.Core.Catalog;

/// <summary>An older decision that the set's own puts out of force.</summary>
/// <param name="Date">ISO date, or year and month where the day is not printed.</param>
public sealed record ReplacedDecision(string Decision, string Date, string Authority);
