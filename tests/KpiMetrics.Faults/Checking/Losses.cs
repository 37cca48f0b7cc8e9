namespace KpiMetrics.Faults.Checking;

/// <summary>What is wrong at the end; the first of each kind in words, the others counted.</summary>
internal sealed class Losses
{
    private const int Shown = 10;

    private readonly List<string> lines = [];
    private readonly Dictionary<string, int> counts = new(StringComparer.Ordinal);

    public bool IsEmpty => counts.Count == 0;

    public IReadOnlyList<string> Lines =>
        [.. lines, .. counts.Where(of => of.Value > Shown).Select(of => $"{of.Key}: {of.Value - Shown} more")];

    public void Add(string kind, string line)
    {
        counts[kind] = counts.GetValueOrDefault(kind) + 1;
        if (counts[kind] <= Shown)
            lines.Add($"{kind}: {line}");
    }

    public void Add(string kind, IEnumerable<string> all)
    {
        foreach (var line in all)
            Add(kind, line);
    }
}
