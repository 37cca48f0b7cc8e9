namespace KpiMetrics.Pipeline.Publishing.Verifying;

/// <summary>How many points a series has in each month, and a hash over them: what two sides compare before they compare points.</summary>
/// <remarks>A point belongs to the month in which its window opens.</remarks>
internal sealed class MonthSums
{
    private readonly SortedDictionary<int, (long Count, ulong Hash)> months = [];

    public IEnumerable<(int Month, long Count)> Counts => months.Select(month => (month.Key, month.Value.Count));

    public long Points => months.Values.Sum(month => month.Count);

    public void Add(int month, ulong hash)
    {
        var (count, sum) = months.GetValueOrDefault(month);
        months[month] = (count + 1, PointHash.Plus(sum, hash));
    }

    public bool SaysTheSameAs(MonthSums other) => months.SequenceEqual(other.months);
}
