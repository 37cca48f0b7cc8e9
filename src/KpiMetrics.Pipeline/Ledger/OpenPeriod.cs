using KpiMetrics.Core.Periods;

namespace KpiMetrics.Pipeline.Ledger;

/// <summary>A period of a duty of which something is still to come.</summary>
/// <param name="Areas">From how many areas.</param>
/// <param name="DueAt">The earliest due instant of these, with extensions.</param>
public sealed record OpenPeriod(Period Period, int Areas, DateTimeOffset DueAt);
