using KpiMetrics.Core.Derivation.Graph;
using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;
using KpiMetrics.Pipeline.Ledger;

namespace KpiMetrics.Pipeline.Publishing;

/// <summary>Changes that lie near enough in time to be read and derived together, and all points that may change with them.</summary>
/// <param name="Changes">In order of the periods.</param>
/// <param name="Affected">The periods whose points may change, by series, in order; series of the catalog only.</param>
internal sealed record ChangeBatch(IReadOnlyList<ChangedKey> Changes, IReadOnlyDictionary<SeriesKey, List<Period>> Affected)
{
    // A change of 1995 and one of 2025 do not make us read between.
    private const int YearsApart = 4;

    public static IEnumerable<ChangeBatch> Of(SeriesGraph graph, IEnumerable<ChangedKey> changes)
    {
        var part = new List<ChangedKey>();
        foreach (var change in changes.OrderBy(change => change.Period.Start))
        {
            if (part.Count > 0 && change.Period.Year - part[^1].Period.Year > YearsApart)
            {
                yield return From(graph, part);
                part = [];
            }
            part.Add(change);
        }
        if (part.Count > 0)
            yield return From(graph, part);
    }

    /// <summary>What must be read to derive all of it.</summary>
    public ReadRanges Ranges(SeriesGraph graph)
    {
        var ranges = new ReadRanges(graph);
        foreach (var (series, periods) in Affected)
            ranges.Add(series, periods[0], periods[^1]);
        return ranges;
    }

    private static ChangeBatch From(SeriesGraph graph, List<ChangedKey> changes)
    {
        var affected = new Dictionary<SeriesKey, List<Period>>();
        foreach (var (series, periods) in ChangeReach.Of(graph, changes.Select(change => (change.Series, change.Period))))
        {
            if (graph.FormulaOf(series) is { } formula)
                affected[series] = Publishing.Affected.By(periods, formula.Measure);
        }
        return new(changes, affected);
    }
}
