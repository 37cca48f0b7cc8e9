using KpiMetrics.Core.Obligations;
using KpiMetrics.Core.Periods;

namespace KpiMetrics.Pipeline.Ledger;

/// <summary>An obligation of which something is to come.</summary>
/// <param name="Area">Identity.</param>
/// <param name="Due">With extensions.</param>
/// <param name="Lead">How long before it is due it counts as due soon.</param>
/// <param name="FirstAt">When some of it was received; null: nothing was.</param>
/// <param name="Unanswered">A source that was asked for the period, where none of those that were ever answered; null: one did, or none was asked.</param>
public sealed record OpenObligation(
    Duty Duty,
    Period Period,
    string Area,
    string Agency,
    DateTimeOffset Due,
    TimeSpan Lead,
    TimeSpan Grace,
    DateTimeOffset? FirstAt,
    string? Unanswered
);
