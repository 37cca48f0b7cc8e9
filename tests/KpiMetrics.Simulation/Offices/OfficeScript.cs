using System.Globalization;
using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Obligations;
using KpiMetrics.Core.Periods;
using KpiMetrics.Simulation.World;

namespace KpiMetrics.Simulation.Offices;

/// <summary>What every office states when, of the whole year: follows from the seed alone, so that the offices and who checks them agree.</summary>
internal sealed class OfficeScript(SimulatedWorld world)
{
    private const int OneIn = 4;
    private const int Most = 41;

    public static Mood MoodOf(ulong seed, int duty, Period period) =>
        Chance.Of(seed, 1, (ulong)duty, (ulong)period.Index).Below(1000) switch
        {
            < 950 => Mood.Plain,
            < 970 => Mood.Late,
            < 974 => Mood.Never,
            < 978 => Mood.Partial,
            _ => Mood.Corrected,
        };

    /// <summary>What is stated of one measure, in order of time: nothing, one figure, or a figure and its correction.</summary>
    /// <param name="duty">The place of the duty among the world's.</param>
    /// <param name="place">The place of the area among its set's.</param>
    /// <param name="of">The place of the measure among those that the duty needs.</param>
    /// <param name="needs">How many it needs.</param>
    public IEnumerable<Sent> Of(int duty, Duty what, Window window, Period period, int place, Measure measure, int of, int needs)
    {
        var chance = Chance.Of(world.Seed, 2, (ulong)duty, (ulong)period.Index);
        var own = Chance.Of(world.Seed, 3, chance, (ulong)place);
        var isPicked = what.Set != "lao-cai" || own.Below(OneIn) == 0;
        var mood = isPicked ? MoodOf(world.Seed, duty, period) : Mood.Plain;
        if (
            EmergencyScript.IsSilent(what, period, place)
            || mood == Mood.Never
            || mood == Mood.Partial && of == needs - 1 && needs > 1
        )
            yield break;
        // An office sends most areas together, so that one answer brings them.
        var minutes = mood == Mood.Late ? Late(what.Frequency, own.Next()) : InTime(what.Frequency, chance.Next());
        var at = LocalTime.At(window.End).AddMinutes(minutes);
        var least = (int)Math.Ceiling(measure.Min ?? 0);
        var most = (int)Math.Min(measure.Max ?? Most, Most);
        var value = least + Chance.Of(world.Seed, 4, own, (ulong)of).Below(most - least); // and one more is allowed
        yield return new(at, Text(measure, value));
        if (mood == Mood.Corrected && of == 0)
            yield return new(at.AddMinutes(Again(what.Frequency, own.Next())), Text(measure, value + 1));
    }

    // Minutes after the window closed; well before the due instant, so that we are asked of nothing that nobody could know.
    private static int InTime(Frequency frequency, ulong chance) =>
        frequency switch
        {
            Frequency.Hour => 1 + chance.Below(4),
            Frequency.Day => 30 + chance.Below(360),
            Frequency.Week => 30 + chance.Below(480),
            _ => 120 + chance.Below(4 * 1440),
        };

    private static int Late(Frequency frequency, ulong chance) =>
        frequency switch
        {
            Frequency.Hour => 20 + chance.Below(300),
            Frequency.Day => 600 + chance.Below(3000),
            Frequency.Week => 1440 + chance.Below(7 * 1440),
            _ => (8 + chance.Below(22)) * 1440,
        };

    private static int Again(Frequency frequency, ulong chance) =>
        frequency switch
        {
            Frequency.Hour => 30 + chance.Below(60),
            Frequency.Day => 240 + chance.Below(480),
            _ => 1440 + chance.Below(4 * 1440),
        };

    private static string Text(Measure measure, int value) =>
        measure.Kind == MeasureKind.Text
            ? string.Create(CultureInfo.InvariantCulture, $"Bản tin số {value}")
            : value.ToString(CultureInfo.InvariantCulture);
}
