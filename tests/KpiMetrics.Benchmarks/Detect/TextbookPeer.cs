namespace KpiMetrics.Benchmarks.Detect;

/// <summary>A test for outliers as textbooks and DHIS2 have it: it says that something is wrong, never what.</summary>
internal sealed record TextbookPeer(string Name, Func<DetectCase, bool> Flags)
{
    // Of a normal distribution the median absolute deviation is so many standard deviations.
    private const double NormalMad = 0.6745;

    public static IReadOnlyList<TextbookPeer> All { get; } =
    [
        new("z-score above 3", made => Deviation(Earlier(made), made.Values[^1]) > 3),
        new("DHIS2 z-score above 3, with the tested", made => Deviation(Whole(made), made.Values[^1]) > 3),
        new("DHIS2 modified z-score above 3.5, MAD, with the tested", made => Modified(Whole(made), made.Values[^1]) > 3.5),
        new("DHIS2 modified z-score above 3.5, sd, with the tested", made => ModifiedSd(Whole(made), made.Values[^1]) > 3.5),
        new("mean +- 2 standard deviations", made => Deviation(Earlier(made), made.Values[^1]) > 2),
        new("seasonal naive, MAD above 3.5", SeasonalNaive),
    ];

    private static double[] Earlier(DetectCase made) => [.. made.Values[..^1].Where(value => !double.IsNaN(value))];

    private static double[] Whole(DetectCase made) => [.. made.Values.Where(value => !double.IsNaN(value))];

    private static double Deviation(double[] values, double tested)
    {
        var mean = values.Average();
        return Over(Math.Abs(tested - mean), StandardDeviation(values));
    }

    private static double Modified(double[] values, double tested)
    {
        var median = Median(values);
        var mad = Median([.. values.Select(value => Math.Abs(value - median))]);
        return Over(NormalMad * Math.Abs(tested - median), mad);
    }

    // What DHIS2's SQL divides by is the standard deviation of the population.
    private static double ModifiedSd(double[] values, double tested) =>
        Over(NormalMad * Math.Abs(tested - Median(values)), StandardDeviation(values));

    private static bool SeasonalNaive(DetectCase made)
    {
        var changes = new List<double>();
        for (var at = made.Season; at < made.Values.Length - 1; at++)
        {
            var change = made.Values[at] - made.Values[at - made.Season];
            if (!double.IsNaN(change))
                changes.Add(change);
        }
        if (changes.Count < 3)
            return false;
        var now = made.Values[^1] - made.Values[^(1 + made.Season)];
        return !double.IsNaN(now) && Modified([.. changes], now) > 3.5;
    }

    private static double StandardDeviation(double[] values)
    {
        var mean = values.Average();
        return Math.Sqrt(values.Average(value => (value - mean) * (value - mean)));
    }

    private static double Median(double[] values)
    {
        var sorted = values.Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    private static double Over(double distance, double spread) => spread > 0 ? distance / spread : 0;
}
