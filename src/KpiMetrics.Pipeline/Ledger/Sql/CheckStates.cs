namespace KpiMetrics.Pipeline.Ledger.Sql;

/// <summary>Whether the findings of a set are still those of its figures.</summary>
internal static class CheckStates
{
    /// <summary>Nothing was recorded since its check began.</summary>
    public const int Current = 0;

    /// <summary>Something was.</summary>
    public const int Outdated = 1;

    /// <summary>A check has begun, and nothing was recorded since. Left behind by a process that was killed, it is as good as <see cref="Outdated"/>.</summary>
    public const int Running = 2;

    /// <summary>
    /// Given a set, to whose figures or plans something is added in the same transaction, under <see cref="WriteLock.Obligations"/> or
    /// <see cref="WriteLock.Plans"/>: the check that begins takes both, so that it either sees what is added or is made anew. Writes nothing where the set is
    /// outdated already: a row that all reports changed would be slow while somebody reads an old snapshot.
    /// </summary>
    public const string Outdate = "UPDATE finding_check SET state = 1 WHERE set_code = $1 AND state <> 1";
}
