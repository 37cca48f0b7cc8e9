namespace KpiMetrics.Pipeline.Collection;

/// <summary>What one visit to a source brought.</summary>
/// <param name="Outcomes">One for each report, or for each question that failed, in order; empty: there was nothing to ask.</param>
/// <param name="HasMore">More is waiting than one visit asks for.</param>
public sealed record CollectionRun(IReadOnlyList<CollectionOutcome> Outcomes, bool HasMore)
{
    /// <summary>Another process asks the source for figures of the duty; what it leaves is to be looked at again.</summary>
    public bool IsElsewhere { get; init; }
}
