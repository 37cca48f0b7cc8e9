namespace KpiMetrics.Pipeline.Ledger;

/// <summary>What became of one reported figure.</summary>
public enum AppendOutcome
{
    /// <summary>It says something new and is recorded.</summary>
    Recorded,

    /// <summary>
    /// Recorded, but a paper of the same source and instant says something else. Neither is the later, so which was entered last does not count
    /// (<see cref="Core.Figures.CurrentFigure"/>, <see cref="Core.Derivation.Plans.PlanVersions"/>). Only where the sender named the instant.
    /// </summary>
    Contested,

    /// <summary>Its source had said the same already.</summary>
    Repeated,

    /// <summary>The same report has already stated something else of this figure; nothing is recorded.</summary>
    Contradicted,
}
