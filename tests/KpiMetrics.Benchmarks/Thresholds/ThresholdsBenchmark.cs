using System.Diagnostics;
using System.Globalization;
using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Periods;
using KpiMetrics.Core.Quality.Thresholds;

namespace KpiMetrics.Benchmarks.Thresholds;

/// <summary>What one more hourly reading costs: both histories, before and after it, and what is to be told.</summary>
internal static class ThresholdsBenchmark
{
    private const int Turns = 200;
    private const int Communes = 99;
    private const int CommunesOfTheCountry = 3_321;

    // A flood is over within days; this much is read again for each reading (ThresholdHistory.ReplayFrom).
    private const int UsualHours = 72;

    private static readonly Period First = Period.Parse("2026-01-01T00");

    private static readonly Threshold Rain24 = Rain(24, 100m, 200m, 400m);
    private static readonly Threshold Rain12 = Rain(12, 50m);

    private static readonly Threshold Level = Rain24 with
    {
        Code = "muc-nuoc",
        Kind = ThresholdKind.Value,
        Hours = 1,
        Margin = 0.2m,
        Levels = [Of(1.2m), Of(2.2m), Of(2.7m)],
    };

    private static readonly Threshold Rise = Level with
    {
        Code = "len",
        Kind = ThresholdKind.Rise,
        Hours = 3,
        Levels = [Of(0.2m)],
    };

    public static void Run()
    {
        Line($"one more reading of an hourly series, best of {Turns} turns, one thread");
        Line($"");
        Line($"{"threshold", -34}{"hours read", 12}{"microseconds", 14}{"ns an hour", 12}{"bytes", 10}");
        foreach (var (name, threshold, isRain) in Kinds())
        {
            foreach (var hours in (int[])[24 + UsualHours, 24 + 30 * 24, 8_760])
            {
                var readings = Series(hours, isRain, 7);
                var (before, after) = (HourlyReadings.Of(readings.SkipLast(1)), HourlyReadings.Of(readings));
                var (best, bytes) = Best(() => Look(threshold, before, after));
                Line($"  {name, -32}{hours, 12:N0}{best, 14:0.0}{best * 1000 / (2 * hours), 12:0}{bytes, 10:N0}");
            }
        }
        Line($"");
        Burst("a province", Communes);
        Burst("the country", CommunesOfTheCountry);
    }

    // An hour in which every commune reports its rain at once: two thresholds each, as in Lào Cai's set, made from the figures anew.
    private static void Burst(string what, int communes)
    {
        var series = Enumerable.Range(0, communes).Select(commune => Series(24 + UsualHours, isRain: true, commune)).ToList();
        var told = 0;
        var best = double.MaxValue;
        for (var turn = 0; turn < 5; turn++)
        {
            told = 0;
            var start = Stopwatch.GetTimestamp();
            foreach (var readings in series)
            {
                var (before, after) = (HourlyReadings.Of(readings.SkipLast(1)), HourlyReadings.Of(readings));
                told += Look(Rain12, before, after) + Look(Rain24, before, after);
            }
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }
        Line(
            $"an hour of rain of all {communes:N0} communes of {what}, two thresholds, {24 + UsualHours} hours each read again: {best:0.0} ms, {best * 1000 / communes:0.0} microseconds a reading, {told:N0} told"
        );
    }

    private static int Look(Threshold threshold, HourlyReadings before, HourlyReadings after) =>
        ThresholdTransitions.Between(ThresholdReplay.Of(threshold, before), ThresholdReplay.Of(threshold, after)).Count;

    private static (double Microseconds, long Bytes) Best(Func<int> run)
    {
        var (best, bytes) = (double.MaxValue, 0L);
        for (var turn = 0; turn < Turns; turn++)
        {
            var (start, used) = (Stopwatch.GetTimestamp(), GC.GetAllocatedBytesForCurrentThread());
            run();
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalMicroseconds);
            bytes = GC.GetAllocatedBytesForCurrentThread() - used;
        }
        return (best, bytes);
    }

    // Wet spells of half a day every week; a river that follows them.
    private static List<Reading> Series(int hours, bool isRain, int seed)
    {
        var random = new Random(seed);
        var readings = new List<Reading>(hours);
        var level = 0.5m;
        for (var hour = 0; hour < hours; hour++)
        {
            var isWet = (hour + seed * 5) % 168 < 12;
            var rain = isWet ? random.Next(0, 400) / 10m : 0m;
            level = Math.Round(level * 0.97m + rain * 0.01m, 2);
            readings.Add(new(First.Shift(hour), isRain ? rain : level));
        }
        return readings;
    }

    private static IEnumerable<(string Name, Threshold Threshold, bool IsRain)> Kinds() =>
        [
            ("river, three alert levels", Level, false),
            ("rain in 24 hours, three levels", Rain24, true),
            ("rain in 12 hours, one level", Rain12, true),
            ("rise over three hours", Rise, false),
        ];

    private static Threshold Rain(int hours, params decimal[] levels) =>
        new()
        {
            Code = Invariant($"mua-{hours}h"),
            Name = "Mưa",
            Kind = ThresholdKind.Sum,
            Hours = hours,
            Unit = "mm",
            Margin = 5m,
            Levels = [.. levels.Select(Of)],
        };

    private static ThresholdLevel Of(decimal at) => new(Invariant($"muc-{at}"), "mức", at, ThresholdSeverity.Warning);

    private static void Line(FormattableString text) => Console.WriteLine(Invariant(text));

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
