namespace KpiMetrics.Core.Quality.Detectors;

/// <summary>For a short series: its own last figure, moved as other areas moved, with the spread they have.</summary>
internal static class PooledBaseline
{
    // How far back the last figure may lie.
    private const int MostGap = 3;

    // Errors that a spread taken from all areas' history counts as.
    private const int CountsAs = 20;
    private const double LeastSpread = 0.02;

    public static Baseline? Of(ReadOnlySpan<double> values, Scale scale, Siblings siblings, int points)
    {
        var last = values.Length - 1;
        while (last >= 0 && double.IsNaN(values[last]))
            last--;
        var gap = values.Length - last;
        if (last < 0 || gap > MostGap)
            return null;
        if (gap == 1 && siblings.Step is { } step)
        {
            // The move of one area beside that of the others: both have the spread.
            return Make(values[last] + step.Median, step.Spread, BaselineFit.LimitOf(step.Areas));
        }
        var usual = siblings.UsualStep;
        return double.IsNaN(usual) ? null : Make(values[last], usual * Math.Sqrt(gap), BaselineFit.LimitOf(CountsAs));

        Baseline Make(double expected, double spread, double limit) =>
            new(scale, 0, expected, Math.Max(spread, LeastSpread), limit, expected, expected, points, Predictor.Pooled, false);
    }
}
