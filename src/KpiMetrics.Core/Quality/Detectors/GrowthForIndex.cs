using KpiMetrics.Core.Catalog;

namespace KpiMetrics.Core.Quality.Detectors;

/// <summary>In a series of indices (the period before = 100) a growth in percent, or among growths an index.</summary>
internal static class GrowthForIndex
{
    private const double Near = 3;
    private const double NearEnough = 0.15;
    private const double Against = -1.5;
    private const double LeastIndex = 40;
    private const double MostIndex = 400;

    public static Hit? Find(Evidence evidence)
    {
        if (evidence.Figure.Kind is not (MeasureKind.Index or MeasureKind.Ratio) || evidence.Value == 0 || !evidence.IsOff())
            return null;
        var expected = evidence.Baseline.ExpectedValue;
        return expected is > LeastIndex and < MostIndex && Math.Abs(evidence.Value) < LeastIndex
                ? Try(evidence, evidence.Figure.Value + 100m)
            : Math.Abs(expected) < LeastIndex && evidence.Value is > LeastIndex and < MostIndex
                ? Try(evidence, evidence.Figure.Value - 100m)
            : null;
    }

    private static Hit? Try(Evidence evidence, decimal meant)
    {
        var fit = evidence.Fit((double)meant);
        if (fit > Near && (evidence.Baseline.Scale.IsStraight || evidence.Distance((double)meant) > NearEnough))
            return null;
        return new Hit(DetectorKind.GrowthForIndex, Math.Abs(evidence.Deviation), Hit.MisfitOf(Math.Min(fit, Near), Against))
        {
            Meant = meant,
        };
    }
}
