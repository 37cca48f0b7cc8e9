using KpiMetrics.Core.Catalog;

namespace KpiMetrics.Core.Quality.Detectors;

/// <summary>From what a detector says to what is kept and read.</summary>
internal static class Told
{
    private const double LargestDecimal = 7e27;

    /// <param name="baseline">Null where there is none.</param>
    public static Detection Of(Hit hit, TestedFigure figure, Baseline? baseline)
    {
        var isBaseline = baseline is not null && hit.Kind is not (DetectorKind.CumulativeFall or DetectorKind.Stuck);
        var used = baseline.GetValueOrDefault();
        return new()
        {
            Kind = hit.Kind,
            Score = hit.Score,
            Period = figure.Period,
            Value = figure.Value,
            Unit = figure.Unit,
            Expected = isBaseline ? Number(hit.Expected ?? used.ExpectedValue, figure) : null,
            Lower = isBaseline && hit.Expected is null ? Number(Least(used, figure), figure) : null,
            Upper = isBaseline && hit.Expected is null ? Number(used.UpperValue, figure) : null,
            Factor = hit.Factor,
            Meant = hit.Meant,
            Reference = hit.Reference ?? Points.Reference(figure),
            Count = hit.Count,
        };
    }

    /// <summary>Rounded to the decimals of the figure, to two where it has more, or where a small number has none.</summary>
    public static decimal Number(double value, TestedFigure figure)
    {
        var exact = (decimal)Math.Clamp(value, -LargestDecimal, LargestDecimal);
        var places = Math.Abs(value) < 10 && figure.Kind is MeasureKind.Ratio or MeasureKind.Index ? 2 : figure.Value.Scale;
        return decimal.Round(exact, Math.Min(places, 2), MidpointRounding.AwayFromZero);
    }

    private static double Least(Baseline baseline, TestedFigure figure)
    {
        var least = baseline.LowerValue;
        var canFall = figure.MayBeNegative || figure.Kind == MeasureKind.Index;
        return canFall || !(least < baseline.Offset) ? least : baseline.Offset;
    }
}
