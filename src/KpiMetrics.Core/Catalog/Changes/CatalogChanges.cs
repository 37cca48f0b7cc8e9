namespace KpiMetrics.Core.Catalog.Changes;

/// <summary>What a new version of a catalog will change, and what of it would change the past (DESIGN 4.10).</summary>
public static class CatalogChanges
{
    /// <summary>Set by set in the order of the old ones, new sets last; within a set in its own order.</summary>
    /// <param name="today">The past is what has begun by then.</param>
    public static IReadOnlyList<CatalogChange> Between(
        IReadOnlyList<IndicatorSet> old,
        IReadOnlyList<IndicatorSet> next,
        DateOnly today
    )
    {
        var found = new List<CatalogChange>();
        foreach (var set in old)
        {
            var changes = new ChangeList(set.Code, today);
            if (next.FirstOrDefault(other => other.Code == set.Code) is { } newer)
                SetChanges.Find(changes, set, newer);
            else
                changes.Add(null, ChangeKind.Gone, set.Name, warning: GoneWarning);
            found.AddRange(changes.Changes);
        }
        var known = old.Select(set => set.Code).ToHashSet(StringComparer.Ordinal);
        found.AddRange(
            next.Where(set => !known.Contains(set.Code))
                .Select(set => new CatalogChange(set.Code, null, ChangeKind.Added, null, set.Name, set.From, null))
        );
        return found;
    }

    internal const string GoneWarning =
        "its figures could no longer be shown; keep it and say with 'to' when it ended, or name what it became in a replacement";
}
