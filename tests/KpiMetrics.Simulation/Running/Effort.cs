using System.Globalization;

namespace KpiMetrics.Simulation.Running;

/// <summary>How often, how long (time of the processor) and how much of each kind of work a process did; for several threads at once.</summary>
internal sealed class Effort
{
    private readonly Lock gate = new();
    private readonly SortedDictionary<Work, (long Times, TimeSpan Spent, long Amount)> done = [];

    public async Task MeasureAsync(Work work, Func<Task<int>> does)
    {
        var started = Environment.CpuUsage.TotalTime;
        var amount = await does();
        Add(work, Environment.CpuUsage.TotalTime - started, amount);
    }

    public void Add(Work work, TimeSpan spent, int amount)
    {
        lock (gate)
        {
            var (times, so, far) = done.GetValueOrDefault(work);
            done[work] = (times + 1, so + spent, far + amount);
        }
    }

    /// <summary><c>Plan 12x 0.4s 1200; Tick ...</c></summary>
    public override string ToString()
    {
        lock (gate)
            return string.Join(
                "; ",
                done.Select(entry =>
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{entry.Key} {entry.Value.Times}x {entry.Value.Spent.TotalSeconds:0.000}s {entry.Value.Amount}"
                    )
                )
            );
    }
}
