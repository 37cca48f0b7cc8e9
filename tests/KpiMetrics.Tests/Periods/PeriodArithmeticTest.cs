using FsCheck;
using FsCheck.Fluent;
using KpiMetrics.Core.Periods;

namespace KpiMetrics.Tests.Periods;

public sealed class PeriodArithmeticTest
{
    [Theory]
    [InlineData("2026-11", "2025-11")]
    [InlineData("2026-Q1", "2025-Q1")]
    [InlineData("2026-S2", "2025-S2")]
    [InlineData("2026", "2025")]
    [InlineData("2026-W47", "2025-W47")]
    [InlineData("2024-02-29", "2023-02-28")]
    [InlineData("2024-02-29T05", "2023-02-28T05")]
    [InlineData("2025-02-28", "2024-02-28")]
    [InlineData("2025-03-01", "2024-03-01")]
    [InlineData("2026-11-20T14", "2025-11-20T14")]
    [InlineData("2020-W53", null)]
    [InlineData("1900-05", null)]
    public void YearEarlier_OfEachFrequency_IsTheCounterpart(string period, string? expected) =>
        Assert.Equal(expected, Period.Parse(period).YearEarlier?.ToString());

    [Theory]
    [InlineData("2023-02-28", "2024-02-28 2024-02-29")]
    [InlineData("2024-02-29", "")]
    [InlineData("2024-02-28", "2025-02-28")]
    [InlineData("2020-W53", "")]
    [InlineData("2019-W52", "2020-W52")]
    [InlineData("2199-07", "")]
    public void YearLater_AroundOddities_IsTheInverseOfYearEarlier(string period, string expected) =>
        Assert.Equal(expected, string.Join(" ", Period.Parse(period).YearLater));

    [Theory]
    [InlineData(2015, 53)]
    [InlineData(2020, 53)]
    [InlineData(2026, 53)]
    [InlineData(2025, 52)]
    [InlineData(2024, 52)]
    public void CountIn_IsoWeeks_KnowsTheLongYears(int year, int weeks) =>
        Assert.Equal(weeks, Period.CountIn(Frequency.Week, year));

    [Fact]
    public void At_FirstDaysOfJanuary_MayBelongToTheWeekYearBefore()
    {
        // 1 January 2027 is a Friday: ISO puts it into 2026-W53.
        Assert.Equal(
            "2026-W53",
            Period.At(Frequency.Week, new DateTime(2027, 1, 1, 0, 0, 0, DateTimeKind.Unspecified)).ToString()
        );
        Assert.Equal(
            "2027-W01",
            Period.At(Frequency.Week, new DateTime(2027, 1, 4, 0, 0, 0, DateTimeKind.Unspecified)).ToString()
        );
    }

    [Theory]
    [InlineData("2026-11-20T14", Frequency.Day, "2026-11-20")]
    [InlineData("2026-11-20T14", Frequency.Year, "2026")]
    [InlineData("2027-01-01", Frequency.Week, "2026-W53")]
    [InlineData("2026-11-20", Frequency.Month, "2026-11")]
    [InlineData("2026-11", Frequency.Quarter, "2026-Q4")]
    [InlineData("2026-06", Frequency.HalfYear, "2026-S1")]
    [InlineData("2026-Q3", Frequency.HalfYear, "2026-S2")]
    [InlineData("2026-S2", Frequency.Year, "2026")]
    [InlineData("2026-W47", Frequency.Month, null)]
    [InlineData("2026-W47", Frequency.Year, null)]
    [InlineData("2026", Frequency.Month, null)]
    public void Within_Coarser_IsTheOneThatHoldsItWhole(string period, Frequency coarser, string? expected) =>
        Assert.Equal(expected, Period.Parse(period).Within(coarser)?.ToString());

    [Theory]
    [InlineData("2026-11-20", Frequency.Hour, 24, "2026-11-20T00", "2026-11-20T23")]
    [InlineData("2024-02", Frequency.Day, 29, "2024-02-01", "2024-02-29")]
    [InlineData("2026-W53", Frequency.Day, 7, "2026-12-28", "2027-01-03")]
    [InlineData("2026-Q4", Frequency.Month, 3, "2026-10", "2026-12")]
    [InlineData("2026-S1", Frequency.Month, 6, "2026-01", "2026-06")]
    [InlineData("2026", Frequency.Quarter, 4, "2026-Q1", "2026-Q4")]
    [InlineData("2024", Frequency.Hour, 8784, "2024-01-01T00", "2024-12-31T23")]
    public void Parts_Finer_CoverThePeriod(string period, Frequency finer, int count, string first, string last)
    {
        var parts = Period.Parse(period).Parts(finer).ToList();

        Assert.Equal(count, parts.Count);
        Assert.Equal(first, parts[0].ToString());
        Assert.Equal(last, parts[^1].ToString());
    }

    [Fact]
    public void Parts_WeeksOfAMonth_AreNone() => Assert.Empty(Period.Parse("2026-11").Parts(Frequency.Week));

    [Fact]
    public void Parts_OfAnyPeriod_AreAllContainedInIt() =>
        Prop.ForAll(
                AnyPeriod.Generator.Where(period => period.Frequency != Frequency.Hour).ToArbitrary(),
                period => period.Parts(period.Frequency == Frequency.Day ? Frequency.Hour : Frequency.Day).All(period.Contains)
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void YearLater_OfAnyPeriod_HasItAsYearEarlier() =>
        Prop.ForAll(AnyPeriod.Arbitrary, period => period.YearLater.All(later => later.YearEarlier == period))
            .QuickCheckThrowOnFailure();

    [Fact]
    public void YearEarlier_OfAnyPeriod_HasItAmongItsYearLater() =>
        Prop.ForAll(AnyPeriod.Arbitrary, period => period.YearEarlier is not { } earlier || earlier.YearLater.Contains(period))
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Shift_ThereAndBack_IsTheSamePeriod() =>
        Prop.ForAll(
                AnyPeriod.Arbitrary,
                Gen.Choose(-3000, 3000).ToArbitrary(),
                (period, count) => period.TryShift(count) is not { } moved || moved.Shift(-count) == period
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Number_OfAnyPeriod_LeadsBackToIt() =>
        Prop.ForAll(AnyPeriod.Arbitrary, period => Period.Of(period.Frequency, period.Year, period.Number) == period)
            .QuickCheckThrowOnFailure();

    [Fact]
    public void End_OfAnyPeriod_IsTheStartOfTheNext() =>
        Prop.ForAll(AnyPeriod.Arbitrary, period => period.Next is not { } next || next.Start == period.End)
            .QuickCheckThrowOnFailure();

    [Fact]
    public void CompareTo_OfAnotherFrequency_ThrowsRatherThanGuesses()
    {
        var fault = Assert.Throws<ArgumentException>(() => Period.Parse("2026") < Period.Parse("2026-11"));
        Assert.Contains("frequencies differ", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2199", 1)]
    [InlineData("1900-W01", -1)]
    public void Shift_BeyondTheYears_IsRefusedWithTheRange(string period, int count)
    {
        Assert.Null(Period.Parse(period).TryShift(count));
        var fault = Assert.Throws<ArgumentOutOfRangeException>(() => Period.Parse(period).Shift(count));
        Assert.Contains("1900..2199", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_YearOutOfRange_IsRefusedWithTheRange()
    {
        var fault = Assert.Throws<ArgumentOutOfRangeException>(() => Period.Of(Frequency.Month, 2200, 1));
        Assert.Contains("1900..2199", fault.Message, StringComparison.Ordinal);
    }
}
