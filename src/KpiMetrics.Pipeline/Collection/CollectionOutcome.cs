namespace KpiMetrics.Pipeline.Collection;

/// <summary>How one visit to one source went.</summary>
/// <param name="Source">The source's name.</param>
/// <param name="Report">The file or question.</param>
/// <param name="Result">Null where nothing could be taken.</param>
/// <param name="Fault">Why nothing could be taken; null where it was.</param>
public sealed record CollectionOutcome(string Source, string Report, IntakeResult? Result, string? Fault)
{
    /// <summary>It came and cannot be read, so that nothing of it will ever be taken.</summary>
    public bool IsBroken { get; init; }
}
