using KpiMetrics.Core.Periods;
using KpiMetrics.Worker.Scheduling;
using KpiMetrics.Worker.Scheduling.Backfills;

namespace KpiMetrics.Tests.Scheduling;

public sealed class BackfillPlanTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 14, 0, 0, TimeSpan.FromHours(7));

    [Fact]
    public void Questions_AQuarter_AreItsMonthsAndDaysOldestFirst()
    {
        var questions = Questions("2026-Q1", "2026-Q1", new("a", "test", ["T-D"]));

        Assert.Equal(90 + 3, questions.Count);
        Assert.Equal(
            ["test/T-D/D from a: 2026-01-01", "test/T-D/M from a: 2026-01", "test/T-D/D from a: 2026-01-02"],
            questions.Take(3).Select(question => question.ToString())
        );
        Assert.True(questions.Zip(questions.Skip(1)).All(pair => pair.First.Window.Start <= pair.Second.Window.Start));
    }

    [Fact]
    public void Questions_ASourceThatTakesSeveralPeriods_IsAskedForThemTogether()
    {
        var questions = Questions("2025-11", "2026-02", new("a", "test", ["T-D"], PeriodsPerQuestion: 50));

        Assert.Equal(
            [
                "test/T-D/D from a: 2025-11-01..2025-12-20",
                "test/T-D/M from a: 2025-11..2026-02",
                "test/T-D/D from a: 2025-12-21..2026-02-08",
                "test/T-D/D from a: 2026-02-09..2026-02-28",
            ],
            questions.Select(question => question.ToString())
        );
    }

    [Fact]
    public void Questions_WhatHasNotBegunOrIsNotInForceOrIsNotServed_IsLeftOut()
    {
        Assert.Equal(
            20,
            Questions("2026-11", "2026-11", new("a", "test", ["T-D"])).Count(one => one.Duty.Frequency == Frequency.Day)
        );
        Assert.Empty(Questions("2026", "2026", new("a", "test", ["T-Y"])));
        Assert.Empty(Questions("2026", "2026", new("a", "other", [])));
    }

    [Fact]
    public void Questions_HoursBesideDays_OnlyThoseOfEmergencies()
    {
        var source = new ScheduledSource("a", "test", ["T-C"]);

        var questions = BackfillPlan.Questions(
            ScheduleWorld.Catalog.Sets[0],
            new((_, _, _) => Task.FromResult(""), [source]) { WasEmergency = (_, period) => period.Start.Hour < 3 },
            Period.Parse("2026-11-01"),
            Period.Parse("2026-11-01"),
            indicator: null,
            source: null,
            Now
        );

        Assert.Equal(
            ["2026-11-01T00", "2026-11-01", "2026-11-01T01", "2026-11-01T02"],
            questions.Select(question => question.Periods[0].ToString())
        );
    }

    [Fact]
    public void Questions_UnderCutoff15_AreOfTheWindowsNotTheCalendar()
    {
        var set = ScheduleWorld.Catalog.Sets[0] with { Regime = [new(new(2020, 1, 1), WindowRule.Cutoff15, null, null)] };

        var questions = BackfillPlan.Questions(
            set,
            new((_, _, _) => Task.FromResult(""), [new("a", "test", ["T-D"])]),
            Period.Parse("2026-Q1"),
            Period.Parse("2026-Q1"),
            indicator: null,
            source: null,
            Now
        );

        Assert.Equal("test/T-D/D from a: 2025-12-15", questions[0].ToString());
        Assert.Equal("test/T-D/D from a: 2026-03-14", questions[^1].ToString());
        Assert.Equal(
            ["2026-01", "2026-02", "2026-03"],
            questions.Where(one => one.Duty.Frequency == Frequency.Month).Select(one => one.Periods[0].ToString())
        );
    }

    private static IReadOnlyList<BackfillQuestion> Questions(string from, string to, ScheduledSource source) =>
        BackfillPlan.Questions(
            ScheduleWorld.Catalog.Sets[0],
            new((_, _, _) => Task.FromResult(""), [source]),
            Period.Parse(from),
            Period.Parse(to),
            indicator: null,
            source: null,
            Now
        );
}
