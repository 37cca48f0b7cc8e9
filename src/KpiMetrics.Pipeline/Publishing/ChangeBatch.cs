using KpiMetrics.Core.Derivation.Graph;
using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;
using KpiMetrics.Pipeline.Ledger;

namespace KpiMetrics.Pipeline.Publishing;

/// <summary>Points that may change together: whole groups of series that are computed from one another.</summary>
/// <param name="Affected">The periods whose points may change, by series; series of the catalog only.</param>
/// <param name="Reported">The series whose figures changed; also such as are not of this batch.</param>
internal sealed record ChangeBatch(IReadOnlyDictionary<SeriesKey, PeriodSpans> Affected, IReadOnlySet<SeriesKey> Reported)
{
    /// <summary>All points that may change with the changes; the batches have no series in common.</summary>
    /// <param name="most">How many points small groups are put together to; a larger group is a batch by itself.</param>
    public static IEnumerable<ChangeBatch> Of(SeriesGraph graph, IReadOnlyCollection<ChangedKey> changes, int most)
    {
        var reported = changes.Select(change => change.Series).ToHashSet();
        var (affected, points) = (new Dictionary<SeriesKey, PeriodSpans>(), 0);
        foreach (var group in ChangeReach.Of(graph, changes.Select(change => (change.Series, change.Period))))
        {
            if (points >= most)
            {
                yield return new(affected, reported);
                (affected, points) = ([], 0);
            }
            foreach (var (series, periods) in group)
            {
                if (graph.FormulaOf(series) is not { } formula)
                    continue;
                var reached = Publishing.Affected.By(periods, formula.Measure);
                affected[series] = reached;
                points += reached.Stretches.Sum(stretch => stretch.Last.Index - stretch.First.Index + 1);
            }
        }
        if (affected.Count > 0)
            yield return new(affected, reported);
    }

    /// <summary>Those of one urgency; may be none.</summary>
    public List<KeyValuePair<SeriesKey, PeriodSpans>> Of(PointUrgency urgency) =>
        [.. Affected.Where(one => UrgencyOf(one.Key) == urgency)];

    private PointUrgency UrgencyOf(SeriesKey series) =>
        series.Frequency != Frequency.Hour ? PointUrgency.Other
        : Reported.Contains(series) ? PointUrgency.ReportedHour
        : PointUrgency.OtherHour;
}
