using KpiMetrics.Core.Alerting;

namespace KpiMetrics.Pipeline.Ledger;

/// <summary>Which alerts are meant; null: any.</summary>
/// <param name="Id">The one with this number.</param>
/// <param name="Set">Code of the set.</param>
/// <param name="Agency">The office, as its alerts name it.</param>
/// <param name="States">Only in one of these; empty, as null: in any.</param>
/// <param name="ResolvedSince">Of the resolved ones, only those from then on.</param>
/// <param name="Limit">How many at most.</param>
public sealed record AlertQuery(
    long? Id = null,
    string? Set = null,
    string? Agency = null,
    IReadOnlyCollection<AlertState>? States = null,
    AlertKind? Kind = null,
    DateTimeOffset? ResolvedSince = null,
    int Limit = int.MaxValue
)
{
    /// <summary>All that are not resolved.</summary>
    public static AlertQuery Live { get; } = new(States: [AlertState.Firing, AlertState.Acknowledged, AlertState.Explained]);
}
