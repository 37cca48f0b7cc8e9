namespace KpiMetrics.Core.Derivation;

/// <summary>The year so far for every figure of a series, as arrays.</summary>
public sealed class YearToDateColumn
{
    private readonly SeriesColumns series;
    private readonly decimal[] totals;
    private readonly Absence[] absences;
    private readonly int[] have;
    private readonly bool[]? lacking;

    internal YearToDateColumn(SeriesColumns series)
    {
        this.series = series;
        totals = new decimal[series.Count];
        absences = new Absence[series.Count];
        have = new int[series.Count];
        lacking = series.Incomplete is null ? null : new bool[series.Count];
    }

    public int Count => totals.Length;

    /// <summary>The result for the figure at the position.</summary>
    public Cumulated this[int position] =>
        new(
            absences[position] == Absence.None
                ? Derived.Of(totals[position])
                : Derived.Missing(absences[position], series.PeriodAt(position)),
            have[position],
            absences[position] == Absence.DoesNotAddUp ? 1 : series.PeriodAt(position).Number
        );

    /// <summary>True and the total where there is one; the way to read a column fast.</summary>
    public bool TryGet(int position, out decimal total)
    {
        total = totals[position];
        return absences[position] == Absence.None;
    }

    internal Absence AbsenceAt(int position) => absences[position];

    /// <summary>True where a total that lacks a part went in.</summary>
    internal bool IsLackingAt(int position) => lacking is not null && lacking[position];

    /// <param name="have">Of how many periods of the year so far there are figures.</param>
    internal void Set(int position, decimal total, Absence absence, int have, bool isLacking)
    {
        totals[position] = total;
        absences[position] = absence;
        this.have[position] = have;
        if (lacking is not null)
            lacking[position] = isLacking;
    }
}
