namespace KpiMetrics.Worker.Scheduling;

/// <summary>Who says when a duty is looked after.</summary>
public enum CronOrigin
{
    /// <summary>The program: spread by a stable hash.</summary>
    BuiltIn,

    /// <summary>The settings: <c>Schedule:Cron</c>.</summary>
    Settings,

    /// <summary>Operations, for the indicator at all its frequencies.</summary>
    Indicator,

    /// <summary>Operations, for this duty.</summary>
    Duty,
}
