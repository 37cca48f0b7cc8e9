using System.Globalization;
using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Quality.Detectors;

namespace KpiMetrics.Tests.Quality.Detectors;

/// <summary>The detectors that say what was meant: unit, sign, digits, form, twice.</summary>
public sealed class ExplainingDetectorsTests
{
    [Fact]
    public void Figure_AsExpected_IsPlausible()
    {
        var plausible = Assert.IsType<Plausible>(FigureTest.Of(Growing.Figure(1331m)));

        Assert.InRange(plausible.Expected, 1325m, 1337m);
        Assert.InRange(plausible.Deviation, -0.5, 0.5);
    }

    [Theory]
    [InlineData(
        "1331000",
        "1000",
        "(1.331.000 triệu đồng) cao gấp khoảng 1.000 lần cùng kỳ năm 2024 (1.210 triệu đồng): nghi nhầm nghìn đồng với triệu đồng."
    )]
    [InlineData(
        "1331000000",
        "1000000",
        "(1.331.000.000 triệu đồng) cao gấp khoảng 1.000.000 lần cùng kỳ năm 2024 (1.210 triệu đồng): nghi nhầm đồng với triệu đồng."
    )]
    [InlineData(
        "1.331",
        "0.001",
        "(1,331 triệu đồng) chỉ bằng khoảng 1/1.000 cùng kỳ năm 2024 (1.210 triệu đồng): nghi nhầm tỷ đồng với triệu đồng."
    )]
    [InlineData(
        "133100",
        "100",
        "(133.100 triệu đồng) cao gấp khoảng 100 lần cùng kỳ năm 2024 (1.210 triệu đồng): nghi nhầm đơn vị tính."
    )]
    [InlineData(
        "133.1",
        "0.1",
        "(133,1 triệu đồng) chỉ bằng khoảng 1/10 cùng kỳ năm 2024 (1.210 triệu đồng): nghi thừa hoặc thiếu một chữ số, hoặc nhầm đơn vị tính."
    )]
    public void UnitSlip_PowerOfTen_IsNamedWithTheUnits(string value, string factor, string sentence)
    {
        var found = Growing.Suspected(Growing.Figure(Number(value)));

        Assert.Equal("unit-slip", found.Code);
        Assert.Equal(Number(factor), found.Factor);
        Assert.Equal($"Số liệu tháng 9/2025 {sentence}", found.Vietnamese);
    }

    [Fact]
    public void UnitSlip_SinceThreeMonths_IsStillOneOfTheUnit()
    {
        var figure = Growing.Figure(1_331_000m).With("2025-08", 1_464_100m).With("2025-07", 1_597_200m);

        var found = Growing.Suspected(figure);

        Assert.Equal(DetectorKind.UnitSlip, found.Kind);
        Assert.Equal(1000m, found.Factor);
    }

    [Fact]
    public void Sign_MeasureMayBeNegative_IsHeldAgainstTheSeries()
    {
        var found = Growing.Suspected(Growing.Figure(-1331m) with { MayBeNegative = true });

        Assert.Equal("sign", found.Code);
        Assert.Equal(1331m, found.Meant);
        Assert.Contains("trái dấu với mức dự kiến", found.Vietnamese, StringComparison.Ordinal);
    }

    [Fact]
    public void Sign_MeasureIsNeverNegative_NeedsNoSeries()
    {
        var found = Growing.Suspected(Growing.Figure(-1331m) with { Earlier = [] });

        Assert.Equal(
            "Số liệu tháng 9/2025 (-1.331 triệu đồng) âm trong khi chỉ tiêu này không thể âm: nghi thừa dấu trừ.",
            found.Vietnamese
        );
    }

    [Fact]
    public void Doubled_TwiceTheExpected_IsFound()
    {
        var found = Growing.Suspected(Growing.Figure(2662m));

        Assert.Equal("doubled", found.Code);
        Assert.Equal(2m, found.Factor);
        Assert.EndsWith(
            "; cùng kỳ năm 2024 là 1.210 triệu đồng: nghi tính trùng hai lần.",
            found.Vietnamese,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData(null)]
    [InlineData(0)]
    public void MissingThenDouble_MonthBeforeNotReported_IsTheSumOfBoth(int? before)
    {
        // 1.331 and the 1.464 of August.
        var found = Growing.Suspected(Growing.Figure(2795m).With("2025-08", before));

        Assert.Equal("missing-then-double", found.Code);
        Assert.EndsWith(
            "trong khi tháng 8/2025 chưa có số liệu: nghi gộp cả tháng 8/2025.",
            found.Vietnamese,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Transposition_FirstTwoDigits_NamesWhatWasMeant()
    {
        var found = Growing.Suspected(Growing.Figure(3131m));

        Assert.Equal("transposition", found.Code);
        Assert.Equal(1331m, found.Meant);
        Assert.EndsWith(
            "nghi đảo hai chữ số liền nhau, đúng ra là 1.331 triệu đồng.",
            found.Vietnamese,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("0.3", "100.3", "nghi ghi tốc độ tăng thay cho chỉ số, đúng ra là 100,3 %.")]
    [InlineData("-0.4", "99.6", "nghi ghi tốc độ tăng thay cho chỉ số, đúng ra là 99,6 %.")]
    public void GrowthForIndex_GrowthAmongIndices_IsFound(string value, string meant, string end)
    {
        var found = Growing.Suspected(Rates(MeasureKind.Index, 105m, Number(value)));

        Assert.Equal("growth-for-index", found.Code);
        Assert.Equal(Number(meant), found.Meant);
        Assert.EndsWith(end, found.Vietnamese, StringComparison.Ordinal);
    }

    [Fact]
    public void GrowthForIndex_IndexAmongGrowths_IsFound()
    {
        var found = Growing.Suspected(Rates(MeasureKind.Ratio, 11m, 106.1m));

        Assert.Equal(DetectorKind.GrowthForIndex, found.Kind);
        Assert.Equal(6.1m, found.Meant);
    }

    // Between the level less 5 and plus 5, the same every year; in the tested month 5 less than the level.
    private static TestedFigure Rates(MeasureKind kind, decimal level, decimal value)
    {
        decimal[] waves = [0m, 3m, 5m, 2m, -1m, -4m, -5m, -2m, 1m, 4m, 3m, -3m];
        var first = Growing.Tested.Shift(-30);
        return new()
        {
            Period = Growing.Tested,
            Value = value,
            Kind = kind,
            MayBeNegative = true,
            Unit = "%",
            Earlier = [.. Enumerable.Range(0, 30).Select(at => new HistoryPoint(first.Shift(at), level + waves[at * 5 % 12]))],
        };
    }

    private static decimal Number(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);
}
