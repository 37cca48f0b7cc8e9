using KpiMetrics.Core.Catalog;

namespace KpiMetrics.Core.Quality.Detectors;

/// <summary>The digits of the period before, or of the same one last year, once more, in a series that does not repeat itself.</summary>
/// <remarks>
/// How likely that is by chance follows from how finely the figure is printed beside how much the series moves, and from how often it has
/// repeated itself before.
/// </remarks>
internal static class StuckValue
{
    private const double Unlikely = 0.002;
    private const int LeastSteps = 5;

    // Three digits: a small number comes again by chance.
    private const double LeastDigits = 100;

    public static Hit? Find(TestedFigure figure, Axis axis)
    {
        var raw = axis.Raw;
        var value = (double)figure.Value;
        if (figure.Kind == MeasureKind.Score || raw.Length < LeastSteps || value == 0)
            return null;
        if (raw[^1] == value)
            return Of(figure, axis, 1);
        return axis.Season > 1 && raw.Length > axis.Season && raw[^axis.Season] == value ? Of(figure, axis, axis.Season) : null;
    }

    private static Hit? Of(TestedFigure figure, Axis axis, int lag)
    {
        var raw = axis.Raw;
        var run = 1;
        while (run * lag < raw.Length && raw[raw.Length - run * lag] == raw[^lag])
            run++;
        Span<double> steps = stackalloc double[Axis.Most];
        var (count, repeats) = (0, 0);
        // The repetition under test is no evidence of what the series is used to.
        for (var place = raw.Length - (run - 1) * lag; place - lag >= 0; place--)
        {
            if (place >= raw.Length)
                continue;
            var step = raw[place] - raw[place - lag];
            if (double.IsNaN(step))
                continue;
            repeats += step == 0 ? 1 : 0;
            steps[count++] = Math.Abs(step);
        }
        if (count < LeastSteps)
            return null;
        var spread = Medians.Spread(steps[..count]);
        var resolution = Resolution(figure.Value);
        if (Math.Abs(raw[^lag]) < LeastDigits * resolution)
            return null;
        var chance = spread > 0 ? 0.4 * resolution / spread : 1;
        if (repeats > 0)
            chance = Math.Max(chance, (repeats + 1.0) / (count + 1));
        if (chance >= 1)
            return null;
        var all = Math.Pow(chance, run - 1);
        return all < Unlikely
            ? new Hit(DetectorKind.Stuck, -Math.Log10(all), 0)
            {
                Count = run,
                Reference = new(figure.Period.Shift(-lag), figure.Value),
            }
            : null;
    }

    /// <summary>The last digit that means something: 100 for 10.300, 0.01 for 98,65.</summary>
    private static double Resolution(decimal value)
    {
        // Dividing by a 1 of many decimals drops the zeros at the end.
        var plain = value / 1.0000000000000000000000000000m;
        if (plain.Scale > 0)
            return Math.Pow(10, -plain.Scale);
        var resolution = 1.0;
        for (; value % 10m == 0m; value /= 10m)
            resolution *= 10;
        return resolution;
    }
}
