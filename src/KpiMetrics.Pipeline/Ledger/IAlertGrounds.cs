namespace KpiMetrics.Pipeline.Ledger;

/// <summary>What alerts are made of, and closed by, as far as no other side of the ledger says it. Costs grow with what is open, not with history.</summary>
public interface IAlertGrounds
{
    /// <summary>Obligations of which something is to come, due from after <paramref name="after"/> (null: ever) to <paramref name="until"/>, the oldest first.</summary>
    Task<IReadOnlyList<OpenObligation>> ReadDueAsync(
        DateTimeOffset? after,
        DateTimeOffset until,
        CancellationToken cancellationToken
    );

    /// <summary>The sources that failed the last question about one of a set's duties or more, by name and set.</summary>
    Task<IReadOnlyList<FailingSource>> ReadFailingSourcesAsync(CancellationToken cancellationToken);

    /// <summary>Refused points with their series, newest first.</summary>
    Task<IReadOnlyList<RefusedFigure>> ReadRefusedFiguresAsync(int limit, CancellationToken cancellationToken);

    /// <summary>The findings with these numbers, those that are resolved among them.</summary>
    Task<IReadOnlyList<KeptFinding>> FindFindingsAsync(IReadOnlyCollection<long> ids, CancellationToken cancellationToken);
}
