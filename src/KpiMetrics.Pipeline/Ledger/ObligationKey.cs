using KpiMetrics.Core.Obligations;
using KpiMetrics.Core.Periods;

namespace KpiMetrics.Pipeline.Ledger;

/// <summary>One obligation.</summary>
/// <param name="Area">Identity.</param>
public sealed record ObligationKey(Duty Duty, Period Period, string Area)
{
    public static ObligationKey Of(Obligation obligation) => new(obligation.Duty, obligation.Period, obligation.Area);
}
