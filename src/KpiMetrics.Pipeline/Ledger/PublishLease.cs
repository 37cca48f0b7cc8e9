namespace KpiMetrics.Pipeline.Ledger;

/// <summary>The right to publish from a ledger, which one holder has at a time.</summary>
/// <param name="Fence">Grows with every holder: the ledger takes nothing more from an older one.</param>
public sealed record PublishLease(long Fence, string Holder);
