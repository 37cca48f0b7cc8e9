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
    public static List<Period> By(IEnumerable<Period> changed)
    {
        var reached = new HashSet<Period>();
        Period? yearDone = null;
        foreach (var period in changed)
        {
            if (period.LastOfYear == yearDone)
                reached.UnionWith(BeyondYear(period));
            else
                reached.UnionWith(Dependents.Of(period));
            yearDone = period.LastOfYear;
        }
        var result = reached.ToList();
        result.Sort();
        return result;
    }

    private static IEnumerable<Period> BeyondYear(Period period) =>
        period.Next is { } next && next > period.LastOfYear ? period.YearLater.Append(next) : period.YearLater;
}
