namespace KpiMetrics.Core.Alerting;

/// <summary>What closes an alert: the value came, the figure was corrected, the source answered. That nothing is seen any more is none.</summary>
/// <param name="At">When it came about.</param>
/// <param name="Text">In Vietnamese.</param>
public sealed record Evidence(DateTimeOffset At, string Text);
