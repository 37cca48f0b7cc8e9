using KpiMetrics.Core.Periods;

namespace KpiMetrics.Core.Figures;

/// <summary>What a series is of: one measure of one set, for one subject, area and frequency.</summary>
/// <param name="Subject">The subject's code; empty for a measure that is one figure.</param>
/// <param name="Area">The area's identity (<see cref="Catalog.Area.Id"/>), not its code.</param>
public sealed record SeriesKey(string Set, string Indicator, string Measure, string Subject, string Area, Frequency Frequency);
