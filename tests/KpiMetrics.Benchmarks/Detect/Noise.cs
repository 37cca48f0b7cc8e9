namespace KpiMetrics.Benchmarks.Detect;

/// <summary>Random numbers of the distributions that series are made of.</summary>
internal static class Noise
{
    public static double Normal(this Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    public static double Between(this Random random, double least, double most) => least + (most - least) * random.NextDouble();

    public static double Student(this Random random, int degrees)
    {
        var squares = 0.0;
        for (var degree = 0; degree < degrees; degree++)
            squares += Math.Pow(random.Normal(), 2);
        return random.Normal() / Math.Sqrt(squares / degrees);
    }

    /// <summary>A Poisson count whose mean is drawn from a gamma distribution of the whole shape.</summary>
    public static int NegativeBinomial(this Random random, double mean, int shape)
    {
        var gamma = 0.0;
        for (var part = 0; part < shape; part++)
            gamma -= Math.Log(1 - random.NextDouble());
        return random.Poisson(mean * gamma / shape);
    }

    private static int Poisson(this Random random, double mean)
    {
        if (mean > 50)
            return (int)Math.Max(0, Math.Round(mean + Math.Sqrt(mean) * random.Normal()));
        var (limit, product, count) = (Math.Exp(-mean), random.NextDouble(), 0);
        for (; product > limit; count++)
            product *= random.NextDouble();
        return count;
    }
}
