using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Obligations;
using KpiMetrics.Core.Periods;
using KpiMetrics.Simulation.World;

namespace KpiMetrics.Simulation.Offices;

/// <summary>The script of one duty.</summary>
/// <param name="Number">Its place among the world's duties.</param>
/// <param name="Areas">Those that report to its set.</param>
/// <param name="Measures">Those that are reported, not derived; what is not needed for a period is stated all the same.</param>
internal sealed record DutyScript(
    int Number,
    Duty Duty,
    IndicatorSet Set,
    Indicator Indicator,
    IReadOnlyList<Area> Areas,
    IReadOnlyList<Measure> Measures,
    OfficeScript Script
)
{
    public static IReadOnlyList<DutyScript> All(SimulatedWorld world)
    {
        var script = new OfficeScript(world);
        var areas = world.Catalog.Sets.ToDictionary(set => set.Code, world.AreasOf, StringComparer.Ordinal);
        return
        [
            .. world.Duties.Select(
                (each, number) =>
                    new DutyScript(
                        number,
                        each.Duty,
                        each.Set,
                        each.Indicator,
                        areas[each.Set.Code],
                        [.. each.Indicator.Measures.Where(measure => measure.Derived is null)],
                        script
                    )
            ),
        ];
    }

    /// <summary>Offices know nothing of the time before their set, and report by the hour only where it is asked of them.</summary>
    public bool Knows(Period period, int place) =>
        Set.WindowOf(Indicator, period).Start >= Beginnings.Of(Duty.Set)
        && (
            period.Frequency != Frequency.Hour
            || EmergencyScript.FloodPlaces.Contains(place)
            || EmergencyScript.SlidePlaces.Contains(place)
        );

    public IEnumerable<Sent> Of(Period period, int place, int measure) =>
        Script.Of(Number, Duty, Set.WindowOf(Indicator, period), period, place, Measures[measure], measure, Measures.Count);
}
