namespace KpiMetrics.Pipeline.Ledger;

/// <summary>What makes a push the same push: whose it is, and the key its sender gave it.</summary>
public sealed record PushKey(long TokenId, string Key);
