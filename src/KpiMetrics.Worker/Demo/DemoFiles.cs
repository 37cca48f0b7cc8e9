using KpiMetrics.Worker.Composition;

namespace KpiMetrics.Worker.Demo;

/// <summary>What the demo brings along.</summary>
public static class DemoFiles
{
    /// <summary>A folder of the catalog while the demo is on: its communes. Never while areas are imported, which must hold without it too.</summary>
    public static string Folder => Path.Combine(EngineSettings.Seeds, "demo");

    /// <summary>For <see cref="DemoLevels.Read"/>.</summary>
    public static string Levels => Path.Combine(Folder, "levels.csv");
}
