namespace KpiMetrics.Simulation.Offices;

/// <summary>How an office treats one period of one duty.</summary>
internal enum Mood
{
    /// <summary>Everything, in time.</summary>
    Plain,

    /// <summary>Some areas late.</summary>
    Late,

    /// <summary>Some areas never.</summary>
    Never,

    /// <summary>Of some areas one measure never.</summary>
    Partial,

    /// <summary>Everything in time, and a figure of some areas stated anew later.</summary>
    Corrected,
}
