using KpiMetrics.Core.Periods;

namespace KpiMetrics.Pipeline.Ledger;

/// <summary>Which obligations are meant; null: any.</summary>
/// <param name="Set">Code of the set.</param>
/// <param name="Indicator">Code of the indicator.</param>
/// <param name="Areas">Identities.</param>
/// <param name="From">Only periods that begin by the calendar with this one or later, of whatever frequency.</param>
/// <param name="To">Only periods that begin by the calendar before this one ends.</param>
/// <param name="WithVoid">Also those that turned out not to be.</param>
/// <param name="OnlyOpen">Only those of which something is missing and not waived.</param>
public sealed record ObligationQuery(
    string? Set = null,
    string? Indicator = null,
    IReadOnlyCollection<string>? Areas = null,
    Frequency? Frequency = null,
    Period? From = null,
    Period? To = null,
    bool WithVoid = false,
    bool OnlyOpen = false
);
