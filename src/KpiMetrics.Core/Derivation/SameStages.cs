using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Periods;

namespace KpiMetrics.Core.Derivation;

/// <summary>Whether two years so far have figures of the same periods, figure after figure; those of a leap day are passed over.</summary>
internal struct SameStages(SeriesColumns series, Measure measure)
{
    // A running total is the year so far already, whatever was reported before it.
    private readonly bool matters = measure.Kind != MeasureKind.Cumulative;
    private readonly bool hasLeapDays = series.Frequency is Frequency.Day or Frequency.Hour;
    private YearSpan year = YearSpan.None;
    private int start;
    private int expected;
    private bool alike;

    /// <summary>To be asked once for every figure, in order.</summary>
    /// <param name="position">The figure's.</param>
    /// <param name="other">Where the same period of the year before stands; negative where it has no figure.</param>
    public bool AreAlikeUpTo(int position, int other)
    {
        if (!year.Holds(series.IndexAt(position)))
        {
            // The figures of the year before must follow each other from its first as those of this year do.
            (year, alike, expected, start) = (YearSpan.Of(series, position), true, start, position);
        }
        // 28 February, with which the leap day too is compared, must be the last that both have.
        if (hasLeapDays && IsOnLeapDay(position))
            return series.Frequency != Frequency.Hour && (!matters || alike && expected == other + 1);
        if (!matters)
            return true;
        while (hasLeapDays && expected < position && IsOnLeapDay(expected))
            expected++;
        alike &= other == expected;
        expected++;
        return alike;
    }

    private readonly bool IsOnLeapDay(int position) => series.PeriodAt(position).Start is { Month: 2, Day: 29 };
}
