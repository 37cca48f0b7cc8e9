namespace KpiMetrics.Simulation.Verifying;

/// <summary>What was found wrong; of each kind the first few in full.</summary>
internal sealed class Faults
{
    private const int Shown = 5;

    private readonly SortedDictionary<string, List<string>> found = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> counts = new(StringComparer.Ordinal);

    public bool Any => counts.Count > 0;

    public void Add(string kind, string what)
    {
        counts[kind] = counts.GetValueOrDefault(kind) + 1;
        if (!found.TryGetValue(kind, out var list))
            found[kind] = list = [];
        if (list.Count < Shown)
            list.Add(what);
    }

    public void Check(bool holds, string kind, FormattableString what)
    {
        if (!holds)
            Add(kind, FormattableString.Invariant(what));
    }

    public override string ToString() =>
        string.Join(
            Environment.NewLine,
            found.Select(entry =>
                $"{counts[entry.Key]} x {entry.Key}:{string.Concat(entry.Value.Select(what => $"\n    {what}"))}"
            )
        );
}
