using KpiMetrics.Core.Catalog;

namespace KpiMetrics.Core.Quality.Detectors;

/// <summary>
/// How figures become comparable: inverse hyperbolic sine, which is logarithmic for what the series is used to and passes through 0, so that
/// equal differences are equal percentages; for rates, scores and balances straight.
/// </summary>
/// <param name="Unit">In the figure's unit: by it all is divided, so that no verdict depends on the unit.</param>
internal readonly record struct Scale(double Unit, bool IsStraight, bool IsLumpy)
{
    public bool IsUsable => Unit > 0;

    /// <param name="raw">The earlier figures; not a number where there is none.</param>
    public static Scale Of(ReadOnlySpan<double> raw, MeasureKind kind)
    {
        Span<double> sizes = stackalloc double[raw.Length];
        var (count, zeros, negative) = (0, 0, 0);
        foreach (var value in raw)
        {
            if (double.IsNaN(value))
                continue;
            if (value == 0)
                zeros++;
            else
                sizes[count++] = Math.Abs(value);
            if (value < 0)
                negative++;
        }
        if (count == 0)
            return default;
        sizes = sizes[..count];
        var median = Medians.Of(sizes);
        var all = count + zeros;
        var isLumpy = zeros * 10 > all;
        if (kind is MeasureKind.Ratio or MeasureKind.Score || negative * 10 > all)
            return new(median, IsStraight: true, isLumpy);
        // A quarter of what nearly all exceed: above it the curve is a logarithm, and 0 is a finite way off.
        return (zeros + negative) * 10 > all ? new(median, false, isLumpy) : new(sizes[count / 10] / 4, false, isLumpy);
    }

    public double Of(double value) => IsStraight ? value / Unit : Math.Asinh(value / Unit);

    public double Back(double scaled) => IsStraight ? scaled * Unit : Math.Sinh(scaled) * Unit;
}
