using KpiMetrics.Core.Derivation.Graph;
using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;
using KpiMetrics.Pipeline.Ledger;

namespace KpiMetrics.Pipeline.Publishing;

/// <summary>Points that may change together, of series that are computed from one another.</summary>
/// <param name="Affected">The periods whose points may change, by series; series of the catalog only.</param>
internal sealed record ChangeBatch(IReadOnlyDictionary<SeriesKey, PeriodSpans> Affected)
{
    /// <summary>All points that may change with the changes; the batches have no series in common.</summary>
    public static IEnumerable<ChangeBatch> Of(SeriesGraph graph, IEnumerable<ChangedKey> changes)
    {
        foreach (var group in ChangeReach.Of(graph, changes.Select(change => (change.Series, change.Period))))
        {
            var affected = new Dictionary<SeriesKey, PeriodSpans>();
            foreach (var (series, periods) in group)
            {
                if (graph.FormulaOf(series) is { } formula)
                    affected[series] = Publishing.Affected.By(periods, formula.Measure);
            }
            yield return new(affected);
        }
    }

    /// <summary>What must be read to derive all of it.</summary>
    public ReadRanges Ranges(SeriesGraph graph)
    {
        var ranges = new ReadRanges(graph);
        foreach (var (series, periods) in Affected)
            ranges.Add(series, periods);
        return ranges;
    }
}
