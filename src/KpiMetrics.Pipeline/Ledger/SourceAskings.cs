namespace KpiMetrics.Pipeline.Ledger;

/// <summary>What the questions to a source about a set came to.</summary>
/// <param name="Duties">How many duties it was ever asked for.</param>
/// <param name="Failing">Of how many of these the last question failed.</param>
/// <param name="AskedAt">When it was last asked.</param>
/// <param name="AnsweredAt">When it last answered; null: never yet.</param>
public sealed record SourceAskings(
    string Source,
    string Set,
    int Duties,
    int Failing,
    DateTimeOffset AskedAt,
    DateTimeOffset? AnsweredAt
);
