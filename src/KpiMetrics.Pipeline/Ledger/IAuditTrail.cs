namespace KpiMetrics.Pipeline.Ledger;

/// <summary>What other processes did, by its numbers: cheap enough to be looked at each second.</summary>
public interface IAuditTrail
{
    /// <summary>The newest number; 0 where nothing happened yet.</summary>
    Task<long> ReadLastMarkAsync(CancellationToken cancellationToken);

    /// <summary>Those of <paramref name="missing"/> that are there by now, then what is numbered above <paramref name="after"/>, in order, some thousand at a time.</summary>
    Task<IReadOnlyList<AuditMark>> ReadMarksAsync(
        long after,
        IReadOnlyCollection<long> missing,
        CancellationToken cancellationToken
    );
}
