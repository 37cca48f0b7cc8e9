namespace KpiMetrics.Worker.Commands.Obligations;

/// <summary>What is done to obligations by hand.</summary>
public enum ExemptionAction
{
    /// <summary>Due later.</summary>
    Extend,

    /// <summary>Need not be reported.</summary>
    Waive,

    /// <summary>Extension and waiver are taken back.</summary>
    Restore,
}
