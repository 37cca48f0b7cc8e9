using KpiMetrics.Core.Periods;
using KpiMetrics.Simulation.Offices;
using KpiMetrics.Simulation.World;

namespace KpiMetrics.Simulation.Verifying;

/// <summary>What must be reported of a duty, area by area.</summary>
internal sealed class ExpectedDuty
{
    private readonly Func<ExpectedPeriod, int, bool> isObliged;

    private ExpectedDuty(
        DutyScript script,
        IEnumerable<ExpectedPeriod> periods,
        Func<ExpectedPeriod, int, bool>? isObliged = null
    )
    {
        Script = script;
        Periods = periods.ToDictionary(period => Period.Parse(period.Name));
        this.isObliged = isObliged ?? ((_, _) => true);
    }

    public DutyScript Script { get; }

    public IReadOnlyDictionary<Period, ExpectedPeriod> Periods { get; }

    /// <summary>The hours of the second emergency that were created ahead and then need not be: they may be there, void.</summary>
    public Func<ExpectedPeriod, int, bool> MayBeVoid { get; private init; } = (_, _) => false;

    public bool Has(Period period, int place) => Periods.TryGetValue(period, out var known) && isObliged(known, place);

    public int Count =>
        Periods.Values.Sum(period => Enumerable.Range(0, Script.Areas.Count).Count(place => isObliged(period, place)));

    /// <summary>By set: Lào Cai at the finest frequency, group C also by the hour in emergencies; Bắc Ninh at the finest; the reform report at each.</summary>
    /// <param name="stopped">When the second emergency was stopped.</param>
    public static IEnumerable<ExpectedDuty> All(IReadOnlyList<DutyScript> scripts, DateTimeOffset stopped)
    {
        foreach (var script in scripts)
        {
            var (set, frequency, all) = (script.Duty.Set, script.Duty.Frequency, script.Indicator.Frequencies);
            var holds =
                set == "cchc" ? all.Contains(frequency)
                : all[0] == Frequency.Hour ? all.Take(2).Contains(frequency)
                : all[0] == frequency;
            if (!holds)
                continue;
            if (frequency == Frequency.Hour)
                yield return Hours(script, stopped);
            else
                yield return new(
                    script,
                    ExpectedPeriods.Of(frequency, set != "lao-cai" && frequency > Frequency.Week, Beginnings.Of(set))
                );
        }
    }

    private static ExpectedDuty Hours(DutyScript script, DateTimeOffset stopped)
    {
        var flood = Of(EmergencyScript.FloodFrom, EmergencyScript.FloodUntil);
        var slide = Of(EmergencyScript.SlideFrom, EmergencyScript.SlideUntil);
        return new(
            script,
            [.. flood, .. slide],
            (hour, place) =>
                LocalTime.At(hour.Start) < EmergencyScript.FloodUntil
                    ? EmergencyScript.FloodPlaces.Contains(place)
                    : EmergencyScript.SlidePlaces.Contains(place) && LocalTime.At(hour.Start) < stopped
        )
        {
            MayBeVoid = (hour, place) =>
                EmergencyScript.SlidePlaces.Contains(place)
                && LocalTime.At(hour.Start) >= stopped
                && LocalTime.At(hour.Start) <= stopped.AddHours(2.25),
        };

        static IEnumerable<ExpectedPeriod> Of(DateTimeOffset from, DateTimeOffset until)
        {
            for (var hour = from.DateTime.Date.AddHours(from.Hour); LocalTime.At(hour) < until; hour = hour.AddHours(1))
                yield return ExpectedPeriods.Hour(hour);
        }
    }
}
