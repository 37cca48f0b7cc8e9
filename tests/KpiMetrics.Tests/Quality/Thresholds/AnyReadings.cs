using FsCheck;
using FsCheck.Fluent;
using KpiMetrics.Core.Catalog;

namespace KpiMetrics.Tests.Quality.Thresholds;

/// <summary>Thresholds of every kind and hours that rise and fall about their levels.</summary>
internal static class AnyReadings
{
    public const int Hours = 40;

    /// <summary>Levels 1, 2 and 3; with or without margin and count.</summary>
    public static Gen<Threshold> Thresholds { get; } =
        from kind in Gen.Elements(Enum.GetValues<ThresholdKind>())
        from hours in Gen.Elements(1, 3, 6)
        from margin in Gen.Elements(0m, 0.4m, 0.9m)
        from readings in Gen.Elements(1, 1, 2, 3)
        select new Threshold
        {
            Code = "t",
            Name = "T",
            Kind = kind,
            Hours = kind == ThresholdKind.Value ? 1 : hours,
            Unit = "m",
            Margin = margin,
            Readings = readings,
            Levels =
            [
                .. Enumerable
                    .Range(1, 3)
                    .Select(level => new ThresholdLevel($"muc-{level}", $"mức {level}", level, ThresholdSeverity.Warning)),
            ],
        };

    /// <summary>Of each hour whether there is a figure and which: from -0.4 to 3.6, in the order in which they arrive.</summary>
    public static Gen<(int Hour, decimal Value)[]> Arrivals { get; } =
        from values in Gen.Choose(-1, 9).Select(value => value * 0.4m).ArrayOf(Hours)
        from isThere in Gen.Elements(true, true, true, false).ArrayOf(Hours)
        from order in Gen.Shuffle(Enumerable.Range(0, Hours).ToArray())
        select order.Where(hour => isThere[hour]).Select(hour => (hour, values[hour])).ToArray();

    /// <summary>Arrivals, and an hour at which to look; the last one has no figure.</summary>
    public static Gen<((int Hour, decimal Value)[] Arrivals, int Hour)> ArrivalsAndHour { get; } =
        from arrivals in Arrivals
        from hour in Gen.Choose(0, Hours)
        select (arrivals, hour);

    /// <summary>Arrivals, but hours are stated again with other figures or withdrawn.</summary>
    public static Gen<(int Hour, decimal? Value)[]> Corrections { get; } =
        Gen.Choose(0, Hours / 2)
            .SelectMany(hour => Gen.Choose(-2, 9).Select(value => (hour, value == -2 ? (decimal?)null : value * 0.4m)))
            .ArrayOf(2 * Hours);

    /// <summary>One flood, in the order in which its hours arrive: higher by the hour up to its top, then lower, and at last below all levels.</summary>
    public static Gen<(int Hour, decimal Value)[]> Flood { get; } =
        from top in Gen.Choose(5, Hours - 15)
        from height in Gen.Choose(10, 60)
        from order in Gen.Shuffle(Enumerable.Range(0, Hours).ToArray())
        let slope = height / 10m
        select order
            .Select(hour => (hour, hour >= Hours - 5 ? 0m : Math.Max(0m, height / 10m - slope * Math.Abs(hour - top) / 10m)))
            .ToArray();
}
