using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Obligations;

namespace KpiMetrics.Worker.Commands.Obligations;

/// <summary>An obligation as it stands at an instant.</summary>
/// <param name="Area">Null where the catalog no longer knows it.</param>
/// <param name="DueAt">With extensions.</param>
/// <param name="MissingAt">From then on it is missing, where nothing came.</param>
public sealed record ObligationLine(
    Obligation Obligation,
    Area? Area,
    ObligationState State,
    bool IsLate,
    Blame Blame,
    DateTimeOffset DueAt,
    DateTimeOffset MissingAt
)
{
    /// <summary>The code of the area, or its identity where the catalog no longer knows it.</summary>
    public string AreaCode => Area?.Code ?? Obligation.Area;

    /// <summary>True for what nobody waits for any more: it came, or need not.</summary>
    public bool IsSettled => State is ObligationState.Received or ObligationState.ReceivedLate or ObligationState.Waived;
}
