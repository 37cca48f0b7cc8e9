using System.Collections.ObjectModel;
using KpiMetrics.Core.Periods;

namespace KpiMetrics.Core.Derivation;

/// <summary>The amounts of the single periods behind a reported running total of the year (DESIGN 4.5).</summary>
/// <remarks>
/// The first period of a year is its own total; every other is the total less that of the period before, and has no amount where that is
/// missing. A running total that falls gives a negative amount, which is kept: licences do get withdrawn.
/// </remarks>
public static class Decumulation
{
    public static SeriesColumns Of(SeriesColumns totals)
    {
        var periods = new List<int>(totals.Count);
        var values = new List<decimal>(totals.Count);
        var reasons = new Dictionary<int, Derived>(totals.Reasons ?? ReadOnlyDictionary<int, Derived>.Empty);
        HashSet<int>? incomplete = null;
        for (var i = 0; i < totals.Count; i++)
        {
            var index = totals.IndexAt(i);
            var isFirst = totals.PeriodAt(i).Number == 1;
            if (!isFirst && Missing(totals, i) is { } reason)
            {
                reasons[index] = reason;
                continue;
            }
            periods.Add(index);
            values.Add(isFirst ? totals.ValueAt(i) : totals.ValueAt(i) - totals.ValueAt(i - 1));
            if (totals.IsIncompleteAt(i) || !isFirst && totals.IsIncompleteAt(i - 1))
                (incomplete ??= []).Add(index);
        }
        return new(totals.Frequency, [.. periods], [.. values])
        {
            Forms = totals.Forms,
            Incomplete = incomplete,
            Reasons = reasons,
        };
    }

    private static Derived? Missing(SeriesColumns totals, int position)
    {
        var period = totals.PeriodAt(position);
        var before = Period.FromIndex(totals.Frequency, totals.IndexAt(position) - 1);
        if (position == 0 || totals.IndexAt(position - 1) != before.Index)
            return totals.WhyMissing(before);
        if (!totals.Forms.AreAlike(period.Index, before.Index))
            return Derived.Missing(Absence.WindowsDiffer, before);
        try
        {
            _ = totals.ValueAt(position) - totals.ValueAt(position - 1);
            return null;
        }
        catch (OverflowException)
        {
            return Derived.Missing(Absence.TooLarge, period);
        }
    }
}
