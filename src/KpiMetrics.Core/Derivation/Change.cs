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
        var positions = Counterparts.Positions(series, counterpart);
        var (values, absences) = (new decimal[positions.Length], new Absence[positions.Length]);
        var inPoints = measure.InPoints;
        var plain =
            measure.Bases.Count == 0
            && series.Forms.IsUniform
            && series.Incomplete is null
            && (series.Vintages is null || counterpart != Counterpart.YearEarlier);
        if (measure.Kind == MeasureKind.Text)
            Array.Fill(absences, Absence.NotComparable);
        else
        {
            for (var i = 0; i < positions.Length; i++)
            {
                var at = positions[i];
                absences[i] =
                    at < 0 ? Missing(series, i, counterpart)
                    : plain ? Of(series.ValueAt(i), series.ValueAt(at), inPoints, out values[i])
                    : Careful(series, measure, i, at, counterpart, out values[i]);
            }
        }
        return new(series, counterpart, values, absences);
    }

    /// <summary>Compares two figures; the reason where that cannot be done.</summary>
    public static Absence Of(decimal value, decimal before, bool inPoints, out decimal change)
    {
        try
        {
            if (!inPoints && before == 0m)
            {
                change = 0m;
                return Absence.BaseIsZero;
            }
            change = inPoints ? value - before : (value - before) / Math.Abs(before) * 100m;
            return Absence.None;
        }
        catch (OverflowException)
        {
            change = 0m;
            return Absence.TooLarge;
        }
    }

    public static Derived Of(decimal value, decimal before, bool inPoints, Period other) =>
        Of(value, before, inPoints, out var change) is var absence && absence == Absence.None
            ? Derived.Of(change)
            : Derived.Missing(absence, other);

    private static Absence Missing(SeriesColumns series, int position, Counterpart counterpart) =>
        Counterparts.Of(counterpart, series.PeriodAt(position)) is null ? Absence.NoCounterpart : Absence.NoFigure;

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
