using KpiMetrics.Core.Derivation.Graph;
using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;

namespace KpiMetrics.Pipeline.Publishing;

/// <summary>The points that a series must have: the one place that says so, for publishing as for comparing.</summary>
internal static class SeriesPoints
{
    /// <summary>In order of the periods, of those that the evaluator knows.</summary>
    /// <param name="wanted">Only these periods; null for all.</param>
    public static IEnumerable<(Period Period, Point Point)> Of(
        SeriesEvaluator evaluator,
        SeriesKey series,
        PointBuilder builder,
        PeriodSpans? wanted = null
    )
    {
        foreach (var row in evaluator.Derive(series))
        {
            var figure = row.Figure;
            if (figure.Current.Value != FigureValue.None && wanted?.Contains(figure.Period) != false)
                yield return (figure.Period, builder.Build(row));
        }
    }
}
