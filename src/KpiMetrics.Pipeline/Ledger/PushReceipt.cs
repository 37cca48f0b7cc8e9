namespace KpiMetrics.Pipeline.Ledger;

/// <summary>What an earlier push was answered.</summary>
public sealed record PushReceipt(ReadOnlyMemory<byte> BodyHash, ReadOnlyMemory<byte> Answer);
