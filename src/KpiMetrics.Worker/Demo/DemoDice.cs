namespace KpiMetrics.Worker.Demo;

/// <summary>Chance that is the same for ever, on every machine and in every process: FNV-1a over what it is about, mixed by splitmix64.</summary>
internal readonly record struct DemoDice
{
    private const ulong Offset = 14695981039346656037;
    private const ulong Prime = 1099511628211;
    private readonly ulong state;

    private DemoDice(ulong state) => this.state = state;

    public static DemoDice Of(int seed) => new DemoDice(Offset).And(seed);

    /// <summary>The chance of something about this and <paramref name="text"/>.</summary>
    public DemoDice And(string text)
    {
        unchecked
        {
            var hash = state;
            foreach (var letter in text)
                hash = (hash ^ letter) * Prime;
            return new((hash ^ 0xFFFF) * Prime); // an end, so that "a" and "bc" are not "ab" and "c"
        }
    }

    public DemoDice And(int number)
    {
        unchecked
        {
            return new((Mixed(state) ^ (uint)number) * Prime);
        }
    }

    /// <summary>0 up to, not including, 1.</summary>
    public double Unit => (Mixed(state) >> 11) * (1.0 / (1UL << 53));

    /// <summary>-1 to 1, mostly near 0.</summary>
    public double Bell => (And(1).Unit + And(2).Unit + And(3).Unit) / 1.5 - 1;

    /// <summary>0 up to, not including, <paramref name="count"/>.</summary>
    public int Below(int count) => (int)(Unit * count);

    private static ulong Mixed(ulong seed)
    {
        unchecked
        {
            var mixed = seed + 0x9E3779B97F4A7C15;
            mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
            mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
            return mixed ^ (mixed >> 31);
        }
    }
}
