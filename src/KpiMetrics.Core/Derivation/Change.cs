using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Periods;

namespace KpiMetrics.Core.Derivation;

/// <summary>The arithmetic that every comparison of two figures shares (DESIGN 4.6).</summary>
/// <remarks>
/// Percent for amounts, <c>(v - b) / |b| * 100</c>; percentage points, <c>v - b</c>, for ratios and anything whose unit is %.
/// A base of zero gives no percentage. Two base years of an index are never divided.
/// </remarks>
internal static class Change
{
    /// <summary>The figure at <paramref name="position"/> against that of <paramref name="counterpart"/>.</summary>
    public static Derived Against(SeriesColumns series, Measure measure, int position, Period? counterpart)
    {
        var period = series.PeriodAt(position);
        if (measure.Kind is MeasureKind.Text or MeasureKind.Cumulative)
            return Derived.Missing(Absence.NotComparable, period);
        if (counterpart is not { } other)
            return Derived.Missing(Absence.NoCounterpart, period);
        if (series.Find(other) is not { } before)
            return Derived.Missing(Absence.NoFigure, other);
        if (measure.BaseAt(period) != measure.BaseAt(other))
            return Derived.Missing(Absence.BaseYearDiffers, other);
        return Of(series.ValueAt(position), before, measure.InPoints, other);
    }

    private static Derived Of(decimal value, decimal before, bool inPoints, Period other)
    {
        try
        {
            if (inPoints)
                return Derived.Of(value - before);
            return before == 0m
                ? Derived.Missing(Absence.BaseIsZero, other)
                : Derived.Of((value - before) / Math.Abs(before) * 100m);
        }
        catch (OverflowException)
        {
            return Derived.Missing(Absence.TooLarge, other);
        }
    }
}
