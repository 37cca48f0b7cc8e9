using KpiMetrics.Pipeline.Ledger;

namespace KpiMetrics.Worker.Scheduling;

/// <summary>Which rows of the audit trail were seen. A number that was passed over is waited for: a long report has its own before shorter ones that end first.</summary>
/// <param name="last">The newest number that need not be seen.</param>
public sealed class MarksSeen(long last)
{
    /// <summary>How many numbers are waited for, the newest.</summary>
    public const int MostMissing = 1000;

    /// <summary>For how long: what was broken off leaves a number that never comes.</summary>
    public static readonly TimeSpan Waited = TimeSpan.FromHours(1);

    private readonly SortedDictionary<long, DateTimeOffset> missing = [];

    public long Last { get; private set; } = last;

    public IReadOnlyCollection<long> Missing => missing.Keys;

    /// <summary>Takes in what a look found, and says of which sets a command recorded figures.</summary>
    public IReadOnlyCollection<string> Add(IEnumerable<AuditMark> found, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(found);
        var sets = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (number, set) in found)
        {
            missing.Remove(number);
            for (var passed = Math.Max(Last + 1, number - MostMissing); passed < number; passed++)
                missing[passed] = at;
            Last = Math.Max(Last, number);
            if (set is not null)
                sets.Add(set);
        }
        var over = missing
            .Where(one => at - one.Value >= Waited)
            .Select(one => one.Key)
            .Union(missing.Keys.Take(missing.Count - MostMissing))
            .ToList();
        over.ForEach(number => missing.Remove(number));
        return sets;
    }
}
