using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Derivation;
using KpiMetrics.Core.Derivation.Plans;
using KpiMetrics.Core.Periods;
using KpiMetrics.Tests.Support;

namespace KpiMetrics.Tests.Derivation.Plans;

public sealed class PlanProgressTest
{
    [Fact]
    public void Of_AFlowByJune_IsWorkedOutByHand()
    {
        var progress = Planned.Series("2026-01..2026-05=80 2026-06=100").Progress(TestCatalog.Flow, Planned.Plan("2026", 1200m));

        Assert.Equal("1200", progress.Plan.Round());
        Assert.Equal("500", progress.Done.Round());
        Assert.Equal("41.67", progress.Percent.Round()); // 500 / 1200
        Assert.Equal("595.07", progress.DueByNow.Round()); // 1200 * 181 / 365
        Assert.Equal("84.02", progress.PercentOfDue.Round()); // 500 / 595.068...
        Assert.Equal("700", progress.Remaining.Round());
        Assert.Equal(6, progress.PeriodsLeft);
        Assert.Equal("116.67", progress.PaceNeeded.Round()); // 700 / 6
        Assert.Equal(PlanBasis.Even, progress.Allocation?.Basis);
    }

    [Fact]
    public void Of_TheLastPeriod_HasNoPaceAndTheSamePercentTwice()
    {
        var progress = Planned.Series("2026-01..2026-12=110").Progress(TestCatalog.Flow, Planned.Plan("2026", 1200m));

        Assert.Equal(progress.Percent, progress.PercentOfDue);
        Assert.Equal(("110", "-120", 0), (progress.Percent.Round(), progress.Remaining.Round(), progress.PeriodsLeft));
        Assert.Equal((null, "2026-12 is the last period of its year"), (progress.PaceNeeded.Value, progress.PaceNeeded.Why));
    }

    [Fact]
    public void Of_AFlowWithoutAPlan_SaysSoEverywhere()
    {
        var progress = Planned.Series("2026-06=100").Progress(TestCatalog.Flow, Planned.Plan("2025", 1200m));

        Derived[] all =
        [
            progress.Plan,
            progress.Percent,
            progress.DueByNow,
            progress.PercentOfDue,
            progress.Remaining,
            progress.PaceNeeded,
        ];
        Assert.All(all, derived => Assert.Equal((Absence.NoPlan, "no plan for 2026"), (derived.Absence, derived.Why)));
        Assert.Equal("100", progress.Done.Round());
    }

    [Fact]
    public void Of_APlanOfZero_HasNoPercentButWhatRemains()
    {
        var progress = Planned.Series("2026-06=100").Progress(TestCatalog.Flow, Planned.Plan("2026", 0m));

        Assert.Equal("the plan of 2026 is 0: nothing can be a percentage of it", progress.Percent.Why);
        Assert.Equal("of the plan nothing was due by 2026-06", progress.PercentOfDue.Why);
        Assert.Equal("-100", progress.Remaining.Round());
    }

    [Fact]
    public void Of_NothingDueYet_SaysSo()
    {
        PlanVersion[] plans =
        [
            Planned.Plan("2026-Q1", 0m),
            Planned.Plan("2026-Q2", 0m),
            Planned.Plan("2026-Q3", 50m),
            Planned.Plan("2026-Q4", 50m),
        ];

        var progress = Planned.Series("2026-06=30").Progress(TestCatalog.Flow, plans);

        Assert.Equal(Absence.NothingDue, progress.PercentOfDue.Absence);
        Assert.Equal("30", progress.Percent.Round());
    }

    [Theory]
    [InlineData(MeasureKind.Stock)]
    [InlineData(MeasureKind.Ratio)]
    [InlineData(MeasureKind.Index)]
    [InlineData(MeasureKind.Score)]
    public void Of_AFigureThatDoesNotAddUp_IsComparedItselfAndNothingOfItIsDueInParts(MeasureKind kind)
    {
        var measure = TestCatalog.Flow with { Kind = kind };

        var progress = Planned.Series("2026-Q1=60 2026-Q2=72").Progress(measure, Planned.Plan("2026", 96m));

        Assert.Equal(("72", "75"), (progress.Done.Round(), progress.Percent.Round()));
        // A state may grow by so much a quarter; of a rate nothing remains to be spread.
        if (kind == MeasureKind.Stock)
            Assert.Equal(("24", "12"), (progress.Remaining.Round(), progress.PaceNeeded.Round()));
        else
            Assert.Equal((Absence.DoesNotAddUp, Absence.DoesNotAddUp), (progress.Remaining.Absence, progress.PaceNeeded.Absence));
        Assert.Equal((Absence.DoesNotAddUp, Absence.DoesNotAddUp), (progress.DueByNow.Absence, progress.PercentOfDue.Absence));
        Assert.Null(progress.Allocation);
    }

    [Fact]
    public void Of_ARunningTotal_IsTheYearSoFarAlready()
    {
        var progress = Planned.Series("2026-Q1=200 2026-Q2=500").Progress(Planned.Running, Planned.Plan("2026", 1000m));

        Assert.Equal(("500", "50"), (progress.Done.Round(), progress.Percent.Round()));
        Assert.Equal("495.89", progress.DueByNow.Round()); // 1000 * 181 / 365
    }

    [Fact]
    public void Of_AText_IsComparedWithNothing()
    {
        var progress = Planned.Series("2026-06=1").Progress(TestCatalog.Text, Planned.Plan("2026", 5m));

        Assert.Equal(Absence.NotComparable, progress.Percent.Absence);
        Assert.Equal(Absence.NotComparable, progress.DueByNow.Absence);
    }

    [Fact]
    public void Of_NumbersBeyondADecimal_AreTooLargeAndNotAFault()
    {
        var huge = decimal.MaxValue;
        var series = new SeriesColumns(Frequency.Year, [Period.Parse("2026").Index], [huge]);

        var progress = series.Progress(TestCatalog.Flow, Planned.Plan("2026", -0.5m));

        Assert.Equal(Absence.TooLarge, progress.Percent.Absence);
        Assert.Equal(
            Absence.TooLarge,
            series.Progress(TestCatalog.Flow, Planned.Plan("2026", -decimal.MaxValue)).Remaining.Absence
        );
    }

    [Fact]
    public void Over_AWholeSeries_IsThePercentOfEachYearsPlan()
    {
        var series = Planned.Series("2024-12=10 2025-01=10 2025-02=30 2026-01=25");
        SeriesPlans plans = new([Planned.Plan("2025", 100m), Planned.Plan("2026", 200m)], MeasureKind.Flow);

        var percents = AgainstPlan.Over(series, TestCatalog.Flow, YearToDate.Over(series, TestCatalog.Flow), plans);

        Assert.Equal(["no plan for 2024", "10", "40", "12.5"], percents.Select(Planned.Round));
    }
}
