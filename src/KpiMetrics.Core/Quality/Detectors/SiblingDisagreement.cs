namespace KpiMetrics.Core.Quality.Detectors;

/// <summary>All other areas moved as no season foretold, and this one did not, or the other way.</summary>
internal static class SiblingDisagreement
{
    public static Hit? Find(Evidence evidence)
    {
        var baseline = evidence.Baseline;
        if (baseline.Predictor == Predictor.Pooled || baseline.Scale.IsLumpy || baseline.TetMoved)
            return null;
        if (evidence.Figure.Siblings?.Surprise is not { IsCommon: true } common)
            return null;
        var spread = Math.Max(common.Spread, baseline.Spread);
        var off = baseline.Deviation(evidence.Value) * baseline.Spread - common.Median;
        var limit = Math.Max(baseline.Limit, BaselineFit.LimitOf(common.Areas));
        if (Math.Abs(off) <= limit * spread)
            return null;
        return new Hit(DetectorKind.SiblingDisagreement, Math.Abs(off) / spread, 0)
        {
            Count = common.Areas,
            Expected = baseline.Scale.Back(baseline.Expected + common.Median) + baseline.Offset,
        };
    }
}
