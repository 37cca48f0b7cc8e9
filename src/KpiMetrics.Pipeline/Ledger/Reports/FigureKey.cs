using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;

namespace KpiMetrics.Pipeline.Ledger.Reports;

/// <summary>What one source speaks of.</summary>
/// <param name="Series">The number of the series; a series has one frequency.</param>
internal readonly record struct FigureKey(int Series, Period Period, Vintage Vintage)
{
    public bool Equals(FigureKey other) =>
        Series == other.Series && Period.Index == other.Period.Index && Vintage == other.Vintage;

    public override int GetHashCode() => unchecked((Series * 397 + Period.Index) * 5 + (int)Vintage);

    /// <summary>The order in which the ledger keeps its rows: by series, then period.</summary>
    public static int Compare(FigureKey one, FigureKey other)
    {
        var bySeries = one.Series.CompareTo(other.Series);
        if (bySeries != 0)
            return bySeries;
        var byPeriod = one.Period.Index.CompareTo(other.Period.Index);
        return byPeriod != 0 ? byPeriod : ((int)one.Vintage).CompareTo((int)other.Vintage);
    }
}
