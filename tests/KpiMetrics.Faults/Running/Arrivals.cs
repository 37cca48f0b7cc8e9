using KpiMetrics.Faults.Load;
using KpiMetrics.Faults.World;

namespace KpiMetrics.Faults.Running;

/// <summary>When the figures of the reserved communes appear in InfluxDB, in the order of the communes.</summary>
internal sealed class Arrivals(Site site, FaultOptions options)
{
    private readonly IReadOnlyList<string> communes =
    [
        .. LoadSet.Communes(options.Communes + LoadSet.Reserved).Skip(options.Communes),
    ];
    private readonly Dictionary<string, double> seconds = new(StringComparer.Ordinal);

    public bool AreAll => seconds.Count == communes.Count;

    /// <summary>By commune, after how many seconds.</summary>
    public IReadOnlyDictionary<string, double> Seconds => seconds;

    public async Task LookAsync(TimeSpan at, CancellationToken cancellationToken)
    {
        var areas = string.Join('|', communes);
        var query = $"SELECT last(value) FROM kpi WHERE area =~ /^({areas})@/ GROUP BY area";
        foreach (var row in await site.Influx.QueryAsync(query, cancellationToken))
            seconds.TryAdd((row["area"].GetString() ?? "").Split('@')[0], Math.Round(at.TotalSeconds, 1));
    }

    /// <summary>What did not come oldest first, or what was urgent and did not come ahead of all others.</summary>
    public IEnumerable<string> FindFaults() =>
        ArrivalOrder.FindFaults([.. communes.SkipLast(1).Select(commune => seconds[commune])], seconds[communes[^1]]);
}
