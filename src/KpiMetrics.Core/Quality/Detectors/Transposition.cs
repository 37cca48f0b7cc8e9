namespace KpiMetrics.Core.Quality.Detectors;

/// <summary>Two neighbouring digits that changed places: 5.324 for 3.524.</summary>
internal static class Transposition
{
    private const double Near = 2;

    // One of several ways to change places fits by chance more easily than a factor does.
    private const double Against = 0.3;

    // Further right a change of places hides in the spread.
    private const int Digits = 4;

    // Where the series strays further, some change of places nearly always fits.
    private const double MostSpread = 0.2;
    private const int LongestNumber = 18;

    public static Hit? Find(Evidence evidence)
    {
        if (!evidence.IsOff() || evidence.Baseline.Scale.IsLumpy || evidence.Baseline.Spread > MostSpread)
            return null;
        var value = evidence.Figure.Value;
        var digits = decimal.Abs(value) * Power(value.Scale);
        if (digits is < 10m or >= 1_000_000_000_000_000_000m)
            return null;
        var number = (long)digits;
        var step = 1L;
        while (number / step >= 100)
            step *= 10;
        var best = default(Hit?);
        for (var at = 0; at < Digits && step > 0; at++, step /= 10)
        {
            var (left, right) = (number / step / 10 % 10, number / step % 10);
            if (left == right || at == 0 && right == 0)
                continue;
            var meant = (number + (right - left) * 9 * step) / Power(value.Scale) * Math.Sign(value);
            var fit = evidence.Fit((double)meant);
            var misfit = Hit.MisfitOf(fit, Against);
            if (fit <= Near && !(best is { } other && other.Misfit <= misfit))
                best = new Hit(DetectorKind.Transposition, Math.Abs(evidence.Deviation), misfit) { Meant = meant };
        }
        return best;
    }

    private static decimal Power(int scale)
    {
        var power = 1m;
        for (var at = 0; at < Math.Min(scale, LongestNumber); at++)
            power *= 10m;
        return power;
    }
}
