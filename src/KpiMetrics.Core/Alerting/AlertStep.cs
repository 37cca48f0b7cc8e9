namespace KpiMetrics.Core.Alerting;

/// <summary>What can happen to an alert.</summary>
public enum AlertStep
{
    /// <summary>It was seen for the first time.</summary>
    Fired,

    /// <summary>It goes on as something else: overdue became missing, an outage began to hold it back, or let it go.</summary>
    Changed,

    /// <summary>Nobody took it on in time, so that others hear of it too.</summary>
    Escalated,

    /// <summary>Somebody took it on.</summary>
    Acknowledged,

    /// <summary>Somebody said why it is so.</summary>
    Explained,

    /// <summary>Evidence closed it.</summary>
    Resolved,

    /// <summary>It is open again: its cause came back, or somebody does not agree with what was said.</summary>
    Reopened,
}
