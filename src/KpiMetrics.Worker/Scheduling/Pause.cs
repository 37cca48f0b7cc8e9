namespace KpiMetrics.Worker.Scheduling;

/// <summary>How long nothing is done after a look that grows with what there is, so that a share of the time is left to those who report.</summary>
internal static class Pause
{
    /// <summary>No longer, as a process may have stood still while it looked.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    /// <param name="times">How many times as long as the look took.</param>
    public static TimeSpan After(TimeSpan took, int times) => took * times < Longest ? took * times : Longest;
}
