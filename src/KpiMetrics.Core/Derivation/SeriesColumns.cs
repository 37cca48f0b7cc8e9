using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;

namespace KpiMetrics.Core.Derivation;

/// <summary>A series as two arrays of equal length: period indexes, strictly ascending, and the numbers known for them.</summary>
/// <remarks>What is not known is not there: withdrawn figures and texts have no entry.</remarks>
public sealed class SeriesColumns
{
    private readonly int[] periods;
    private readonly decimal[] values;

    /// <exception cref="ArgumentException">The lengths differ, or the periods do not ascend.</exception>
    public SeriesColumns(Frequency frequency, int[] periods, decimal[] values)
    {
        if (periods.Length != values.Length)
            throw new ArgumentException($"{periods.Length} periods but {values.Length} values.", nameof(values));
        for (var i = 1; i < periods.Length; i++)
        {
            if (periods[i] <= periods[i - 1])
                throw new ArgumentException($"Period {i} does not come after the one before it.", nameof(periods));
        }
        Frequency = frequency;
        this.periods = periods;
        this.values = values;
    }

    public Frequency Frequency { get; }

    public int Count => periods.Length;

    public static SeriesColumns From(Frequency frequency, IReadOnlyList<Figure> figures)
    {
        var known = figures.Where(figure => figure.Current.Value.Number is not null).ToList();
        return new(
            frequency,
            known.ConvertAll(figure => figure.Period.Index).ToArray(),
            known.ConvertAll(figure => figure.Current.Value.Number.GetValueOrDefault()).ToArray()
        );
    }

    public Period PeriodAt(int position) => Period.FromIndex(Frequency, periods[position]);

    public decimal ValueAt(int position) => values[position];

    /// <summary>Where the period stands; negative where it has no figure.</summary>
    public int PositionOf(Period period) => Array.BinarySearch(periods, period.Index);

    /// <summary>The figure of the period; null where there is none.</summary>
    public decimal? Find(Period period) => PositionOf(period) is >= 0 and var at ? values[at] : null;
}
