using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;

namespace KpiMetrics.Core.Derivation;

/// <summary>A series as two arrays of equal length: period indexes, strictly ascending, and the numbers known for them.</summary>
/// <remarks>
/// What is not known is not there: withdrawn figures, texts and totals that could not be had have no entry, but may leave a reason
/// (<see cref="WhyMissing"/>).
/// </remarks>
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

    /// <summary>Under which form of window each period falls.</summary>
    public WindowForms Forms { get; init; } = WindowForms.Calendar;

    /// <summary>Totals of which a part is missing, by period index; null: none.</summary>
    public IReadOnlySet<int>? Incomplete { get; init; }

    /// <summary>Why periods have no figure, where more is known than that; by period index.</summary>
    public IReadOnlyDictionary<int, Derived>? Reasons { get; init; }

    /// <summary>Which vintage each figure is of, and what earlier ones said; null: all of one.</summary>
    public VintageColumns? Vintages { get; init; }

    public static SeriesColumns From(Frequency frequency, IReadOnlyList<Figure> figures) =>
        From(frequency, figures, WindowForms.Calendar);

    public static SeriesColumns From(Frequency frequency, IReadOnlyList<Figure> figures, WindowForms forms)
    {
        var count = 0;
        foreach (var figure in figures)
            count += figure.Current.Value.Number is null ? 0 : 1;
        var (periods, values) = (new int[count], new decimal[count]);
        HashSet<int>? incomplete = null;
        Dictionary<int, Derived>? reasons = null;
        var at = 0;
        foreach (var figure in figures)
        {
            if (figure.Current.Value.Number is { } number)
            {
                (periods[at], values[at++]) = (figure.Period.Index, number);
                if (figure.Computed is { IsComplete: false })
                    (incomplete ??= []).Add(figure.Period.Index);
            }
            else if (figure.Computed is { } computed)
                (reasons ??= [])[figure.Period.Index] = computed.Result;
        }
        return new(frequency, periods, values)
        {
            Forms = forms,
            Incomplete = incomplete,
            Reasons = reasons,
            Vintages = VintageColumns.From(figures),
        };
    }

    public Period PeriodAt(int position) => Period.FromIndex(Frequency, periods[position]);

    /// <summary><see cref="Period.Index"/> of the figure's period.</summary>
    public int IndexAt(int position) => periods[position];

    public decimal ValueAt(int position) => values[position];

    internal ReadOnlySpan<int> Indexes => periods;

    internal ReadOnlySpan<decimal> Values => values;

    /// <summary>Where the period stands; negative where it has no figure.</summary>
    public int PositionOf(Period period) => Array.BinarySearch(periods, period.Index);

    /// <summary>The figure of the period; null where there is none.</summary>
    public decimal? Find(Period period) => PositionOf(period) is >= 0 and var at ? values[at] : null;

    /// <summary>Why the period has no figure.</summary>
    public Derived WhyMissing(Period period) =>
        Reasons is not null && Reasons.TryGetValue(period.Index, out var reason)
            ? reason
            : Derived.Missing(Absence.NoFigure, period);

    internal bool IsIncompleteAt(int position) => Incomplete is not null && Incomplete.Contains(periods[position]);
}
