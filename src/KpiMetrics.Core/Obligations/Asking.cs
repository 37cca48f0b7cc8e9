using KpiMetrics.Core.Periods;

namespace KpiMetrics.Core.Obligations;

/// <summary>What is remembered of asking one source for one period of a duty.</summary>
/// <param name="Attempts">How often it was asked, with or without an answer.</param>
/// <param name="Failures">How often it failed since the last answer.</param>
/// <param name="FirstAnsweredAt">When it first gave an answer that could be read; null: never yet.</param>
/// <param name="AnsweredAt">When it last did.</param>
/// <param name="NextAt">Not to be asked again before this instant.</param>
/// <param name="Outcome">How the last attempt went, in one line.</param>
public sealed record Asking(
    string Source,
    Period Period,
    int Attempts,
    int Failures,
    DateTimeOffset FirstAskedAt,
    DateTimeOffset LastAskedAt,
    DateTimeOffset? FirstAnsweredAt,
    DateTimeOffset? AnsweredAt,
    DateTimeOffset NextAt,
    string Outcome
);
