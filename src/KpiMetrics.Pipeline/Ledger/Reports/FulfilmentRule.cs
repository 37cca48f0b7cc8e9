using KpiMetrics.Core.Figures;

namespace KpiMetrics.Pipeline.Ledger.Reports;

/// <summary>What became of an obligation follows from the statements as they are.</summary>
/// <remarks>
/// A measure is there when some source's latest statement of it, of whatever subject, has a value; since the first statement that had one. Of two
/// of one instant the value counts, not the withdrawal, as for the figure itself (<see cref="CurrentFigure"/>): whatever order they were entered in.
/// A day is complete as well when each of its hours is.
/// </remarks>
internal static class FulfilmentRule
{
    /// <param name="needs">The measures that are owed.</param>
    /// <param name="statements">All that is known of the obligation's area and period, in any order.</param>
    public static FulfilmentState Of(IReadOnlyList<string> needs, IEnumerable<MeasureStatement> statements)
    {
        var since = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var series in statements.GroupBy(statement => (statement.Series, statement.Measure)))
        {
            if (!Stands(series))
                continue;
            var at = series.Where(statement => statement.HasValue).Min(statement => statement.ReceivedAt);
            var measure = series.Key.Measure;
            since[measure] = since.TryGetValue(measure, out var earlier) ? Math.Min(earlier, at) : at;
        }
        var lacks = needs.Where(measure => !since.ContainsKey(measure)).ToList();
        var there = needs.Where(since.ContainsKey).Select(measure => since[measure]).ToList();
        return new(lacks, there.Count == 0 ? null : there.Min(), lacks.Count == 0 ? there.Max() : null);
    }

    /// <summary>The earlier of the two: the day as it was reported itself, or all of its hours.</summary>
    /// <param name="parts">How many hours stand for the day; 0: none can.</param>
    public static FulfilmentState Fold(FulfilmentState reported, int parts, HoursOfDay hours)
    {
        if (parts == 0 || hours.Complete != parts || hours.LastAt is not { } folded || reported.CompleteAt <= folded)
            return reported;
        return new([], reported.FirstAt < folded ? reported.FirstAt : folded, folded);
    }

    private static bool Stands(IEnumerable<MeasureStatement> ofSeries) =>
        ofSeries
            .GroupBy(statement => (statement.Source, statement.Vintage))
            .Any(ofSource => ofSource.MaxBy(statement => (statement.ReceivedAt, statement.HasValue)).HasValue);
}
