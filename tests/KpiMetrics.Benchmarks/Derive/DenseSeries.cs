using KpiMetrics.Core.Derivation;
using KpiMetrics.Core.Periods;

namespace KpiMetrics.Benchmarks.Derive;

/// <summary>A series as a bare loop likes it best: a place for every month, the first a January, and whether it has a figure.</summary>
internal sealed record DenseSeries(decimal[] Values, bool[] Present)
{
    public SeriesColumns ToColumns(int first)
    {
        var there = Enumerable.Range(0, Values.Length).Where(month => Present[month]).ToArray();
        return new(
            Frequency.Month,
            Array.ConvertAll(there, month => first + month),
            Array.ConvertAll(there, month => Values[month])
        );
    }
}
