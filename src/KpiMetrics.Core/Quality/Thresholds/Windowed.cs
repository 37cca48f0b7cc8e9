using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Periods;

namespace KpiMetrics.Core.Quality.Thresholds;

/// <summary>Goes through the readings in order and says what the threshold's window holds with each.</summary>
/// <remarks>
/// Only hours with a reading of their own: with a missing one a sum can neither be higher than before nor complete. A negative reading
/// is none for a sum: gauges say -99 where they have nothing to say.
/// </remarks>
internal struct Windowed(Threshold threshold, HourlyReadings readings)
{
    private int next;
    private int first;
    private decimal sum;
    private int have;

    /// <summary>False after the last reading.</summary>
    public bool TryNext(out Measured measured)
    {
        while (next < readings.Count)
        {
            var at = next++;
            var found = threshold.Kind switch
            {
                ThresholdKind.Sum => Sum(at),
                ThresholdKind.Rise => Rise(at),
                _ => Of(at, readings.Values[at]),
            };
            if (found is { } known)
            {
                measured = known;
                return true;
            }
        }
        measured = default;
        return false;
    }

    /// <summary>The figure with an hour that need not have a reading; null where nothing of it is known.</summary>
    public static Measured? At(Threshold threshold, HourlyReadings readings, Period hour)
    {
        if (threshold.Kind == ThresholdKind.Sum)
            return SumAt(threshold, readings, hour);
        if (readings.Find(hour.Index) is not { } value)
            return null;
        if (threshold.Kind == ThresholdKind.Value)
            return new(hour, value);
        return readings.Find(hour.Index - threshold.Hours) is { } start ? new(hour, (value - start) / threshold.Hours) : null;
    }

    private static Measured? SumAt(Threshold threshold, HourlyReadings readings, Period hour)
    {
        var (total, count) = (0m, 0);
        for (var back = 0; back < threshold.Hours; back++)
        {
            if (readings.Find(hour.Index - back) is not { } value || value < 0m)
                continue;
            total += value;
            count++;
        }
        return count == 0 ? null : new(hour, total, threshold.Hours - count);
    }

    private Measured? Sum(int at)
    {
        if (readings.Values[at] < 0m)
            return null;
        sum += readings.Values[at];
        have++;
        for (; readings.Hours[first] <= readings.Hours[at] - threshold.Hours; first++)
        {
            if (readings.Values[first] < 0m)
                continue;
            sum -= readings.Values[first];
            have--;
        }
        return Of(at, sum, threshold.Hours - have);
    }

    private Measured? Rise(int at)
    {
        var start = readings.Hours[at] - threshold.Hours;
        while (readings.Hours[first] < start)
            first++;
        return readings.Hours[first] == start ? Of(at, (readings.Values[at] - readings.Values[first]) / threshold.Hours) : null;
    }

    private readonly Measured Of(int at, decimal value, int missing = 0) =>
        new(HourlyReadings.HourOf(readings.Hours[at]), value, missing);
}
