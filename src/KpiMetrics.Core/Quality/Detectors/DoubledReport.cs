namespace KpiMetrics.Core.Quality.Detectors;

/// <summary>An amount counted twice.</summary>
internal static class DoubledReport
{
    private const double Near = 2.25;
    private const double Against = 0.3;

    public static Hit? Find(Evidence evidence)
    {
        if (!evidence.AddsUp || evidence.Baseline.Scale.IsLumpy || !evidence.IsOff(0.85) || evidence.Deviation < 0)
            return null;
        var offset = evidence.Baseline.Offset;
        var fit = evidence.Fit(offset + (evidence.Value - offset) / 2);
        return fit <= Near
            ? new Hit(DetectorKind.Doubled, Math.Abs(evidence.Deviation), Hit.MisfitOf(fit, Against)) { Factor = 2m }
            : null;
    }
}
