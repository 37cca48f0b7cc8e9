namespace KpiMetrics.Core.Quality.Detectors;

/// <summary>A power of ten too much or too little.</summary>
internal static class UnitSlip
{
    private const double Near = 3;
    private const double Against = 0;

    // By so much, scaled, the corrected figure may miss: a slip of a thousand hides no other question.
    private const double NearEnough = 0.3;
    private static readonly decimal[] Factors = [10m, 100m, 1_000m, 10_000m, 1_000_000m, 1_000_000_000m];

    public static Hit? Find(Evidence evidence)
    {
        if (evidence.Value == 0 || !evidence.IsOff() || evidence.Baseline.Scale.IsLumpy && !evidence.TowersAboveAll)
            return null;
        var best = default(Hit?);
        foreach (var factor in Factors)
        {
            Try(evidence, factor, 1 / factor, ref best);
            Try(evidence, 1 / factor, factor, ref best);
        }
        return best;
    }

    /// <summary>The power of ten that lies within a quarter of the quotient; null where none does.</summary>
    public static decimal? Of(double quotient)
    {
        foreach (var factor in Factors)
        {
            if (IsNear(quotient / (double)factor))
                return factor;
            if (IsNear(quotient * (double)factor))
                return 1 / factor;
        }
        return null;
    }

    private static bool IsNear(double one) => one is > 0.8 and < 1.25;

    private static void Try(Evidence evidence, decimal factor, decimal inverse, ref Hit? best)
    {
        var corrected = evidence.Value * (double)inverse;
        var fit = evidence.Fit(corrected);
        var isLarge = factor is >= 100m or <= 0.01m;
        // Of a total that fell, ten times it rises by some amount or other: that explains nothing.
        if (evidence.Falls && (!isLarge || corrected / evidence.Baseline.ExpectedValue is < 0.5 or > 2))
            return;
        if (!(fit <= Near) && !(isLarge && evidence.Distance(corrected) <= NearEnough))
            return;
        // What would be next to nothing fits every series that is often 0.
        if (Math.Abs(corrected) < 0.5 * evidence.Baseline.Scale.Unit || fit > 0.35 * Math.Abs(evidence.Deviation))
            return;
        var misfit = Hit.MisfitOf(Math.Min(fit, Near), Against);
        if (best is { } other && other.Misfit <= misfit)
            return;
        best = new Hit(DetectorKind.UnitSlip, Math.Abs(evidence.Deviation), misfit) { Factor = factor };
    }
}
