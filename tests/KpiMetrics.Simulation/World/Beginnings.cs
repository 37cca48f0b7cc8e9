namespace KpiMetrics.Simulation.World;

/// <summary>From which day the sets oblige, read off their documents by hand.</summary>
internal static class Beginnings
{
    public static DateTime Of(string set) =>
        set switch
        {
            "lao-cai" => new(2026, 1, 1),
            "bac-ninh" => new(2025, 10, 8),
            _ => new(2025, 12, 1),
        };
}
