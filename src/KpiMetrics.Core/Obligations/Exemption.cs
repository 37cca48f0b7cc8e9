namespace KpiMetrics.Core.Obligations;

/// <summary>An extension or a waiver of one obligation, or the end of one; never changed, only followed by another.</summary>
/// <param name="At">When it was granted.</param>
/// <param name="Who">Who granted it.</param>
/// <param name="Why">Why.</param>
/// <param name="Until">The new due instant of an extension; null otherwise.</param>
public sealed record Exemption(ExemptionKind Kind, DateTimeOffset At, string Who, string Why, DateTimeOffset? Until = null);
