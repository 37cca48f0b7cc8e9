namespace KpiMetrics.Pipeline.Ledger;

/// <summary>What pushes were answered; written with their reports (<see cref="ReportHeader.Push"/>).</summary>
public interface IPushReceipts
{
    /// <summary>Receipts older than this are forgotten.</summary>
    static readonly TimeSpan Kept = TimeSpan.FromDays(7);

    /// <summary>Null where there is none, or none any more.</summary>
    Task<PushReceipt?> FindPushAsync(PushKey key, DateTimeOffset at, CancellationToken cancellationToken);
}
