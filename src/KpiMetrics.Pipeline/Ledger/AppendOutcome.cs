namespace KpiMetrics.Pipeline.Ledger;

/// <summary>What became of one reported figure.</summary>
public enum AppendOutcome
{
    /// <summary>It says something new and is recorded.</summary>
    Recorded,

    /// <summary>Its source had said the same already.</summary>
    Repeated,

    /// <summary>The same report has already stated something else of this figure; nothing is recorded.</summary>
    Contradicted,
}
