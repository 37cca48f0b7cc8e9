namespace KpiMetrics.Core.Quality.Detectors;

/// <summary>Further from what season and trend foretell than the series ever strays.</summary>
internal static class SeasonalOutlier
{
    private const double Lumpy = 1.5;

    // A January with Tết like no January before has no season to be held against: only what is far off, and by half, counts.
    private const double TetMoved = 2;
    private const double LeastTet = 0.5;

    public static Hit? Find(Evidence evidence)
    {
        var baseline = evidence.Baseline;
        if (!evidence.IsOff())
            return null;
        if (baseline.Scale.IsLumpy && (!evidence.IsOff(Lumpy) || !evidence.TowersAboveAll))
            return null;
        var isFar = evidence.IsOff(TetMoved) && Math.Abs(evidence.Deviation) * baseline.Spread > LeastTet;
        if (baseline.TetMoved && !isFar && !TetPair.IsOff(evidence))
            return null;
        return new Hit(DetectorKind.Outlier, Math.Abs(evidence.Deviation), 0);
    }
}
