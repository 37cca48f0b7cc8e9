namespace KpiMetrics.Core.Quality.Detectors;

/// <summary>The figure and one or two before it agree with each other, and with nothing before them.</summary>
/// <remarks>After the third the new level is what is expected; a shift is told of twice at most.</remarks>
internal static class LevelShift
{
    private const int MostBefore = 2;
    private const double Alike = 2.5;

    // Parts of the limit: what each figure, and what all of them in the mean, must be off at least.
    private const double Each = 0.6;
    private const double Mean = 0.85;
    private const double LeastShift = 0.15;

    public static Hit? Find(Evidence evidence)
    {
        var baseline = evidence.Baseline;
        if (baseline.Predictor == Predictor.Pooled || baseline.Scale.IsLumpy || baseline.TetMoved)
            return null;
        for (var before = MostBefore; before >= 1; before--)
        {
            if (Of(evidence, before) is { } hit)
                return hit;
        }
        return null;
    }

    private static Hit? Of(Evidence evidence, int before)
    {
        var baseline = evidence.Baseline;
        var values = evidence.Values;
        var known = values.Length - before;
        var forecasts = new Forecasts(evidence.Axis, evidence.Cleaned, evidence.MovesWithTet);
        var now = baseline.Scaled(evidence.Value) - forecasts.Of(baseline.Predictor, values.Length, known);
        // What wanders is foretold the worse the further ahead.
        var wider = baseline.Predictor == Predictor.Last ? Math.Sqrt(before + 1) : 1;
        if (!IsOff(now, Each))
            return null;
        var sum = now;
        for (var place = known; place < values.Length; place++)
        {
            var then = values[place] - forecasts.Of(baseline.Predictor, place, known);
            if (!IsOff(then, Each) || Math.Sign(then) != Math.Sign(now) || Math.Abs(then - now) > Alike * wider * baseline.Spread)
                return null;
            sum += then;
        }
        if (!IsOff(sum / (before + 1), Mean))
            return null;
        // One more on that level: it is older than that, and has been told of.
        if (known > 0 && IsOff(values[known - 1] - forecasts.Of(baseline.Predictor, known - 1, known - 1), Each))
            return null;
        var expected = baseline.Scale.Back(baseline.Scaled(evidence.Value) - now) + baseline.Offset;
        var factor = UnitSlip.Of(evidence.Value / expected);
        return new Hit(factor is null ? DetectorKind.LevelShift : DetectorKind.UnitSlip, Math.Abs(now) / baseline.Spread, 0)
        {
            Count = before + 1,
            Expected = expected,
            Factor = factor,
        };

        bool IsOff(double shift, double part) =>
            Math.Abs(shift) > Math.Max(part * baseline.Limit * wider * baseline.Spread, LeastShift);
    }
}
