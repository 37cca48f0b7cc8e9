using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Derivation;
using KpiMetrics.Core.Periods;

namespace KpiMetrics.Pipeline.Publishing;

/// <summary>All periods that any of several changed figures of one series reaches.</summary>
public static class Affected
{
    /// <summary>
    /// The union of <see cref="Dependents.Of"/>, in order; the work grows with the result, not with the number of changes, as those of
    /// one year share the way to its end.
    /// </summary>
    /// <param name="changed">In order.</param>
    public static List<Period> By(IEnumerable<Period> changed, Measure measure)
    {
        var reached = new HashSet<Period>();
        Period? yearDone = null;
        foreach (var period in changed)
        {
            if (measure.HasYearToDate && period.LastOfYear == yearDone)
                reached.UnionWith(Near(period, measure));
            else
                reached.UnionWith(Dependents.Of(period, measure));
            yearDone = period.LastOfYear;
        }
        var result = reached.ToList();
        result.Sort();
        return result;
    }

    // What the first change of a year has not reached already: what is not on the way to the end of its year or the next.
    private static IEnumerable<Period> Near(Period period, Measure measure)
    {
        var near = period.Next is { } next ? period.YearLater.Append(next) : period.YearLater;
        if (measure.Kind != MeasureKind.Cumulative || period.Next is not { } following)
            return near;
        near = near.Concat(following.YearLater);
        return following.Next is { } second ? near.Append(second) : near;
    }
}
