using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Periods;

namespace KpiMetrics.Core.Derivation;

/// <summary>The arithmetic that every comparison of two figures shares (DESIGN 4.6).</summary>
/// <remarks>
/// Percent for amounts, <c>(v - b) / |b| * 100</c>; differences, <c>v - b</c>, for rates, anything whose unit is %, and scores. A base of zero
/// gives no percentage. Two base years of an index are linked or not compared; nor are windows of different forms, nor totals that
/// lack a part.
/// </remarks>
internal static class Change
{
    public static DerivedColumn Over(SeriesColumns series, Measure measure, Counterpart counterpart)
    {
        var (values, absences) = (new decimal[series.Count], new Absence[series.Count]);
        if (measure.Kind == MeasureKind.Text)
            Array.Fill(absences, Absence.NotComparable);
        else
            Fill(series, measure, counterpart, values, absences);
        return new(series, counterpart, values, absences);
    }

    /// <summary>Compares two figures; the reason where that cannot be done.</summary>
    /// <exception cref="OverflowException">The result has more digits than a decimal holds: <see cref="Absence.TooLarge"/>.</exception>
    public static Absence Of(decimal value, decimal before, bool inPoints, out decimal change)
    {
        change = 0m;
        if (inPoints)
            change = value - before;
        else if (decimal.Sign(before) == 0)
            return Absence.BaseIsZero;
        else
            change = PercentChange.Of(value, before);
        return Absence.None;
    }

    public static Derived Of(decimal value, decimal before, bool inPoints, Period other)
    {
        try
        {
            var absence = Of(value, before, inPoints, out var change);
            return absence == Absence.None ? Derived.Of(change) : Derived.Missing(absence, other);
        }
        catch (OverflowException)
        {
            return Derived.Missing(Absence.TooLarge, other);
        }
    }

    private static void Fill(
        SeriesColumns series,
        Measure measure,
        Counterpart counterpart,
        Span<decimal> values,
        Span<Absence> absences
    )
    {
        var inPoints = measure.InPoints;
        var plain =
            measure.Bases.Count == 0
            && series.Forms.IsUniform
            && series.Incomplete is null
            && (series.Vintages is null || counterpart != Counterpart.YearEarlier);
        var figures = series.Values;
        var walk = new CounterpartWalk(series, counterpart);
        var i = 0;
        // One guard around many figures, entered again behind the one that overflowed.
        while (i < absences.Length)
        {
            try
            {
                for (; i < absences.Length; i++)
                {
                    var at = walk.PositionFor(i, out var absence);
                    absences[i] =
                        at < 0 ? absence
                        : plain ? Of(figures[i], figures[at], inPoints, out values[i])
                        : Careful(series, measure, i, at, counterpart, out values[i]);
                }
            }
            catch (OverflowException)
            {
                absences[i++] = Absence.TooLarge;
            }
        }
    }

    private static Absence Careful(
        SeriesColumns series,
        Measure measure,
        int position,
        int other,
        Counterpart counterpart,
        out decimal change
    )
    {
        change = 0m;
        var (index, before) = (series.IndexAt(position), series.IndexAt(other));
        if (!series.Forms.AreAlike(index, before))
            return Absence.WindowsDiffer;
        if (series.IsIncompleteAt(position) || series.IsIncompleteAt(other))
            return Absence.Incomplete;
        var value = series.ValueAt(other);
        if (counterpart == Counterpart.YearEarlier)
            value = series.Vintages?.Like(index, before) ?? value;
        var link = IndexLink.Between(measure, series.PeriodAt(other), series.PeriodAt(position));
        if (link is not { } factor)
            return Absence.BaseYearDiffers;
        return Of(series.ValueAt(position), value / factor, measure.InPoints, out change);
    }
}
