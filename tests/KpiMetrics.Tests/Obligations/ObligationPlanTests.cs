using KpiMetrics.Core.Obligations;
using KpiMetrics.Core.Periods;
using static KpiMetrics.Tests.Obligations.DutyWorld;

namespace KpiMetrics.Tests.Obligations;

public sealed class ObligationPlanTests
{
    private static readonly DateTimeOffset Made = At("2025-12-01");

    [Fact]
    public void Of_AMonth_IsOneForEachCommuneOfTheProvinceOnTheWindowsLastDay()
    {
        var plan = Plan(CatalogOf(Monthly));

        Assert.Equal(["02001", "02002", "02003", "02004"], Areas(plan, Months, "2026-02"));
        // Abolished on the 15th of March: its heir answers for the whole of March.
        Assert.Equal(["02001", "02002", "02003", "02005"], Areas(plan, Months, "2026-03"));
    }

    [Fact]
    public void Of_AMonth_HasItsAgencyInstantsAndOnlyMeasuresThatDoNotFollow()
    {
        var obligation = Plan(CatalogOf(Monthly)).Of(Months, Period.Parse("2026-02"), Made).First();

        Assert.Equal(["LC-A01.01"], obligation.Needs);
        Assert.Equal(("Sở Một", Made), (obligation.Agency, obligation.CreatedAt));
        Assert.Equal(
            (At("2026-03-01"), At("2026-03-05T17:00"), TimeSpan.FromDays(2), TimeSpan.FromDays(3)),
            (obligation.Times.Opens, obligation.Times.Due, obligation.Times.Lead, obligation.Times.Grace)
        );
    }

    [Fact]
    public void Of_PeriodsOutsideTheSet_ObligesNothing()
    {
        var plan = Plan(CatalogOf(Set(Monthly) with { To = new(2026, 6, 30) }));

        Assert.Equal(["2026-01", "2026-02", "2026-03", "2026-04", "2026-05", "2026-06"], Obliged(plan, Months, "2027-01-01"));
    }

    [Fact]
    public void Of_AddedInMidMonthAndRetired_CountsByTheFirstDayOfThePeriod()
    {
        var plan = Plan(CatalogOf(Monthly with { From = new(2026, 2, 15), To = new(2026, 5, 10) }));

        Assert.Equal(["2026-03", "2026-04", "2026-05"], Obliged(plan, Months, "2027-01-01"));
    }

    [Fact]
    public void Of_ASetWithoutDays_BeginsWithItsDecision()
    {
        var set = Set(Monthly) with { From = null, Date = "2026-02-10" };

        Assert.Equal(["2026-03", "2026-04"], Obliged(Plan(CatalogOf(set)), Months, "2026-05-01"));
    }

    [Fact]
    public void Of_Since_LeavesOutWhatBeganBefore()
    {
        Assert.Equal(["2026-04"], Obliged(Plan(CatalogOf(Monthly), new(2026, 3, 2)), Months, "2026-05-01"));
        // An earlier day than the set's own changes nothing.
        Assert.Equal(["2026-01"], Obliged(Plan(CatalogOf(Monthly), new(2020, 1, 1)), Months, "2026-02-01"));
    }

    [Fact]
    public void Of_FrequencyChangedInMidLife_EachHoldsInItsTime()
    {
        var changed = Indicator("LC-A01", [Frequency.Month]) with
        {
            Was = [new(new(2026, 3, 31), null, null, [Frequency.Quarter])],
        };
        var set = Set(changed);
        var plan = Plan(CatalogOf(set));
        var quarters = Months with { Frequency = Frequency.Quarter };

        Assert.Equal([Months, quarters], DutyPlan.Of(set));
        Assert.Equal(["2026-Q1"], Obliged(plan, quarters, "2027-01-01"));
        Assert.Equal(["2026-04", "2026-05"], Obliged(plan, Months, "2026-06-01"));
    }

    [Fact]
    public void Of_MovedToAnotherAgency_EachAnswersForWhatBeganInItsTime()
    {
        var moved = Monthly with { Was = [new(new(2026, 3, 15), null, "Sở Cũ", [])] };
        var plan = Plan(CatalogOf(moved));

        Assert.Equal("Sở Cũ", plan.Of(Months, Period.Parse("2026-03"), Made).First().Agency);
        Assert.Equal("Sở Một", plan.Of(Months, Period.Parse("2026-04"), Made).First().Agency);
    }

    [Fact]
    public void Of_TwoRegimes_APeriodKeepsTheOneInForceWhenItBegan()
    {
        var late = new DueRules(new Dictionary<Frequency, DueRule> { [Frequency.Month] = DueRule.Days(10, new(12, 0)) });
        var set = Set(Monthly) with
        {
            Regime =
            [
                new(new(2026, 1, 1), WindowRule.Calendar, DueRules.LastDayOfPeriod, null),
                new(new(2026, 3, 10), WindowRule.Cutoff15, late, null),
            ],
        };
        var plan = Plan(CatalogOf(set));

        Assert.Equal(At("2026-03-31T23:59:59"), Due(plan, Months, "2026-03"));
        // April, the first under the new rule, runs from 15 March to 14 April.
        Assert.Equal(At("2026-04-24T12:00"), Due(plan, Months, "2026-04"));
    }

    [Fact]
    public void Of_Cutoff15_BeginsWithTheFirstWindowThatBeginsInTheSet()
    {
        var set = Set(Monthly) with { Regime = [new(new(2026, 1, 1), WindowRule.Cutoff15, null, null)] };
        var plan = Plan(CatalogOf(set));

        // January's window began on 15 December, before the set.
        Assert.Equal(["2026-02", "2026-03"], Obliged(plan, Months, "2026-03-15"));
        Assert.Equal(["02001", "02002", "02003", "02004"], Areas(plan, Months, "2026-03")); // ends on 14 March
        Assert.Equal(["02001", "02002", "02003", "02005"], Areas(plan, Months, "2026-04"));
        Assert.Equal(At("2026-03-15"), plan.Of(Months, Period.Parse("2026-03"), Made).First().Times.Opens);
    }

    [Fact]
    public void Of_ObligesEach_EveryFrequencyElseTheFinest()
    {
        var indicator = Indicator("LC-A01", [Frequency.Day, Frequency.Month, Frequency.Year]);
        var set = Set(indicator);

        Assert.Equal([Frequency.Day], DutyPlan.Of(set).Select(duty => duty.Frequency));
        Assert.Equal(
            [Frequency.Day, Frequency.Month, Frequency.Year],
            DutyPlan.Of(set with { ObligesEach = true }).Select(duty => duty.Frequency)
        );
        Assert.Empty(Plan(CatalogOf(set)).Of(Months, Period.Parse("2026-03"), Made));
        Assert.NotEmpty(Plan(CatalogOf(set with { ObligesEach = true })).Of(Months, Period.Parse("2026-03"), Made));
    }

    [Fact]
    public void Of_HoursOfAnHourlyDailyIndicator_ObligesOnlyDays()
    {
        var plan = Plan(CatalogOf(Hourly));

        Assert.Empty(plan.Of(Hours, Period.Parse("2026-02-01T05"), Made));
        Assert.Equal(4, plan.Of(Days, Period.Parse("2026-02-01"), Made).Count());
        var eager = Plan(CatalogOf(Set(Hourly) with { ObligesEach = true }));
        Assert.Equal(4, eager.Of(Hours, Period.Parse("2026-02-01T05"), Made).Count());
    }

    [Fact]
    public void Of_HourlyAlone_IsObligedWithoutAnEmergency()
    {
        var plan = Plan(CatalogOf(Indicator("LC-C01", [Frequency.Hour])));

        Assert.Equal(4, plan.Of(Hours, Period.Parse("2026-02-01T05"), Made).Count());
        Assert.Empty(
            plan.InEmergency(Hours, Emergency("2026-02-01T05:00", "2026-02-01T09:00", One), null, At("2026-03-01"), Made)
        );
    }

    [Fact]
    public void Of_AllMeasuresDerived_ObligesNothing()
    {
        var plan = Plan(CatalogOf(Monthly with { Measures = [Growth] }));

        Assert.Empty(plan.Of(Months, Period.Parse("2026-03"), Made));
    }

    [Fact]
    public void Of_AMeasureRetired_IsNotNeededAfterwards()
    {
        var plan = Plan(CatalogOf(Hourly with { Measures = [Rain, Wind with { To = new(2026, 1, 31) }] }));

        Assert.Equal(["LC-C01.01", "LC-C01.02"], plan.Of(Days, Period.Parse("2026-01-31"), Made).First().Needs);
        Assert.Equal(["LC-C01.01"], plan.Of(Days, Period.Parse("2026-02-01"), Made).First().Needs);
    }

    [Fact]
    public void Of_DaysFrom19_AreDueByTheirOwnWindowAndMadeOf24Hours()
    {
        var own = Hourly with { Regime = [new(new(2026, 1, 1), WindowRule.Calendar, null, null, new TimeOnly(19, 0))] };
        var plan = Plan(CatalogOf(own));
        var day = plan.Of(Days, Period.Parse("2026-02-02"), Made).First();

        Assert.Equal((At("2026-02-02T19:00"), 24), (day.Times.Opens, day.Parts));
        Assert.Equal(At("2026-02-03T09:00"), day.Times.Due);
        var storm = Emergency("2026-02-01T18:00", "2026-02-01T21:00", One);
        Assert.Equal(
            ["2026-02-01T18 in 2026-02-01", "2026-02-01T19 in 2026-02-02", "2026-02-01T20 in 2026-02-02"],
            plan.InEmergency(Hours, storm, null, At("2026-03-01"), Made).Select(hour => $"{hour.Period} in {hour.Whole}")
        );
    }

    [Fact]
    public void InEmergency_HoursBesideMonths_FoldIntoNothing()
    {
        var plan = Plan(CatalogOf(Hourly with { Frequencies = [Frequency.Hour, Frequency.Month] }));
        var storm = Emergency("2026-02-01T02:00", "2026-02-01T03:00", One);

        Assert.Null(Assert.Single(plan.InEmergency(Hours, storm, null, At("2026-03-01"), Made)).Whole);
        var month = Hours with { Frequency = Frequency.Month };
        Assert.All(plan.Of(month, Period.Parse("2026-02"), Made), obligation => Assert.Equal(0, obligation.Parts));
    }

    [Fact]
    public void InEmergency_TwoCommunes_ObligesTheHoursItTouchesForThemAlone()
    {
        var plan = Plan(CatalogOf(Hourly, Monthly));
        var storm = Emergency("2026-02-01T02:20", "2026-02-01T04:00", One, Three);

        var hours = plan.InEmergency(Hours, storm, null, At("2026-03-01"), Made).ToList();

        Assert.Equal(
            ["2026-02-01T02 02001", "2026-02-01T02 02003", "2026-02-01T03 02001", "2026-02-01T03 02003"],
            hours.Select(hour => $"{hour.Period} {hour.Area[..5]}")
        );
        Assert.Equal(At("2026-02-01T03:15"), hours[0].Times.Due);
        Assert.Empty(plan.InEmergency(Months, storm, null, At("2026-03-01"), Made));
    }

    [Fact]
    public void InEmergency_AProvince_StandsForEveryCommuneThatStands()
    {
        var plan = Plan(CatalogOf(Hourly));
        var storm = Emergency("2026-03-15T23:00", "2026-03-16T01:00", Province);

        Assert.Equal(
            ["02001", "02002", "02003", "02004", "02001", "02002", "02003", "02005"],
            plan.InEmergency(Hours, storm, null, At("2026-04-01"), Made).Select(hour => hour.Area[..5])
        );
        Assert.Empty(plan.InEmergency(Hours, storm with { Areas = [Elsewhere.Id] }, null, At("2026-04-01"), Made));
    }

    [Fact]
    public void Periods_AfterALastOne_GoOnFromThere()
    {
        var plan = Plan(CatalogOf(Monthly));

        Assert.Equal(
            ["2026-05", "2026-06"],
            plan.Periods(Months, Period.Parse("2026-04"), At("2026-07-01")).Select(period => period.ToString())
        );
        Assert.Empty(plan.Periods(Months with { Indicator = "LC-Z99" }, null, At("2026-07-01")));
    }

    private static List<string> Obliged(ObligationPlan plan, Duty duty, string until) =>
        [
            .. plan.Periods(duty, null, At(until))
                .Where(period => plan.Of(duty, period, Made).Any())
                .Select(period => period.ToString()),
        ];

    private static IEnumerable<string> Areas(ObligationPlan plan, Duty duty, string period) =>
        plan.Of(duty, Period.Parse(period), Made).Select(obligation => obligation.Area[..5]);

    private static DateTimeOffset Due(ObligationPlan plan, Duty duty, string period) =>
        plan.Of(duty, Period.Parse(period), Made).First().Times.Due;
}
