namespace KpiMetrics.Core.Quality.Detectors;

/// <summary>A figure stated anew, by far more than the series is used to.</summary>
internal static class RevisionSize
{
    private const int LeastRevisions = 5;

    // Where no revisions are known: a tenth, or twice what the series strays.
    private const double UnknownLeast = 0.1;
    private const double UnknownSpreads = 2;

    public static Hit? Find(Evidence evidence)
    {
        var (figure, baseline) = (evidence.Figure, evidence.Baseline);
        if (figure.StatedBefore is not { } before || before == figure.Value)
            return null;
        // A correction: what was suspicious no longer is.
        if (Math.Abs(baseline.Deviation((double)before)) > baseline.Limit && !evidence.IsOff())
            return null;
        var size = Size(baseline.Scale, before, figure.Value);
        var limit = Limit(evidence);
        if (size <= limit)
            return null;
        return new Hit(DetectorKind.RevisionSize, size / limit, 0)
        {
            Reference = new(figure.Period, before),
            Factor = before == 0m ? null : UnitSlip.Of((double)(figure.Value / before)),
        };
    }

    private static double Limit(Evidence evidence)
    {
        var (baseline, known) = (evidence.Baseline, evidence.Figure.EarlierRevisions);
        if (known.Count < LeastRevisions)
            return Math.Max(UnknownLeast, UnknownSpreads * baseline.Spread);
        var count = Math.Min(known.Count, Axis.Most);
        Span<double> sizes = stackalloc double[count];
        for (var at = 0; at < count; at++)
            sizes[at] = Size(baseline.Scale, known[^(at + 1)].Before, known[^(at + 1)].After);
        var floor = BaselineFit.Floor(evidence.Figure.Kind) / 2;
        return Math.Max(Medians.Spread(sizes), floor) * BaselineFit.LimitOf(count);
    }

    private static double Size(Scale scale, decimal before, decimal after) =>
        Math.Abs(scale.Of((double)after) - scale.Of((double)before));
}
