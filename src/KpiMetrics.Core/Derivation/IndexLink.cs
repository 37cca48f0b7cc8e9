using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Periods;

namespace KpiMetrics.Core.Derivation;

/// <summary>How figures of an index with one base year become figures with a later one (DESIGN 4.5: linked or refused, never divided).</summary>
public static class IndexLink
{
    /// <summary>
    /// By what a figure of <paramref name="earlier"/> is divided to have the base of <paramref name="later"/>: 1 where they have the same, null where no
    /// link is declared. Several changes of base in between are linked one by one.
    /// </summary>
    public static decimal? Between(Measure measure, Period earlier, Period later)
    {
        if (measure.Bases.Count == 0)
            return 1m;
        var (from, to) = (BaseIndex(measure, earlier), BaseIndex(measure, later));
        decimal? factor = 1m;
        for (var at = from + 1; at <= to; at++)
            factor *= at == 0 ? null : measure.Bases[at].Link;
        return factor;
    }

    // A quarter in which the base changes is in that of its last month, as its average is.
    private static int BaseIndex(Measure measure, Period period)
    {
        var found = -1;
        for (var at = 0; at < measure.Bases.Count; at++)
        {
            if (measure.Bases[at].From.Start < period.End)
                found = at;
        }
        return found;
    }
}
