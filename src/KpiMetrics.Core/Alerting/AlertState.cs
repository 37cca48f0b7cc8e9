namespace KpiMetrics.Core.Alerting;

/// <summary>How an alert stands (DESIGN 4.9).</summary>
public enum AlertState
{
    /// <summary>Open, and nobody has taken it on.</summary>
    Firing,

    /// <summary>Open, and somebody has taken it on.</summary>
    Acknowledged,

    /// <summary>Its cause holds, and somebody has said why that is so: nobody need act on it.</summary>
    Explained,

    /// <summary>Evidence closed it.</summary>
    Resolved,
}
