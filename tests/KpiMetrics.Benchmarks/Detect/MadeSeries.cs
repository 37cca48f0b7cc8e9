using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Periods;

namespace KpiMetrics.Benchmarks.Detect;

/// <summary>A series without errors; the last value is the one that will be tested.</summary>
internal sealed record MadeSeries(Shape Shape, MeasureKind Kind, Period Last, double[] Values, int Places)
{
    public bool MayBeNegative => Shape == Shape.Growth;

    /// <param name="common">What happens to the last figure of all areas at once: a factor.</param>
    public static MadeSeries Of(Random random, Shape shape, Variation variation, double common = 1)
    {
        var frequency = FrequencyOf(shape);
        var season = frequency switch
        {
            Frequency.Quarter => 4,
            Frequency.Day => 7,
            _ => 12,
        };
        var count = Count(random, frequency, variation) + 1;
        var last =
            frequency == Frequency.Day ? Period.Parse("2025-10-15") : Period.Of(frequency, 2025, random.Next(1, season + 1));
        var values = shape switch
        {
            Shape.Stock => Wandering(random, count, variation),
            Shape.Rate or Shape.Growth => Straight(random, shape, count, last, season, variation),
            Shape.Intermittent => Intermittent(random, count),
            _ => Amounts(random, shape, count, last, season, variation),
        };
        values[^1] *= common;
        var places = shape switch
        {
            Shape.Counts or Shape.SmallCounts or Shape.Intermittent or Shape.Stock => 0,
            Shape.Rate or Shape.Growth => 2,
            _ => 1,
        };
        if (shape == Shape.Cumulative)
            SumUp(values, last);
        for (var at = 0; at < count; at++)
            values[at] = Math.Round(values[at], places);
        return new(shape, KindOf(shape), last, values, places);
    }

    private static Frequency FrequencyOf(Shape shape) =>
        shape switch
        {
            Shape.Quarterly => Frequency.Quarter,
            Shape.Daily => Frequency.Day,
            _ => Frequency.Month,
        };

    private static MeasureKind KindOf(Shape shape) =>
        shape switch
        {
            Shape.Stock => MeasureKind.Stock,
            Shape.Rate or Shape.Growth => MeasureKind.Ratio,
            Shape.Cumulative => MeasureKind.Cumulative,
            _ => MeasureKind.Flow,
        };

    private static int Count(Random random, Frequency frequency, Variation variation) =>
        (frequency, variation.Short) switch
        {
            (Frequency.Quarter, false) => random.Next(12, 41),
            (Frequency.Quarter, true) => random.Next(8, 16),
            (_, true) => random.Next(8, 25),
            _ => random.Next(24, 61),
        };

    private static double[] Amounts(Random random, Shape shape, int count, Period last, int season, Variation variation)
    {
        var level = shape switch
        {
            Shape.Counts => random.Between(20, 400),
            Shape.SmallCounts => random.Between(2, 15),
            _ => Math.Exp(random.Between(4, 12)),
        };
        var trend = random.Between(-0.05, 0.15) / 12 * variation.Trend;
        var noise = random.Between(variation.LeastNoise, variation.MostNoise);
        var profile = Profile(random, season, random.Between(0.1, 0.45) * variation.Season);
        var values = new double[count];
        for (var at = 0; at < count; at++)
        {
            var expected = level * Math.Exp(trend * at + profile[Place(last, at - count + 1, season)]);
            values[at] = shape switch
            {
                Shape.Counts => random.NegativeBinomial(expected, 80),
                Shape.SmallCounts => random.NegativeBinomial(expected, 20),
                Shape.HeavyTails => expected * Math.Exp(0.7 * noise * random.Student(4)),
                _ => expected * Math.Exp(noise * random.Normal()),
            };
        }
        return values;
    }

    private static double[] Wandering(Random random, int count, Variation variation)
    {
        var value = Math.Exp(random.Between(6, 12));
        var (drift, step) = (random.Between(-0.002, 0.006) * variation.Trend, random.Between(0.002, 0.02));
        var values = new double[count];
        for (var at = 0; at < count; at++)
            values[at] = value *= Math.Exp(drift + step * random.Normal());
        return values;
    }

    private static double[] Straight(Random random, Shape shape, int count, Period last, int season, Variation variation)
    {
        var level = shape == Shape.Growth ? random.Between(4, 9) : random.Between(40, 90);
        var (drift, noise) = (random.Between(-0.05, 0.05) * variation.Trend, random.Between(0.5, 2));
        var profile = Profile(random, season, (shape == Shape.Growth ? 0.5 : 3) * variation.Season);
        var values = new double[count];
        for (var at = 0; at < count; at++)
            values[at] = level + drift * at + profile[Place(last, at - count + 1, season)] + noise * random.Normal();
        return values;
    }

    private static double[] Intermittent(Random random, int count)
    {
        var (mean, often) = (random.Between(1, 8), random.Between(0.3, 0.8));
        var values = new double[count];
        for (var at = 0; at < count; at++)
            values[at] = random.NextDouble() < often ? 1 + random.NegativeBinomial(mean, 2) : 0;
        return values;
    }

    // Some seasons are smooth, some have a single peak such as a harvest.
    private static double[] Profile(Random random, int season, double size)
    {
        var profile = new double[season];
        var (turn, peak, isSmooth) = (random.Next(season), random.Next(season), random.Next(3) > 0);
        for (var at = 0; at < season; at++)
            profile[at] = size * (isSmooth ? Math.Sin(2 * Math.PI * (at + turn) / season) : 0.3 * random.Normal());
        if (!isSmooth)
            profile[peak] += 1.5 * size;
        return profile;
    }

    private static int Place(Period last, int shift, int season)
    {
        var index = last.Index + shift;
        return (index % season + season) % season;
    }

    private static void SumUp(double[] values, Period last)
    {
        for (var at = 1; at < values.Length; at++)
        {
            if (last.Shift(at - values.Length + 1).Number != 1)
                values[at] += values[at - 1];
        }
    }
}
