namespace KpiMetrics.Core.Quality.Detectors;

/// <summary>A minus too many or too few.</summary>
internal static class WrongSign
{
    private const double Near = 2.5;
    private const double Against = 0;

    public static Hit? Find(Evidence evidence)
    {
        if (evidence.Value == 0 || !evidence.IsOff(0.8))
            return null;
        if (Math.Sign(evidence.Value) == Math.Sign(evidence.Baseline.ExpectedValue))
            return null;
        var fit = evidence.Fit(-evidence.Value);
        return fit <= Near
            ? new Hit(DetectorKind.Sign, Math.Abs(evidence.Deviation), Hit.MisfitOf(fit, Against))
            {
                Meant = -evidence.Figure.Value,
            }
            : null;
    }
}
