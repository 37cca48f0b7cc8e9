namespace KpiMetrics.Pipeline.Ledger.Reports;

/// <summary>The hours that stand for a day.</summary>
/// <param name="Complete">How many of them are.</param>
/// <param name="LastAt">When the last one was; null where none is.</param>
internal readonly record struct HoursOfDay(int Complete, long? LastAt);
