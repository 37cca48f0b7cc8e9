using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;
using KpiMetrics.Core.Quality.Detectors;
using KpiMetrics.Pipeline.Ledger;

namespace KpiMetrics.Pipeline.Checks.Statistics;

/// <summary>The figures of a set of which a suspicion is open, for <see cref="LedgerChecks.Open"/>.</summary>
public static class OpenSuspicions
{
    public static async Task<IReadOnlyDictionary<SeriesKey, IReadOnlySet<Period>>> ReadAsync(
        IFindings findings,
        string set,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(findings);
        var open = new Dictionary<SeriesKey, HashSet<Period>>();
        await foreach (var kept in findings.ReadFindingsAsync(set, onlyFiring: true, cancellationToken))
        {
            if (!DetectorKinds.IsSuspicion(kept.Code))
                continue;
            if (!open.TryGetValue(kept.Series, out var periods))
                open[kept.Series] = periods = [];
            periods.Add(kept.Period);
        }
        return open.ToDictionary(entry => entry.Key, entry => (IReadOnlySet<Period>)entry.Value);
    }
}
