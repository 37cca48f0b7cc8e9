using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Obligations;
using KpiMetrics.Core.Periods;
using KpiMetrics.Tests.Support;

namespace KpiMetrics.Tests.Obligations;

/// <summary>Due dates worked out by hand, and who of several decides.</summary>
public sealed class DueDatesTests
{
    private static readonly IndicatorSet Set = TestCatalog.Set;
    private static readonly Indicator Indicator = Set.Indicators.First();
    private static readonly RegimeRule Calendar = Set.Regime[0];

    [Theory]
    [InlineData("2026-11-20T14", "2026-11-20T15:15", "2026-11-20T15:00", "2026-11-20T15:10", "2026-11-20T15:45", "15m")]
    [InlineData("2026-11-20", "2026-11-21T09:00", "2026-11-21T00:00", "2026-11-21T07:00", "2026-11-21T15:00", "1d 09:00")]
    [InlineData("2026-W47", "2026-11-23T17:00", "2026-11-22T17:00", "2026-11-22T17:00", "2026-11-24T17:00", "1d 17:00 roll")]
    [InlineData("2026-10", "2026-11-05T17:00", "2026-11-01T00:00", "2026-11-03T17:00", "2026-11-08T17:00", "5d 17:00 roll")]
    [InlineData("2026-Q1", "2026-04-06T17:00", "2026-04-01T00:00", "2026-04-01T17:00", "2026-04-11T17:00", "5d 17:00 roll")]
    [InlineData("2026-S1", "2026-07-06T17:00", "2026-07-01T00:00", "2026-07-01T17:00", "2026-07-11T17:00", "5d 17:00 roll")]
    [InlineData("2025", "2026-01-05T17:00", "2025-12-31T17:00", "2025-12-31T17:00", "2026-01-10T17:00", "5d 17:00 roll")]
    public void Of_NothingSaid_IsTheDefault(string text, string due, string opens, string soon, string missing, string rule)
    {
        var period = Period.Parse(text);

        var date = Of(Set, period);

        Assert.Equal(
            (VietNam.At(due), VietNam.At(opens), VietNam.At(soon), VietNam.At(missing)),
            (date.Due, date.Opens, date.Soon, date.Missing)
        );
        Assert.Equal($"default {period.Frequency.Code()}: {rule}", date.Rule);
    }

    [Theory]
    [InlineData("2025-11", "2025-11-19T17:00")] // ends on 14 November; the 19th is a Wednesday
    [InlineData("2026-02", "2026-02-23T17:00")] // ends on 14 February; the 19th is in Tết
    [InlineData("2026-11", "2026-11-19T17:00")]
    [InlineData("2026-09", "2026-09-21T17:00")] // the 19th is a Saturday
    [InlineData("2026-12", "2026-12-21T17:00")]
    [InlineData("2025", "2025-12-19T17:00")]
    public void Of_CutoffOnThe15th_CountsFromThe14th(string period, string due) =>
        Assert.Equal(
            VietNam.At(due),
            Of(Set with { Regime = [Calendar with { Windows = WindowRule.Cutoff15 }] }, Period.Parse(period)).Due
        );

    [Fact]
    public void Of_DayFromTheEveningBefore_IsDueOnTheDayAfterItEnds()
    {
        var set = Set with { Regime = [Calendar with { DayBegins = new(19, 0) }] };

        var date = Of(set, Period.Parse("2026-10-05"));

        Assert.Equal(VietNam.At("2026-10-06T09:00"), date.Due);
        Assert.Equal(VietNam.At("2026-10-05T19:00"), date.Opens);
    }

    [Theory]
    [InlineData("2026-02-14", "2026-02-14T23:59:59")]
    [InlineData("2026-W07", "2026-02-15T23:59:59")]
    [InlineData("2026-02", "2026-02-28T23:59:59")]
    [InlineData("2025", "2025-12-31T23:59:59")]
    public void Of_TayNinh_IsTheLastSecondOfThePeriodsLastDay(string period, string due)
    {
        var set = Set with { Code = "tay-ninh", Regime = [Calendar with { Due = DueRules.LastDayOfPeriod }] };

        var date = Of(set, Period.Parse(period));

        Assert.Equal((VietNam.At(due), "tay-ninh: last-day-of-period"), (date.Due, date.Rule));
        Assert.True(date.Opens < date.Due);
        Assert.Equal("default H: 15m", Of(set, Period.Parse("2026-02-14T09")).Rule);
    }

    [Fact]
    public void Of_SeveralWhoSayIt_IndicatorThenOfficeThenSetThenDefault()
    {
        var office = new OfficeDue("sở  tài chính", Monthly(2));
        var set = Set with { Regime = [Calendar with { Due = Monthly(3), Offices = [new("Sở khác", Monthly(9)), office] }] };
        var own = Indicator with { Regime = [Calendar with { Due = Monthly(1) }] };
        var silent = Indicator with { Regime = [Calendar] };
        var month = Period.Parse("2026-10");

        Assert.Equal("T-01: 1wd 17:00", Of(set, own, month).Rule);
        Assert.Equal("sở  tài chính: 2wd 17:00", Of(set, month).Rule);
        Assert.Equal("sở  tài chính: 2wd 17:00", Of(set, silent, month).Rule);
        Assert.Equal("test: 3wd 17:00", Of(set, Indicator with { Agency = "Sở Y tế" }, month).Rule);
        Assert.Equal("default Q: 5d 17:00 roll", Of(set, own, Period.Parse("2026-Q3")).Rule);
    }

    [Fact]
    public void Of_GraceSaidElsewhereThanDue_IsLookedForApart()
    {
        var grace = new Dictionary<Frequency, Grace> { [Frequency.Month] = new(TimeSpan.FromHours(12)) };
        var set = Set with { Regime = [Calendar with { Due = DueRules.Nothing.With(grace) }] };
        var own = Indicator with { Regime = [Calendar with { Due = Monthly(1) }] };

        var date = Of(set, own, Period.Parse("2026-10"));

        Assert.Equal((VietNam.At("2026-11-02T17:00"), VietNam.At("2026-11-03T05:00")), (date.Due, date.Missing));
    }

    [Fact]
    public void Of_OfficeThatChanged_IsTheOneOfTheWindowsFirstDay()
    {
        var indicator = Indicator with { Was = [new(new(2026, 9, 15), null, "Sở Kế hoạch", [])] };
        var set = Set with
        {
            Regime = [Calendar with { Offices = [new("Sở Tài chính", Monthly(2)), new("Sở Kế hoạch", Monthly(4))] }],
        };

        Assert.Equal("Sở Kế hoạch: 4wd 17:00", Of(set, indicator, Period.Parse("2026-09")).Rule);
        Assert.Equal("Sở Tài chính: 2wd 17:00", Of(set, indicator, Period.Parse("2026-10")).Rule);
    }

    [Fact]
    public void Of_RegimeThatChanges_APeriodKeepsTheRuleInForceWhenItBegan()
    {
        var set = Set with
        {
            Regime = [Calendar with { Due = Monthly(3) }, Calendar with { From = new(2026, 9, 15), Due = Monthly(1) }],
        };

        Assert.Equal("test: 3wd 17:00", Of(set, Period.Parse("2026-09")).Rule);
        Assert.Equal("test: 1wd 17:00", Of(set, Period.Parse("2026-10")).Rule);
    }

    private static DueRules Monthly(int workingDays) =>
        new(new Dictionary<Frequency, DueRule> { [Frequency.Month] = DueRule.WorkingDays(workingDays, new(17, 0)) });

    private static DueDate Of(IndicatorSet set, Period period) => Of(set, set.Indicators.First(), period);

    private static DueDate Of(IndicatorSet set, Indicator indicator, Period period) =>
        DueDates.Of(set, indicator, period, VietNam.Calendar);
}
