using KpiMetrics.Core.Obligations;
using KpiMetrics.Core.Periods;
using KpiMetrics.Simulation.World;

namespace KpiMetrics.Simulation.Offices;

/// <summary>Two emergencies: one that expires by itself, one that is stopped early; and what the offices do in the first.</summary>
internal static class EmergencyScript
{
    public const string Flood = "17/QĐ-UBND";
    public const string Slide = "41/QĐ-UBND";

    public static readonly DateTimeOffset FloodFrom = LocalTime.At(2026, 5, 20, 2);
    public static readonly DateTimeOffset FloodUntil = LocalTime.At(2026, 5, 22, 2);
    public static readonly DateTimeOffset SlideFrom = LocalTime.At(2026, 9, 9, 14, 30);
    public static readonly DateTimeOffset SlideUntil = LocalTime.At(2026, 9, 12, 14, 30);

    /// <summary>When the second is stopped, or as soon after it as we are up.</summary>
    public static readonly DateTimeOffset SlideStop = LocalTime.At(2026, 9, 10, 0, 30);

    /// <summary>Places of the communes among their set's areas.</summary>
    public static IReadOnlyList<int> FloodPlaces { get; } = [7, 40, 98];

    public static IReadOnlyList<int> SlidePlaces { get; } = [3, 55];

    /// <summary>A whole day that is reported by the hour alone.</summary>
    public static Period FoldedDay { get; } = Period.Parse("2026-05-21");

    /// <summary>The hour that the last of the communes never reports, so that its day is not whole.</summary>
    public static Period LostHour { get; } = Period.Parse("2026-05-21T11");

    public static bool IsSilent(Duty duty, Period period, int place) =>
        duty.Set == "lao-cai"
        && FloodPlaces.Contains(place)
        && (
            period == LostHour && place == FloodPlaces[^1]
            || period == FoldedDay && duty.Indicator.StartsWith("LC-C0", StringComparison.Ordinal)
        );

    /// <summary>True where hours are asked for: time is to pass in smaller steps.</summary>
    public static bool IsNear(DateTimeOffset at) =>
        at > FloodFrom.AddHours(-3) && at < FloodUntil.AddHours(3) || at > SlideFrom.AddHours(-3) && at < SlideStop.AddHours(6);
}
