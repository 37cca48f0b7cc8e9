using KpiMetrics.Core.Obligations;
using KpiMetrics.Core.Periods;

namespace KpiMetrics.Worker.Commands.Obligations;

/// <summary>Which obligations are meant, and as of when they are looked at; null: any.</summary>
/// <param name="Set">Code of the set.</param>
/// <param name="Indicator">Code of the indicator.</param>
/// <param name="Areas">Identities.</param>
/// <param name="Agency">As the set prints it.</param>
/// <param name="States">Empty: any.</param>
/// <param name="At">States, due instants and blame are those of this instant.</param>
public sealed record ObligationFilter(
    string Set,
    string? Indicator,
    IReadOnlyCollection<string>? Areas,
    string? Agency,
    Frequency? Frequency,
    Period? From,
    Period? To,
    IReadOnlyCollection<ObligationState> States,
    DateTimeOffset At
);
