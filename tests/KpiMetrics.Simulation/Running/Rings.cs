using KpiMetrics.Core.Obligations;
using KpiMetrics.Core.Periods;

namespace KpiMetrics.Simulation.Running;

/// <summary>Which duties' ticks fall into a stretch of time: days about hourly, the others every four hours, spread over them.</summary>
internal static class Rings
{
    public static bool Fall(Duty duty, DateTimeOffset after, DateTimeOffset at)
    {
        var every = duty.Frequency == Frequency.Day ? 60 : 240;
        var spread = (long)(StableHash.Of(duty.ToString()) % (uint)every);
        return Count(after, every, spread) != Count(at, every, spread);
    }

    private static long Count(DateTimeOffset at, int every, long spread) => (at.ToUnixTimeSeconds() / 60 + spread) / every;
}
