using FsCheck;
using FsCheck.Fluent;
using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Derivation;
using KpiMetrics.Core.Derivation.Plans;
using KpiMetrics.Core.Periods;
using KpiMetrics.Tests.Support;

namespace KpiMetrics.Tests.Derivation.Plans;

public sealed class PlanAllocationTest
{
    private static readonly SeriesColumns Nothing = Planned.Series("2026-01=1");

    private static readonly PlanVersion[] Quarters =
    [
        Planned.Plan("2026-Q1", 30m),
        Planned.Plan("2026-Q2", 60m),
        Planned.Plan("2026-Q3", 90m),
        Planned.Plan("2026-Q4", 120m),
    ];

    [Fact]
    public void Of_PartsByQuarter_FallEvenlyOnTheirMonths()
    {
        var allocation = Nothing.Allocation(MeasureKind.Flow, Quarters);

        Assert.Equal((PlanBasis.Explicit, 300m), (allocation.Basis, allocation.PartsTotal));
        Assert.Equal([10m, 10m, 10m, 20m, 20m, 20m, 30m, 30m, 30m, 40m, 40m, 40m], Parts(allocation, Frequency.Month));
        Assert.Equal(50m, allocation.DueBy(Period.Parse("2026-04")));
    }

    [Fact]
    public void Of_PartsByMonth_AddUpToQuarters()
    {
        PlanVersion[] months = [.. Enumerable.Range(1, 12).Select(month => Planned.Plan($"2026-{month:00}", month))];

        var allocation = Planned.Series("2026-Q1=1").Allocation(MeasureKind.Flow, [.. months, .. Quarters[..3]]);

        Assert.Equal([6m, 15m, 24m, 33m], Parts(allocation, Frequency.Quarter));
    }

    [Fact]
    public void Of_PartsThatNoLongerAddUp_KeepTheirProportion()
    {
        var allocation = Nothing.Allocation(MeasureKind.Flow, [.. Quarters, Planned.Plan("2026", 600m, Planned.July)]);

        Assert.Equal((PlanBasis.Explicit, 300m), (allocation.Basis, allocation.PartsTotal));
        Assert.Equal(60m, allocation.DueBy(Period.Parse("2026-03")));
        Assert.Equal(600m, allocation.DueBy(Period.Parse("2026-12")));
    }

    [Fact]
    public void Of_SomePartsMissing_GoesByThePattern()
    {
        var allocation = Nothing.Allocation(MeasureKind.Flow, [Planned.Plan("2026", 365m), .. Quarters[..3]]);

        Assert.Equal(PlanBasis.Even, allocation.Basis);
        Assert.Equal([31m, 28m, 31m, 30m], Parts(allocation, Frequency.Month).Take(4));
    }

    [Fact]
    public void Of_TwoCompleteYears_IsTheMeanOfTheirShares()
    {
        // Q1 had 10 % of 2024 and 30 % of 2025: a mean of 20 %, though 2025 was ten times as large.
        var series = Planned.Series("2024-Q1=1 2024-Q2..2024-Q4=3 2025-Q1=30 2025-Q2=30 2025-Q3..2025-Q4=20 2026-Q1=9");

        var allocation = series.Allocation(MeasureKind.Flow, Planned.Plan("2026", 1000m));

        Assert.Equal(PlanBasis.Seasonal, allocation.Basis);
        Assert.Equal([2025, 2024], allocation.Years);
        Assert.Equal([200m, 300m, 250m, 250m], Parts(allocation, Frequency.Quarter));
    }

    [Fact]
    public void Of_MoreThanThreeYears_UsesTheNewestThreeThatAreComplete()
    {
        var series = Planned.Series("2021-Q1..2021-Q4=7 2022-Q1..2024-Q4=1 2025-Q1..2025-Q3=5");

        Assert.Equal([2024, 2023, 2022], series.Allocation(MeasureKind.Flow, Planned.Plan("2026", 4m)).Years);
    }

    [Theory]
    [InlineData("2025-Q1..2025-Q3=5", "a quarter is missing")]
    [InlineData("2025-Q1=5 2025-Q2=-5 2025-Q3..2025-Q4=0", "the total is 0")]
    [InlineData("2026-Q1..2026-Q4=5", "not a year before")]
    public void Of_NoYearToGoBy_IsEven(string figures, string why) =>
        Assert.True(Planned.Series(figures).Allocation(MeasureKind.Flow, Planned.Plan("2026", 4m)).Basis == PlanBasis.Even, why);

    [Fact]
    public void Of_RunningTotals_GoesByWhatEachPeriodAdded()
    {
        var series = Planned.Series("2025-Q1=10 2025-Q2=40 2025-Q3=60 2025-Q4=100");

        Assert.Equal(
            [10m, 30m, 20m, 40m],
            Parts(series.Allocation(MeasureKind.Cumulative, Planned.Plan("2026", 100m)), Frequency.Quarter)
        );
    }

    [Fact]
    public void Of_ALeapYearAfterACommonOne_TakesThe29thFromThe28th()
    {
        var series = Planned.Series("2027-01-01..2027-12-31=1");

        var allocation = series.Allocation(MeasureKind.Flow, Planned.Plan("2028", 366m));

        Assert.Equal((PlanBasis.Seasonal, 1m), (allocation.Basis, allocation.PartOf(Period.Parse("2028-02-29"))));
    }

    [Fact]
    public void Of_AYearOf53WeeksAfterOneOf52_HasAShareForEach()
    {
        var series = Planned.Series("2025-W01..2025-W52=2");

        var allocation = series.Allocation(MeasureKind.Flow, Planned.Plan("2026", 53m));

        Assert.Equal((PlanBasis.Seasonal, 1m), (allocation.Basis, allocation.PartOf(Period.Parse("2026-W53"))));
    }

    [Fact]
    public void DueBy_APeriodOfAnotherYear_IsRefused() =>
        Assert.Throws<ArgumentException>(() => Nothing.Allocation(MeasureKind.Flow, Quarters).DueBy(Period.Parse("2025-12")));

    /// <summary>However a plan is split, its parts add up to it to the last digit, and at the end both percentages are one.</summary>
    [Fact]
    public void Of_AnyPlan_AddsUpToIt() =>
        Prop.ForAll(
                Scenario().ToArbitrary(),
                scenario =>
                {
                    var (series, plans) = scenario;
                    var allocation = series.Allocation(MeasureKind.Flow, plans);
                    var progress = series.Progress(TestCatalog.Flow, plans);
                    return Parts(allocation, series.Frequency).Sum() == plans[0].Value
                        && progress.Percent.Value == progress.PercentOfDue.Value
                        && progress.DueByNow == progress.Plan;
                }
            )
            .QuickCheckThrowOnFailure();

    // A whole year 2026 of figures, perhaps a year before it, perhaps parts by quarter.
    private static Gen<(SeriesColumns Series, PlanVersion[] Plans)> Scenario() =>
        from frequency in Gen.Elements(Frequency.Week, Frequency.Month, Frequency.Quarter, Frequency.HalfYear, Frequency.Year)
        from digits in Gen.Choose(1, int.MaxValue)
        from scale in Gen.Choose(0, 9)
        from hasYearBefore in Gen.Elements(true, false)
        let year = hasYearBefore ? 2025 : 2026
        let first = Period.Of(frequency, year)
        let count = Period.Of(frequency, 2026).LastOfYear.Index - first.Index + 1
        from values in Gen.Choose(-100, 1000).ArrayOf(count)
        from parts in Gen.Choose(0, 1000).ArrayOf(4)
        from hasParts in Gen.Elements(true, false)
        let plan = Planned.Plan("2026", new decimal(digits, 0, 0, isNegative: false, (byte)scale))
        let quarters = parts.Select((part, at) => Planned.Plan($"2026-Q{at + 1}", part))
        select (
            new SeriesColumns(
                frequency,
                [.. Enumerable.Range(first.Index, count)],
                [.. values.Select(value => (decimal)value / 7m)]
            ),
            (PlanVersion[])[plan, .. hasParts ? quarters : []]
        );

    private static IEnumerable<decimal> Parts(PlanAllocation allocation, Frequency frequency) =>
        Enumerable
            .Range(1, Period.CountIn(frequency, 2026))
            .Select(number => allocation.PartOf(Period.Of(frequency, 2026, number)));
}
