using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Periods;
using KpiMetrics.Core.Quality.Detectors;

namespace KpiMetrics.Tests.Quality.Detectors;

/// <summary>The detectors that only say that something is odd: stuck, shifted, out of season, fallen, unlike the others, restated.</summary>
public sealed class UnexplainedDetectorsTests
{
    [Theory]
    [InlineData(1400)]
    [InlineData(1265)]
    public void Outlier_FivePercentOff_IsNone(int value) => Assert.IsType<Plausible>(FigureTest.Of(Growing.Figure(value)));

    // The least spread is 2 %; 29 errors make the limit 2.75 * (1 + 5/29) = 3.22 of them: some 6.5 %.
    [Theory]
    [InlineData(1500, "cao hơn hẳn")]
    [InlineData(1160, "thấp hơn hẳn")]
    public void Outlier_TwelvePercentOffWithoutNoise_IsFound(int value, string how)
    {
        var found = Growing.Suspected(Growing.Figure(value));

        Assert.Equal("outlier", found.Code);
        Assert.InRange(found.Expected!.Value, 1318m, 1344m);
        Assert.InRange(found.Upper!.Value, 1410m, 1470m);
        Assert.InRange(found.Lower!.Value, 1200m, 1250m);
        Assert.Contains(how, found.Vietnamese, StringComparison.Ordinal);
        Assert.EndsWith(
            "; cùng kỳ năm 2024 là 1.210 triệu đồng: đề nghị kiểm tra lại.",
            found.Vietnamese,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Outlier_Zero_IsToldAsLeftOut()
    {
        var found = Growing.Suspected(Growing.Figure(0m));

        Assert.Equal(DetectorKind.Outlier, found.Kind);
        Assert.EndsWith("nghi bỏ sót hoặc chưa có số liệu.", found.Vietnamese, StringComparison.Ordinal);
    }

    [Fact]
    public void Outlier_WrongFigureInTheHistory_IsNotLearnedFrom()
    {
        var figure = Growing.Figure(1331m).With("2024-09", 1_210_000m).With("2025-08", 15m);

        Assert.IsType<Plausible>(FigureTest.Of(figure));
        Assert.Equal(DetectorKind.Outlier, Growing.Suspected(figure with { Value = 1700m }).Kind);
    }

    [Fact]
    public void Outlier_MostlyZeros_OnlyFarAboveAllIsOne()
    {
        decimal[] counts = [0, 3, 0, 0, 1, 7, 0, 2, 0, 0, 4, 0, 0, 9, 0, 1, 0, 0, 5, 2, 0, 0, 3, 0];
        TestedFigure Figure(decimal value) =>
            new()
            {
                Period = Growing.Tested,
                Value = value,
                Kind = MeasureKind.Flow,
                Earlier = [.. counts.Select((count, at) => new HistoryPoint(Growing.Tested.Shift(at - counts.Length), count))],
            };

        Assert.IsType<Plausible>(FigureTest.Of(Figure(0m)));
        Assert.IsType<Plausible>(FigureTest.Of(Figure(14m)));
        Assert.IsType<Suspicious>(FigureTest.Of(Figure(4000m)));
    }

    [Fact]
    public void LevelShift_ThreeMonthsHalfAsHighAgain_IsFound()
    {
        var found = Growing.Suspected(Growing.Figure(1997m).With("2025-08", 2196m).With("2025-07", 2396m));

        Assert.Equal("level-shift", found.Code);
        Assert.Equal(3, found.Count);
        Assert.InRange(found.Expected!.Value, 1318m, 1344m);
        Assert.Contains("cùng 2 kỳ liền trước ở một mức khác hẳn, tăng 5", found.Vietnamese, StringComparison.Ordinal);
    }

    [Fact]
    public void LevelShift_FifthMonthOfTheNewLevel_IsWhatIsExpected()
    {
        var figure = Growing.Figure(1997m);
        foreach (var month in (string[])["2025-08", "2025-07", "2025-06", "2025-05"])
            figure = figure.With(month, decimal.Round(Growing.At(Period.Parse(month)) * 1.5m));

        Assert.IsType<Plausible>(FigureTest.Of(figure));
    }

    [Fact]
    public void Stuck_DigitsOfTheMonthBefore_AreNoChance()
    {
        var found = Growing.Suspected(Growing.Figure(1464.1m, places: 1));

        Assert.Equal("stuck", found.Code);
        Assert.Equal(
            "Số liệu tháng 9/2025 (1.464,1 triệu đồng) giống hệt tháng 8/2025 đến từng chữ số: nghi chép lại số liệu kỳ trước.",
            found.Vietnamese
        );
    }

    [Fact]
    public void Stuck_DigitsOfTheYearBefore_AreNoChance()
    {
        // Flat from year to year but for a few percent, so that the copy is no outlier.
        decimal[] wobble = [1.02137m, 0.98713m, 1.00439m, 0.97951m, 1.01367m];
        var points = Growing
            .Before(Growing.Tested)
            .Select(
                (point, at) =>
                    point with
                    {
                        Value = decimal.Round(
                            Growing.At(Period.Of(Frequency.Month, 2022, point.Period.Number)) * wobble[at % 5],
                            2
                        ),
                    }
            )
            .ToList();
        var copied = points.Single(point => point.Period == Growing.Tested.YearEarlier).Value;

        var found = Growing.Suspected(Growing.Figure(copied) with { Earlier = points });

        Assert.Equal(DetectorKind.Stuck, found.Kind);
        Assert.Contains(
            "giống hệt tháng 9/2024 đến từng chữ số: nghi chép lại số liệu cũ",
            found.Vietnamese,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Stuck_SeriesThatRepeatsItself_IsNone()
    {
        decimal[] values = [99, 99, 99, 98, 99, 99, 99, 99, 97, 99, 99, 99];
        var figure = new TestedFigure
        {
            Period = Growing.Tested,
            Value = 99m,
            Kind = MeasureKind.Stock,
            Earlier = [.. values.Select((value, at) => new HistoryPoint(Growing.Tested.Shift(at - values.Length), value))],
        };

        Assert.IsType<Plausible>(FigureTest.Of(figure));
    }

    [Fact]
    public void CumulativeFall_BelowTheMonthBefore_NeedsNoHistory()
    {
        var figure = new TestedFigure
        {
            Period = Growing.Tested,
            Value = 8900m,
            Kind = MeasureKind.Cumulative,
            Unit = "tấn",
            Earlier = [new(Period.Parse("2025-06"), 7000m), new(Period.Parse("2025-07"), 9000m)],
        };

        Assert.Equal(
            "Số liệu tháng 9/2025 (8.900 tấn) thấp hơn lũy kế đến tháng 7/2025 (9.000 tấn) 100 tấn: lũy kế không thể giảm trong năm.",
            Growing.Suspected(figure).Vietnamese
        );
        Assert.IsType<Untestable>(FigureTest.Of(figure with { Value = 9000m }));
        Assert.IsType<Untestable>(FigureTest.Of(figure with { Period = Period.Parse("2026-01") }));
        Assert.IsType<Untestable>(FigureTest.Of(figure with { MayBeNegative = true }));
    }

    [Fact]
    public void Cumulative_MonthAsExpected_IsPlausibleAndThousandfoldIsNot()
    {
        var points = new List<HistoryPoint>();
        var sum = 0m;
        foreach (var (period, value) in Growing.Before(Growing.Tested))
            points.Add(new(period, sum = value + (period.Number == 1 ? 0m : sum)));
        var figure = Growing.Figure(sum + 1331m) with { Kind = MeasureKind.Cumulative, Earlier = points };

        var plausible = Assert.IsType<Plausible>(FigureTest.Of(figure));
        Assert.InRange(plausible.Expected, sum + 1318m, sum + 1344m);
        Assert.Equal(DetectorKind.UnitSlip, Growing.Suspected(figure with { Value = 1000m * figure.Value }).Kind);
        Assert.Equal(DetectorKind.Doubled, Growing.Suspected(figure with { Value = sum + 2662m }).Kind);
    }

    [Theory]
    [InlineData(1258, 1400, true)]
    [InlineData(1331, 1600, true)]
    [InlineData(1331, 1380, false)]
    [InlineData(2662, 1331, false)]
    public void RevisionSize_FirstRevision_MayBeATenthAndMayCorrect(int before, int after, bool isTold)
    {
        var result = FigureTest.Of(Growing.Figure(after) with { StatedBefore = before });

        Assert.Equal(isTold, result is Suspicious { Detection.Kind: DetectorKind.RevisionSize });
    }

    [Fact]
    public void RevisionSize_RevisionsAreKnownToBeSmall_FivePercentIsMuch()
    {
        var small = Enumerable.Range(1, 20).Select(at => new Revision(1000m, 1000m + at % 3)).ToList();
        var figure = Growing.Figure(1390m) with { StatedBefore = 1320m, EarlierRevisions = small };

        Assert.Equal(
            "Số liệu tháng 9/2025 (1.390 triệu đồng) là số sửa lại của 1.320 triệu đồng, tăng 5,3 %: mức điều chỉnh lớn hơn thường lệ, đề nghị nêu lý do.",
            Growing.Suspected(figure).Vietnamese
        );
        Assert.IsType<Plausible>(FigureTest.Of(figure with { EarlierRevisions = [] }));
    }

    [Fact]
    public void SiblingDisagreement_AllOthersFellByFourTenths_IsFoundAndExplains()
    {
        var siblings = Growing.Panel(0.6m).Without("own");

        var found = Growing.Suspected(Growing.Figure(1331m) with { Siblings = siblings });
        Assert.Equal("sibling-disagreement", found.Code);
        Assert.Equal(6, found.Count);
        Assert.InRange(found.Expected!.Value, 780m, 820m);
        Assert.Contains("không biến động như 6 địa phương khác", found.Vietnamese, StringComparison.Ordinal);
        Assert.IsType<Plausible>(FigureTest.Of(Growing.Figure(799m) with { Siblings = siblings }));
        Assert.Equal(DetectorKind.Outlier, Growing.Suspected(Growing.Figure(799m)).Kind);
    }

    [Fact]
    public void Siblings_AllOfAThousandTimesTheUnit_ExplainNothing()
    {
        var siblings = Growing.Panel(1000m).Without("own");

        Assert.Equal(DetectorKind.UnitSlip, Growing.Suspected(Growing.Figure(1_331_000m) with { Siblings = siblings }).Kind);
    }
}
