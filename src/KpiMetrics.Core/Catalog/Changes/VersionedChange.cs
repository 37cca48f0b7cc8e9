namespace KpiMetrics.Core.Catalog.Changes;

/// <summary>From which day a part that is kept in former versions is new.</summary>
internal static class VersionedChange
{
    /// <summary>The day after the last former version that had the old value; null where none is kept.</summary>
    public static DateOnly? Effective(IEnumerable<FormerVersion> was, Func<DateOnly, string> on, string old) =>
        was.Where(version => version.To < DateOnly.MaxValue && on(version.To) == old && on(version.To.AddDays(1)) != old)
            .Select(version => (DateOnly?)version.To.AddDays(1))
            .Max();
}
