using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Periods;
using KpiMetrics.Core.Quality.Detectors;
using KpiMetrics.Tests.Derivation.RealData;

namespace KpiMetrics.Tests.Quality.Detectors;

/// <summary>One column of one line of the published tables, as it was published month by month.</summary>
internal sealed class RealSeries
{
    private readonly Dictionary<Period, decimal> points = [];

    /// <param name="where">Which rows; of several of one month the first counts.</param>
    public RealSeries(string table, string column, Func<Dictionary<string, string>, bool> where)
    {
        foreach (var row in Case.Read(table).Where(where))
        {
            if (row[column].Length > 0)
                points.TryAdd(Period.Parse(row["period"]), Case.Number(row[column]));
        }
    }

    public IReadOnlyDictionary<Period, decimal> Points => points;

    /// <summary>The month as it would have been tested when it was published.</summary>
    public TestedFigure At(Period period, MeasureKind kind, string unit) =>
        new()
        {
            Period = period,
            Value = points[period],
            Kind = kind,
            Unit = unit,
            MayBeNegative = kind is MeasureKind.Ratio,
            Earlier = [.. points.Where(point => point.Key < period).Select(point => new HistoryPoint(point.Key, point.Value))],
        };
}
