namespace KpiMetrics.Pipeline.Publishing.Verifying;

/// <summary>Counts differences by set, indicator and month.</summary>
internal sealed class DifferenceCounts(LocalMonths months)
{
    private readonly SortedDictionary<(string Set, string Indicator, int Month), MonthDifference> counts = new(
        Comparer<(string Set, string Indicator, int Month)>.Create(
            (left, right) =>
                string.CompareOrdinal(left.Set, right.Set) is var set and not 0 ? set
                : string.CompareOrdinal(left.Indicator, right.Indicator) is var indicator and not 0 ? indicator
                : left.Month.CompareTo(right.Month)
        )
    );

    public IReadOnlyList<MonthDifference> All => [.. counts.Values];

    public void Missing(string set, string indicator, long nanoseconds) =>
        Change(set, indicator, months.Of(nanoseconds), found => found with { Missing = found.Missing + 1 });

    public void Different(string set, string indicator, long nanoseconds) =>
        Change(set, indicator, months.Of(nanoseconds), found => found with { Different = found.Different + 1 });

    public void Extra(string set, string indicator, long nanoseconds) =>
        Change(set, indicator, months.Of(nanoseconds), found => found with { Extra = found.Extra + 1 });

    public void Foreign(string set, string indicator, MonthSums sums)
    {
        foreach (var (month, count) in sums.Counts)
            Change(set, indicator, month, found => found with { Foreign = found.Foreign + count });
    }

    public void Uncatalogued(string set, string indicator, MonthSums sums)
    {
        foreach (var (month, count) in sums.Counts)
            Change(set, indicator, month, found => found with { Uncatalogued = found.Uncatalogued + count });
    }

    private void Change(string set, string indicator, int month, Func<MonthDifference, MonthDifference> change) =>
        counts[(set, indicator, month)] = change(
            counts.GetValueOrDefault((set, indicator, month)) ?? new(set, indicator, LocalMonths.Print(month))
        );
}
