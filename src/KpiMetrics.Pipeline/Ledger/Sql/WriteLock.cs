namespace KpiMetrics.Pipeline.Ledger.Sql;

/// <summary>What a writer has to itself until its transaction ends. SQLite has one writer at a time and takes no notice.</summary>
/// <param name="Of">Of what: a set, a set and a source; empty where there is only one.</param>
/// <param name="IsShared">With others that take it so too, but not with one that takes it alone.</param>
internal readonly record struct WriteLock(WriteLockKind Kind, string Of, bool IsShared = false)
{
    /// <summary>
    /// One report of a source into a set after the other, where they may speak of the same figure (<see cref="ReportHeader.Circle"/>); taken in their order
    /// when the report begins.
    /// </summary>
    public static IReadOnlyList<WriteLock> Report(ReportHeader header)
    {
        var all = $"{header.Set}\n{header.Source}";
        return header.Circle is { } circle
            ? [new(WriteLockKind.Report, all, IsShared: true), new(WriteLockKind.Report, $"{all}\n{circle}")]
            : [new(WriteLockKind.Report, all)];
    }

    /// <summary>
    /// What became of a set's obligations is worked out by one at a time, from all that is committed. Taken as the last lock of a report, once its
    /// statements are written; by several sets in the order of their codes.
    /// </summary>
    public static WriteLock Obligations(string set) => new(WriteLockKind.Obligations, set);

    public static WriteLock ObligationPlan { get; } = new(WriteLockKind.ObligationPlan, "");

    public static WriteLock Emergencies { get; } = new(WriteLockKind.Emergencies, "");

    /// <summary>Numbers of changes appear in their order: who has read one has missed none before it.</summary>
    public static WriteLock Schedule { get; } = new(WriteLockKind.Schedule, "");

    public static WriteLock Plans(string set) => new(WriteLockKind.Plans, set);

    /// <summary>The catalog's names beside the figures.</summary>
    public static WriteLock Catalog { get; } = new(WriteLockKind.Catalog, "");

    /// <summary>What happens to alerts is numbered by one at a time.</summary>
    public static WriteLock Alerts { get; } = new(WriteLockKind.Alerts, "");

    public static WriteLock Migration { get; } = new(WriteLockKind.Migration, "");
}
