using KpiMetrics.Core.Obligations;

namespace KpiMetrics.Pipeline.Ledger;

/// <summary>What the questions to a source about one duty came to.</summary>
/// <param name="FirstAskedAt">When it was first asked.</param>
/// <param name="AskedAt">When it was last asked.</param>
/// <param name="AnsweredAt">When it last answered; null: never yet.</param>
/// <param name="Fault">How the last question went, in one line, where it failed; null: it did not.</param>
public sealed record AskedDuty(
    string Source,
    Duty Duty,
    DateTimeOffset FirstAskedAt,
    DateTimeOffset AskedAt,
    DateTimeOffset? AnsweredAt,
    string? Fault
);
