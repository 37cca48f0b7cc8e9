using KpiMetrics.Core.Catalog;

namespace KpiMetrics.Core.Derivation;

/// <summary>The geometric mean of an index, in the base of its newest figure.</summary>
internal sealed class RunningGeometricMean(Measure measure, SeriesColumns series) : IRunning
{
    private readonly List<decimal> values = [];
    private int last = -1;

    public void Restart()
    {
        values.Clear();
        last = -1;
    }

    public Absence Add(int position, decimal value, out decimal total)
    {
        total = 0m;
        if (last >= 0)
        {
            if (IndexLink.Between(measure, series.PeriodAt(last), series.PeriodAt(position)) is not { } factor)
                return Absence.BaseYearDiffers;
            for (var i = 0; factor != 1m && i < values.Count; i++)
                values[i] /= factor;
        }
        last = position;
        values.Add(value);
        return GeometricMean.Of(values, out total);
    }
}
