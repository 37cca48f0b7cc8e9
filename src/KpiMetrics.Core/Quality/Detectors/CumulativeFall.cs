using KpiMetrics.Core.Catalog;

namespace KpiMetrics.Core.Quality.Detectors;

/// <summary>A running total below an earlier one of its year. It needs no baseline.</summary>
internal static class CumulativeFall
{
    public static Hit? Find(TestedFigure figure, Axis axis)
    {
        if (figure.Kind != MeasureKind.Cumulative || figure.MayBeNegative)
            return null;
        var place = axis.Raw.Length;
        while (place > 0 && !axis.IsFirstOfYear(place))
        {
            place--;
            if (double.IsNaN(axis.Raw[place]))
                continue;
            var fall = axis.Raw[place] - (double)figure.Value;
            if (fall <= Rounding(figure.Value))
                return null;
            var at = Points.At(figure, axis.First + place);
            return new Hit(DetectorKind.CumulativeFall, fall / Math.Max(axis.Raw[place], 1e-300), 0) { Reference = at };
        }
        return null;
    }

    // One unit of the last digit printed.
    private static double Rounding(decimal value) => value.Scale == 0 ? 0 : Math.Pow(10, -value.Scale) * 1.000001;
}
