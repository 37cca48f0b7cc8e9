using KpiMetrics.Core.Alerting;

namespace KpiMetrics.Pipeline.Alerting;

/// <summary>What became of the alerts of touched series.</summary>
/// <param name="Changed">Those of which something happened, as they are now: open or resolved.</param>
/// <param name="Events">What happened, as it was decided.</param>
public sealed record AlertsTouched(IReadOnlyList<Alert> Changed, IReadOnlyList<AlertEvent> Events);
