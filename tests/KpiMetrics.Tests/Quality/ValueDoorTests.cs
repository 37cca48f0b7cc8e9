using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Quality;
using KpiMetrics.Tests.Support;

namespace KpiMetrics.Tests.Quality;

/// <summary>Which numbers a measure can have.</summary>
public sealed class ValueDoorTests
{
    [Theory]
    [InlineData(MeasureKind.Flow)]
    [InlineData(MeasureKind.Stock)]
    [InlineData(MeasureKind.Cumulative)]
    [InlineData(MeasureKind.Score)]
    [InlineData(MeasureKind.Ratio)]
    [InlineData(MeasureKind.Index)]
    public void Check_NegativeNumber_IsRefusedUnlessTheSetSaysOtherwise(MeasureKind kind)
    {
        var measure = TestCatalog.Flow with { Kind = kind };

        Assert.Equal(RefusalCode.NegativeValue, Code(measure, -0.1m));
        Assert.Null(Code(measure, 0m));
        Assert.Null(Code(measure with { MayBeNegative = true }, -0.1m));
        Assert.Null(Code(measure with { Min = -1m }, -0.1m));
        Assert.Equal(RefusalCode.OutOfRange, Code(measure with { Min = -1m }, -1.1m));
        Assert.Equal(RefusalCode.OutOfRange, Code(measure with { Min = -1m, MayBeNegative = true }, -1.1m));
        Assert.Equal(RefusalCode.NegativeValue, Code(measure with { Min = 3m }, -1.1m));
    }

    [Theory]
    [InlineData(DerivedRule.Pop, true)]
    [InlineData(DerivedRule.Yoy, true)]
    [InlineData(DerivedRule.YtdYoy, true)]
    [InlineData(DerivedRule.Season, true)]
    [InlineData(DerivedRule.Plan, true)]
    [InlineData(DerivedRule.Difference, true)]
    [InlineData(DerivedRule.Ytd, false)]
    [InlineData(DerivedRule.Ratio, false)]
    [InlineData(DerivedRule.Share, false)]
    [InlineData(DerivedRule.Sum, false)]
    public void Check_NegativeComparison_IsTaken(DerivedRule rule, bool isTaken)
    {
        var measure = TestCatalog.Flow with { Derived = new(rule, ["T-01.02"]) };

        Assert.Equal(isTaken ? null : RefusalCode.NegativeValue, Code(measure, -3m));
        Assert.Equal(RefusalCode.OutOfRange, Code(measure with { Min = -100m }, -101m));
    }

    [Theory]
    [InlineData("Người", MeasureKind.Flow, false)]
    [InlineData("hồ sơ", MeasureKind.Stock, false)]
    [InlineData("THÔN", MeasureKind.Cumulative, false)]
    [InlineData("Người", MeasureKind.Ratio, true)]
    [InlineData("Điểm", MeasureKind.Stock, true)]
    [InlineData("Nghìn Con", MeasureKind.Stock, true)]
    [InlineData("Tấn", MeasureKind.Flow, true)]
    [InlineData("%", MeasureKind.Ratio, true)]
    [InlineData(null, MeasureKind.Flow, true)]
    [InlineData("Có = 1; Không = 0", MeasureKind.Score, false)]
    [InlineData("Điểm", MeasureKind.Score, true)]
    public void Check_Decimals_AreRefusedOnlyWhereTheUnitIsSurelyCounted(string? unit, MeasureKind kind, bool isTaken)
    {
        var measure = TestCatalog.Flow with { Unit = unit, Kind = kind };

        Assert.Equal(isTaken ? null : RefusalCode.NotWhole, Code(measure, 0.5m));
        Assert.Null(Code(measure, 1.00m));
    }

    [Fact]
    public void Check_DecimalsOfAMean_AreTaken() =>
        Assert.Null(Code(TestCatalog.Stock with { DeclaredOverTime = OverTime.Mean }, 0.5m));

    [Fact]
    public void Check_CodedAnswer_NamesTheAnswers() =>
        Assert.Equal(
            "value '0.5' is none of the answers of T-01.01: Có = 1; Không = 0",
            ValueDoor.Check(TestCatalog.Flow with { Kind = MeasureKind.Score, Unit = "Có = 1; Không = 0" }, 0.5m, "0.5")?.Message
        );

    [Fact]
    public void Check_RangeOfAMeasureWithoutUnit_StillSaysThatTheUnitMayBeWrong() =>
        Assert.Equal(
            "value '163' is above 100, the most T-01.04 can be: it is wrong, or in another unit",
            ValueDoor.Check(TestCatalog.Index with { Max = 100m }, 163m, "163")?.Message
        );

    /// <summary>What passes lies within Min..Max, and what lies within and is whole passes.</summary>
    [Fact]
    public void Check_AnyValue_PassesExactlyWithinTheRange()
    {
        var number = Gen.Choose(-2000, 2000).Select(tenths => tenths / 10m);
        var limit = Gen.OneOf(Gen.Constant<decimal?>(null), number.Select(found => (decimal?)found));
        var cases =
            from value in number
            from min in limit
            from max in limit
            from signed in Gen.Elements(true, false)
            from unit in Gen.Elements("Tấn", "Người", "%")
            select (value, TestCatalog.Flow with { Min = min, Max = max, MayBeNegative = signed, Unit = unit });

        Prop.ForAll(
                cases.ToArbitrary(),
                given =>
                {
                    var (value, measure) = given;
                    var least = measure.Min ?? (measure.MayBeNegative ? decimal.MinValue : 0m);
                    var isWithin = value >= least && value <= (measure.Max ?? decimal.MaxValue);
                    var isWhole = measure.Unit != "Người" || value == decimal.Floor(value);
                    return Code(measure, value) is null == (isWithin && isWhole);
                }
            )
            .QuickCheckThrowOnFailure();
    }

    private static RefusalCode? Code(Measure measure, decimal value) =>
        ValueDoor.Check(measure, value, value.ToString(CultureInfo.InvariantCulture))?.Code;
}
