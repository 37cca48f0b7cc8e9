namespace KpiMetrics.Simulation.World;

/// <summary>Numbers that look random and follow from their inputs alone.</summary>
internal static class Chance
{
    public static ulong Of(ulong seed, ulong a, ulong b = 0, ulong c = 0) =>
        unchecked(Mix(Mix(Mix(Mix(seed + 0x9E3779B97F4A7C15) ^ a) + b * 0x9E3779B97F4A7C15) ^ c));

    /// <summary>0 up to, not including, <paramref name="limit"/>.</summary>
    public static int Below(this ulong chance, int limit) => (int)(chance % (ulong)limit);

    /// <summary>Another number from the same draw.</summary>
    public static ulong Next(this ulong chance) => unchecked(Mix(chance + 0x9E3779B97F4A7C15));

    private static ulong Mix(ulong value)
    {
        unchecked
        {
            value = (value ^ value >> 30) * 0xBF58476D1CE4E5B9;
            value = (value ^ value >> 27) * 0x94D049BB133111EB;
            return value ^ value >> 31;
        }
    }
}
