using System.Globalization;
using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Periods;
using KpiMetrics.Core.Quality.Detectors;

namespace KpiMetrics.Tests.Quality.Detectors;

/// <summary>What a test goes by besides the series: too little, other areas, events, Tết.</summary>
public sealed class ContextTests
{
    [Fact]
    public void ShortSeries_NoOtherAreas_SaysHowManyPoints()
    {
        var five = Growing.Before(Growing.Tested)[^5..];

        var untestable = Assert.IsType<Untestable>(FigureTest.Of(Growing.Figure(1331m) with { Earlier = five }));

        Assert.Equal("cannot test: 5 points", untestable.ToString());
        Assert.Equal("Chưa kiểm tra được: mới có 5 kỳ số liệu trước đó.", untestable.Vietnamese);
    }

    [Fact]
    public void ShortSeries_OtherAreas_LendTheirMoveAndSpread()
    {
        var two = Growing.Before(Growing.Tested)[^2..];
        var figure = Growing.Figure(1331m) with { Earlier = two, Siblings = Growing.Panel(1m).Without("own") };

        Assert.IsType<Plausible>(FigureTest.Of(figure));
        Assert.Equal(DetectorKind.UnitSlip, Growing.Suspected(figure with { Value = 1_331_000m }).Kind);
        Assert.Equal(DetectorKind.Doubled, Growing.Suspected(figure with { Value = 2662m }).Kind);
    }

    [Fact]
    public void ShortSeries_OtherAreasNotInYet_LendTheirHistory()
    {
        var two = Growing.Before(Growing.Tested)[^2..];
        decimal[] sizes = [0.2m, 0.5m, 0.9m, 1.7m, 3m, 11m];
        var panel = SiblingPanel.Of(
            Growing.Tested,
            MeasureKind.Flow,
            [
                .. sizes.Select(
                    (size, at) => new SiblingSeries($"area {(char)('a' + at)}", Growing.Before(Growing.Tested, size, 1))
                ),
            ]
        );
        var figure = Growing.Figure(1331m) with { Earlier = two, Siblings = panel.Without("own") };

        Assert.IsType<Plausible>(FigureTest.Of(figure));
        Assert.Equal(DetectorKind.UnitSlip, Growing.Suspected(figure with { Value = 1_331_000m }).Kind);
    }

    [Fact]
    public void Zeros_Only_CannotBeTested()
    {
        var zeros = Growing.Before(Growing.Tested).Select(point => point with { Value = 0m }).ToList();

        var untestable = Assert.IsType<Untestable>(FigureTest.Of(Growing.Figure(5m) with { Earlier = zeros }));

        Assert.Equal(UntestableReason.AllZero, untestable.Reason);
    }

    [Theory]
    [InlineData(MeasureKind.Text, UntestableReason.NoNumber)]
    [InlineData(MeasureKind.Score, UntestableReason.CodedAnswers)]
    public void NoSize_TextOrCode_CannotBeTested(MeasureKind kind, UntestableReason reason)
    {
        var answers = Growing.Before(Growing.Tested).Select(point => point with { Value = point.Period.Index % 2 }).ToList();

        var untestable = Assert.IsType<Untestable>(FigureTest.Of(Growing.Figure(1m) with { Earlier = answers, Kind = kind }));

        Assert.Equal(reason, untestable.Reason);
    }

    [Fact]
    public void Event_InTheTestedMonth_IsTheReasonOfAnOutlierButNotOfASlip()
    {
        var flood = new KnownEvent("Bão số 3 (Yagi)", Growing.Tested, Growing.Tested);
        var figure = Growing.Figure(790m) with { Events = [flood] };

        var explained = Assert.IsType<Explained>(FigureTest.Of(figure));
        Assert.Equal("Bão số 3 (Yagi)", explained.Event);
        Assert.Equal(DetectorKind.Outlier, explained.Detection.Kind);
        Assert.Equal(DetectorKind.UnitSlip, Growing.Suspected(figure with { Value = 1_331_000m }).Kind);
    }

    [Fact]
    public void Event_InTheHistory_IsNoBaseline()
    {
        // The flood took half of three months of last year.
        var figure = Growing.Figure(1331m).With("2024-09", 605m).With("2024-10", 575m).With("2024-11", 635m);
        var flood = new KnownEvent("Bão số 3 (Yagi)", Period.Parse("2024-09"), Period.Parse("2024-11"));

        var told = Assert.IsType<Plausible>(FigureTest.Of(figure with { Events = [flood] }));

        Assert.InRange(told.Expected, 1318m, 1344m);
    }

    [Fact]
    public void Event_ThatBreaksTheSeries_LeavesOnlyWhatCameAfter()
    {
        var merger = new KnownEvent("Sáp nhập tỉnh", Period.Parse("2025-07"), Period.Parse("2025-07"), Breaks: true);

        var untestable = Assert.IsType<Untestable>(FigureTest.Of(Growing.Figure(3000m) with { Events = [merger] }));

        Assert.Equal(2, untestable.Points);
    }

    [Theory]
    [InlineData(2015, "2015-02-19", 0)]
    [InlineData(2020, "2020-01-25", 7)]
    [InlineData(2022, "2022-02-01", 1)]
    [InlineData(2023, "2023-01-22", 7)]
    [InlineData(2025, "2025-01-29", 4)]
    [InlineData(2026, "2026-02-17", 0)]
    [InlineData(2030, "2030-02-02", 0)]
    public void Tet_OfAYear_IsAsInTheCalendar(int year, string first, int inJanuary)
    {
        Assert.Equal(DateOnly.ParseExact(first, "yyyy-MM-dd", CultureInfo.InvariantCulture), Tet.FirstDay(year));
        Assert.Equal(inJanuary, Tet.DaysInJanuary(year));
    }

    [Fact]
    public void Tet_MovesFromFebruaryToJanuary_IsNoAlarm()
    {
        // Where Tết falls a fifth is lost; 2020 has it in January, 2017 is the last that had.
        var points = new List<HistoryPoint>();
        for (var at = Period.Parse("2018-01"); at < Period.Parse("2020-02"); at = at.Shift(1))
            points.Add(new(at, Growing.At(Period.Of(Frequency.Month, 2022, at.Number)) * Loss(at)));
        foreach (var month in (string[])["2020-01", "2020-02"])
        {
            var tested = Period.Parse(month);
            var figure = new TestedFigure
            {
                Period = tested,
                Value = Growing.At(Period.Of(Frequency.Month, 2022, tested.Number)) * Loss(tested),
                Kind = MeasureKind.Flow,
                Earlier = [.. points.Where(point => point.Period < tested)],
            };
            Assert.IsType<Plausible>(FigureTest.Of(figure));
            Assert.IsType<Suspicious>(FigureTest.Of(figure with { Value = figure.Value * 100m }));
        }

        static decimal Loss(Period month) => month.Number == (month.Year == 2020 ? 1 : 2) ? 0.8m : 1m;
    }

    [Fact]
    public void Tet_Day_ExplainsADayOff()
    {
        var tested = Period.Parse("2025-01-30");
        int[] week = [100, 110, 120, 115, 130, 60, 40];
        var points = Enumerable
            .Range(1, 50)
            .Select(back => new HistoryPoint(tested.Shift(-back), week[tested.Shift(-back).Index % 7]));
        var figure = new TestedFigure
        {
            Period = tested,
            Value = 3m,
            Kind = MeasureKind.Flow,
            Earlier = [.. points],
        };

        Assert.Equal("Tết Nguyên đán 2025", Assert.IsType<Explained>(FigureTest.Of(figure)).Event);
    }
}
