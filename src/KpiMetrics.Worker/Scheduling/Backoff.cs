namespace KpiMetrics.Worker.Scheduling;

/// <summary>Waits longer after each failure, up to 15 s, and never two processes for the same time.</summary>
internal sealed class Backoff(Random random)
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(15);

    private int failures;
    private DateTimeOffset notBefore = DateTimeOffset.MinValue;

    public bool IsOver(DateTimeOffset at) => at >= notBefore;

    public void Failed(DateTimeOffset at)
    {
        var wait = Math.Min(Longest.TotalSeconds, First.TotalSeconds * Math.Pow(2, failures));
        failures = Math.Min(failures + 1, 10);
        notBefore = at + TimeSpan.FromSeconds(wait * (0.5 + random.NextDouble() / 2));
    }

    public void Succeeded() => (failures, notBefore) = (0, DateTimeOffset.MinValue);
}
