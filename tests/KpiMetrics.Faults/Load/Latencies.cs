namespace KpiMetrics.Faults.Load;

/// <summary>How long things took, to a tenth of a millisecond below 10 s and in whole seconds above.</summary>
internal sealed class Latencies
{
    private const int PerSecond = 10_000;
    private const int Fine = 10 * PerSecond;

    private readonly long[] counts = new long[Fine + 3600];

    public long Count { get; private set; }

    public TimeSpan Longest { get; private set; }

    public void Add(TimeSpan took)
    {
        var seconds = took.TotalSeconds;
        var at = seconds < 10 ? (int)(seconds * PerSecond) : Fine + (int)Math.Min(3599, seconds - 10);
        counts[at]++;
        Count++;
        Longest = took > Longest ? took : Longest;
    }

    /// <summary>What so many of a hundred did not exceed, in milliseconds; 0 where there are none.</summary>
    public double Percentile(double percent)
    {
        var rank = (long)Math.Ceiling(Count * percent / 100);
        for (var (at, seen) = (0, 0L); at < counts.Length; at++)
        {
            seen += counts[at];
            if (seen >= rank && Count > 0)
                return at < Fine ? at * 1000.0 / PerSecond : (at - Fine + 10) * 1000.0;
        }
        return 0;
    }
}
