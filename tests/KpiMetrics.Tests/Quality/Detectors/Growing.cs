using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Periods;
using KpiMetrics.Core.Quality.Detectors;

namespace KpiMetrics.Tests.Quality.Detectors;

/// <summary>
/// A monthly amount from 2022-01 on: a season in round numbers and a tenth more each year, without noise. Of 2025-09, which is tested, 1.331
/// is expected (1.000 in 2022, 1.210 in 2024); 1.464 was reported for the month before.
/// </summary>
internal static class Growing
{
    public static readonly Period Tested = Period.Parse("2025-09");

    private static readonly Period First = Period.Parse("2022-01");
    private static readonly int[] Season = [800, 600, 1000, 1100, 1200, 1300, 1200, 1100, 1000, 950, 1050, 1400];

    public static decimal At(Period period, decimal size = 1m, int places = 0)
    {
        var value = Season[period.Number - 1] * size;
        for (var year = First.Year; year < period.Year; year++)
            value *= 1.1m;
        return decimal.Round(value, places);
    }

    public static List<HistoryPoint> Before(Period period, decimal size = 1m, int places = 0)
    {
        var points = new List<HistoryPoint>();
        for (var at = First; at < period; at = at.Shift(1))
            points.Add(new(at, At(at, size, places)));
        return points;
    }

    public static TestedFigure Figure(decimal value, int places = 0) =>
        new()
        {
            Period = Tested,
            Value = value,
            Kind = MeasureKind.Flow,
            Unit = "triệu đồng",
            Earlier = Before(Tested, 1m, places),
        };

    /// <summary>The same with some earlier figures otherwise; null takes one out.</summary>
    public static TestedFigure With(this TestedFigure figure, string period, decimal? value)
    {
        var at = Period.Parse(period);
        var points = figure.Earlier.Where(point => point.Period != at);
        return figure with { Earlier = value is { } other ? [.. points, new(at, other)] : [.. points] };
    }

    /// <summary>Six areas of other sizes with the same season; in the tested month each reports so much of what is expected.</summary>
    public static SiblingPanel Panel(decimal part, params IEnumerable<SiblingSeries> more)
    {
        decimal[] sizes = [0.2m, 0.5m, 0.9m, 1.7m, 3m, 11m];
        var areas = sizes.Select(
            (size, at) =>
                new SiblingSeries(
                    $"area-{(char)('a' + at)}",
                    [.. Before(Tested, size, 1), new(Tested, decimal.Round(At(Tested, size, 1) * part, 1))]
                )
        );
        return SiblingPanel.Of(Tested, MeasureKind.Flow, [.. areas, .. more]);
    }

    public static Detection Suspected(TestedFigure figure) => Assert.IsType<Suspicious>(FigureTest.Of(figure)).Detection;
}
