using KpiMetrics.Core.Figures;

namespace KpiMetrics.Pipeline.Ledger;

/// <summary>What a plan is of: one measure of one set, for one subject and area, whatever the frequency of its figures.</summary>
/// <param name="Subject">The subject's code; empty for a measure that is one figure.</param>
/// <param name="Area">The area's identity, not its code.</param>
public sealed record PlanKey(string Set, string Measure, string Subject, string Area)
{
    public static PlanKey Of(SeriesKey series) => new(series.Set, series.Measure, series.Subject, series.Area);
}
