using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;

namespace KpiMetrics.Core.Quality.Thresholds;

/// <summary>The figures of one hourly series as far as they are known, in order of their hours, each hour once. Immutable.</summary>
public sealed class HourlyReadings
{
    // No gauge gives more; what does is passed over, as its sums would not fit into a number.
    private const decimal Most = 1_000_000_000_000_000m;

    private readonly int[] hours;
    private readonly decimal[] values;

    private HourlyReadings(int[] hours, decimal[] values) => (this.hours, this.values) = (hours, values);

    public int Count => hours.Length;

    /// <summary>The newest hour with a figure; null where there is none.</summary>
    public Period? Newest => hours.Length == 0 ? null : HourOf(hours[^1]);

    internal ReadOnlySpan<int> Hours => hours;

    internal ReadOnlySpan<decimal> Values => values;

    /// <summary>In any order; of several of one hour the last counts.</summary>
    /// <exception cref="ArgumentException">A period is no hour.</exception>
    public static HourlyReadings Of(IEnumerable<Reading> readings)
    {
        ArgumentNullException.ThrowIfNull(readings);
        var byHour = new SortedList<int, decimal>();
        foreach (var reading in readings)
        {
            if (reading.Hour.Frequency != Frequency.Hour)
                throw new ArgumentException($"{reading.Hour} is no hour.", nameof(readings));
            if (reading.Value is > -Most and < Most)
                byHour[reading.Hour.Index] = reading.Value;
        }
        return new([.. byHour.Keys], [.. byHour.Values]);
    }

    /// <summary>What was known at an instant: of each hour the statement that counted then. Withdrawn figures and texts are none.</summary>
    /// <param name="figures">Of one hourly series, in any order.</param>
    /// <exception cref="ArgumentException">A period is no hour.</exception>
    public static HourlyReadings KnownAt(IEnumerable<Figure> figures, DateTimeOffset at) =>
        Of(
            from figure in figures
            let number = figure.KnownAt(at)?.Value.Number
            where number is not null
            select new Reading(figure.Period, number.GetValueOrDefault())
        );

    /// <summary>The readings of the hours up to one, that one included.</summary>
    public HourlyReadings Until(Period hour)
    {
        var end = Array.BinarySearch(hours, hour.Index);
        end = end < 0 ? ~end : end + 1;
        return end == hours.Length ? this : new(hours[..end], values[..end]);
    }

    /// <summary>Null where the hour with the index has no figure.</summary>
    internal decimal? Find(int hour)
    {
        var at = Array.BinarySearch(hours, hour);
        return at < 0 ? null : values[at];
    }

    internal static Period HourOf(int index) => Period.FromIndex(Frequency.Hour, index);
}
