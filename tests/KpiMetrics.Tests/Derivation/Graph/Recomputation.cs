using KpiMetrics.Core.Derivation;
using KpiMetrics.Core.Derivation.Graph;
using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;
using KpiMetrics.Pipeline.Publishing;

namespace KpiMetrics.Tests.Derivation.Graph;

using Ledger = Dictionary<SeriesKey, SortedDictionary<Period, decimal>>;

/// <summary>Works points out after a change in two ways: all from scratch, and only what the change reaches from only what that needs.</summary>
internal static class Recomputation
{
    /// <summary>Where the two ways differ; empty where they agree.</summary>
    /// <param name="all">Every series that may have figures.</param>
    /// <param name="before">What was reported when all was last worked out; no value withdraws a figure.</param>
    /// <param name="after">What was reported since.</param>
    public static IReadOnlyList<string> Differences(
        SeriesGraph graph,
        IReadOnlyList<SeriesKey> all,
        IReadOnlyList<(SeriesKey Key, Period Period, decimal? Value)> before,
        IReadOnlyList<(SeriesKey Key, Period Period, decimal? Value)> after
    )
    {
        var reported = new Ledger();
        Apply(reported, before);
        var state = Points(graph, reported, all);
        Apply(reported, after);
        foreach (var group in ChangeReach.Of(graph, after.Select(statement => (statement.Key, statement.Period))))
        {
            var affected = group.ToDictionary(
                entry => entry.Key,
                entry => Affected.By(entry.Value, graph.FormulaOf(entry.Key)!.Measure) // of the catalog
            );
            var ranges = new ReadRanges(graph);
            foreach (var (key, periods) in affected)
                ranges.Add(key, periods);
            var evaluator = Evaluator(graph, Read(reported, ranges));
            foreach (var (series, period) in state.Keys.ToList())
            {
                if (affected.TryGetValue(series, out var periods) && periods.Contains(period))
                    state.Remove((series, period));
            }
            foreach (var (key, periods) in affected)
            {
                foreach (var row in evaluator.Derive(key).Where(row => periods.Contains(row.Figure.Period)))
                    state[(key, row.Figure.Period)] = Text(row);
            }
        }
        var scratch = Points(graph, reported, all);
        return
        [
            .. state
                .Keys.Union(scratch.Keys)
                .Where(key => state.GetValueOrDefault(key) != scratch.GetValueOrDefault(key))
                .Select(key => $"{key}: {state.GetValueOrDefault(key)} instead of {scratch.GetValueOrDefault(key)}"),
        ];
    }

    private static Ledger Read(Ledger reported, ReadRanges ranges)
    {
        var read = new Ledger();
        while (ranges.Next() is { Count: > 0 } some)
        {
            foreach (var range in some)
            {
                var found = reported
                    .GetValueOrDefault(range.Series, [])
                    .Where(figure => figure.Key >= range.First && figure.Key <= range.Last)
                    .ToList();
                foreach (var (period, value) in found)
                {
                    if (!read.TryGetValue(range.Series, out var figures))
                        read[range.Series] = figures = [];
                    figures[period] = value;
                }
                ranges.Found(range, found.Select(figure => figure.Key));
            }
        }
        return read;
    }

    private static Dictionary<(SeriesKey, Period), string> Points(SeriesGraph graph, Ledger reported, IEnumerable<SeriesKey> all)
    {
        var evaluator = Evaluator(graph, reported);
        return (from key in all from row in evaluator.Derive(key) select ((key, row.Figure.Period), Text(row))).ToDictionary();
    }

    private static SeriesEvaluator Evaluator(SeriesGraph graph, Ledger reported) =>
        new(
            graph,
            key =>
                reported.TryGetValue(key, out var figures)
                    ? [.. figures.Select(pair => GraphCatalog.Figure(pair.Key, pair.Value))]
                    : [],
            _ => []
        );

    private static string Text(DerivedFigure row) =>
        $"{row.Figure.Current.Value} {row.Figure.Computed} {row.Pop} {row.Yoy} {row.Ytd} {row.YtdYoy}";

    private static void Apply(Ledger reported, IEnumerable<(SeriesKey Key, Period Period, decimal? Value)> statements)
    {
        foreach (var (key, period, said) in statements)
        {
            if (!reported.TryGetValue(key, out var figures))
                reported[key] = figures = [];
            if (said is { } value)
                figures[period] = value;
            else
                figures.Remove(period);
        }
    }
}
