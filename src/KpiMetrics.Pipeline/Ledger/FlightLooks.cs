namespace KpiMetrics.Pipeline.Ledger;

/// <summary>When the points of a request that was never answered are published again, as InfluxDB may yet get it.</summary>
/// <remarks>
/// Who sent it waits no longer than its timeout, but what is on the way knows nothing of that: a proxy may hold it, and Linux itself sends
/// what is not acknowledged for some 15 minutes (tcp_retries2). So one look is not enough: the first comes once the request must have timed out
/// (<see cref="LeaseRequest.Grace"/>), the others after these.
/// </remarks>
public static class FlightLooks
{
    /// <summary>From the first look to the second.</summary>
    public static readonly TimeSpan Second = TimeSpan.FromMinutes(2);

    /// <summary>From the second to the third and last.</summary>
    public static readonly TimeSpan Third = TimeSpan.FromMinutes(16);
}
