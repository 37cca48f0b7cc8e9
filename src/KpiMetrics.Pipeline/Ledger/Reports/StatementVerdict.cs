namespace KpiMetrics.Pipeline.Ledger.Reports;

/// <summary>What is to be written of one statement.</summary>
internal readonly record struct StatementVerdict(AppendOutcome Outcome)
{
    /// <summary>The instant to record it with; where it repeats what is known, no row is written.</summary>
    public long At { get; init; }

    /// <summary>It is kept as the last repetition of what was said before.</summary>
    public bool Confirms { get; init; }

    /// <summary>The last repetition becomes this row, and is forgotten as a repetition.</summary>
    public StoredStatement? Restated { get; init; }
}
