namespace KpiMetrics.Simulation.Running;

/// <summary>What time goes into.</summary>
internal enum Work
{
    /// <summary>A run of planning.</summary>
    Plan,

    /// <summary>A tick that asked something.</summary>
    Tick,

    /// <summary>A tick that found nothing to ask.</summary>
    IdleTick,
}
