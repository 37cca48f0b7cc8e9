namespace KpiMetrics.Core.Catalog.Changes;

/// <summary>What two records of former versions say differently.</summary>
internal static class VersionedChange
{
    /// <summary>The day after the last former version that had the old value; null where none is kept.</summary>
    public static DateOnly? Effective(IEnumerable<FormerVersion> was, Func<DateOnly, string> on, string old) =>
        was.Where(version => version.To < DateOnly.MaxValue && on(version.To) == old && on(version.To.AddDays(1)) != old)
            .Select(version => (DateOnly?)version.To.AddDays(1))
            .Max();

    /// <summary>Says of the first day for which both tell of another past, that they do.</summary>
    public static void Rewritten(
        ChangeList changes,
        string code,
        IEnumerable<FormerVersion> was,
        Func<DateOnly, string> old,
        Func<DateOnly, string> next
    )
    {
        foreach (var day in was.Select(version => version.To).Distinct().Order())
        {
            if (old(day) == next(day))
                continue;
            var warning = day < changes.Today ? "what it was in the past would be told otherwise" : null;
            changes.Add(code, ChangeKind.History, old(day), next(day), day, warning);
            return;
        }
    }
}
