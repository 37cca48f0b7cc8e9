using KpiMetrics.Core.Catalog;

namespace KpiMetrics.Core.Derivation;

/// <summary>The arithmetic mean; of an index in the base of its newest figure.</summary>
internal struct RunningMean(Measure measure, SeriesColumns series) : IRunning
{
    private decimal sum;
    private int count;
    private int last;

    public void Restart() => (sum, count) = (0m, 0);

    public Absence Add(int position, decimal value, out decimal total)
    {
        total = 0m;
        try
        {
            if (count > 0 && measure.Bases.Count > 0)
            {
                if (IndexLink.Between(measure, series.PeriodAt(last), series.PeriodAt(position)) is not { } factor)
                    return Absence.BaseYearDiffers;
                sum /= factor;
            }
            last = position;
            sum += value;
            total = sum / ++count;
            return Absence.None;
        }
        catch (OverflowException)
        {
            return Absence.TooLarge;
        }
    }
}
