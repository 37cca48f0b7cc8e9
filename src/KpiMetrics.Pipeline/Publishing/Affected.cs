using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Derivation;
using KpiMetrics.Core.Periods;

namespace KpiMetrics.Pipeline.Publishing;

/// <summary>All periods that any of several changed figures of one series reaches.</summary>
public static class Affected
{
    /// <summary>The union of <see cref="Dependents.Of"/>; those of one year share the way to its end.</summary>
    public static PeriodSpans By(PeriodSpans changed, Measure measure)
    {
        var reached = new PeriodSpans(changed.Frequency);
        foreach (var period in changed.Periods)
            Dependents.AddTo(reached, period, measure);
        return reached;
    }
}
