namespace KpiMetrics.Pipeline.Ledger;

/// <summary>What is kept with a report that was pushed, so that the same push is answered again and not taken again.</summary>
/// <param name="BodyHash">SHA-256 of all that makes up the push.</param>
/// <param name="Answer">
/// Called when the report is about to be committed, with its receipt; gives what its sender is answered. What it throws leaves the ledger as it was.
/// </param>
public sealed record PushedReport(PushKey Key, ReadOnlyMemory<byte> BodyHash, Func<ReportReceipt, ReadOnlyMemory<byte>> Answer);
