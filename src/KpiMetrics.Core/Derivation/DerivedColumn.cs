namespace KpiMetrics.Core.Derivation;

/// <summary>One comparison of every figure of a series, as arrays; a single result is put together when it is asked for.</summary>
public sealed class DerivedColumn
{
    private readonly SeriesColumns series;
    private readonly Counterpart counterpart;
    private readonly decimal[] values;
    private readonly Absence[] absences;
    private readonly Func<int, bool> isLacking;

    /// <param name="isLacking">Whether what is compared at a position lacks a part itself, and not only what it is compared with; null: as the figures do.</param>
    internal DerivedColumn(
        SeriesColumns series,
        Counterpart counterpart,
        decimal[] values,
        Absence[] absences,
        Func<int, bool>? isLacking = null
    )
    {
        (this.series, this.counterpart, this.values, this.absences) = (series, counterpart, values, absences);
        this.isLacking = isLacking ?? series.IsIncompleteAt;
    }

    public int Count => values.Length;

    /// <summary>The result for the figure at the position.</summary>
    public Derived this[int position]
    {
        get
        {
            if (absences[position] == Absence.None)
                return Derived.Of(values[position]);
            var period = series.PeriodAt(position);
            var other = Counterparts.Of(counterpart, period) ?? period;
            return absences[position] switch
            {
                Absence.NoFigure => series.WhyMissing(other),
                Absence.Incomplete when isLacking(position) => Derived.Missing(Absence.Incomplete, period),
                var absence => Derived.Missing(absence, other),
            };
        }
    }

    /// <summary>True and the value where there is one; the way to read a column fast.</summary>
    public bool TryGet(int position, out decimal value)
    {
        value = values[position];
        return absences[position] == Absence.None;
    }
}
