namespace KpiMetrics.Pipeline.Ledger;

/// <summary>What alerts are made of, and closed by, as far as no other side of the ledger says it. Costs grow with what is open, not with history.</summary>
public interface IAlertGrounds
{
    /// <summary>Obligations of a set (null: of all) of which something is to come, due from after <paramref name="after"/> (null: ever) to <paramref name="until"/>, the oldest first.</summary>
    Task<IReadOnlyList<OpenObligation>> ReadDueAsync(
        string? set,
        DateTimeOffset? after,
        DateTimeOffset until,
        CancellationToken cancellationToken
    );

    /// <summary>What each source was ever asked for, and how the last question about it went, by name and duty.</summary>
    Task<IReadOnlyList<AskedDuty>> ReadAskedDutiesAsync(CancellationToken cancellationToken);

    /// <summary>Refused points with their series, newest first.</summary>
    Task<IReadOnlyList<RefusedFigure>> ReadRefusedFiguresAsync(int limit, CancellationToken cancellationToken);

    /// <summary>The findings with these numbers, those that are resolved among them.</summary>
    Task<IReadOnlyList<KeptFinding>> FindFindingsAsync(IReadOnlyCollection<long> ids, CancellationToken cancellationToken);
}
