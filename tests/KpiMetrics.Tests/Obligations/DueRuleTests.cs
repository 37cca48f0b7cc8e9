using FsCheck;
using FsCheck.Fluent;
using KpiMetrics.Core.Obligations;
using KpiMetrics.Core.Periods;

namespace KpiMetrics.Tests.Obligations;

public sealed class DueRuleTests
{
    [Theory]
    [InlineData("2026-02", "last-day-of-period", "2026-02-28T23:59:59")] // a Saturday, and stays it
    [InlineData("2026-02", "0d 17:00", "2026-02-28T17:00")]
    [InlineData("2026-02", "1d 09:00", "2026-03-01T09:00")] // a Sunday
    [InlineData("2026-02", "1d 09:00 roll", "2026-03-02T09:00")]
    [InlineData("2026-02", "1wd 17:00", "2026-03-02T17:00")]
    [InlineData("2026-02", "5wd 17:00", "2026-03-06T17:00")]
    [InlineData("2026-W07", "1d 17:00", "2026-02-16T17:00")] // ISO week 9 to 15 February; Monday is Tết
    [InlineData("2026-W07", "1d 17:00 roll", "2026-02-23T17:00")]
    [InlineData("2026-01", "14d 17:00 roll", "2026-02-23T17:00")] // 14 February, the first Saturday of Tết
    [InlineData("2026-01", "13d 17:00 roll", "2026-02-13T17:00")]
    [InlineData("2026-07", "22d 17:00 roll", "2026-08-22T17:00")] // a Saturday that is worked
    [InlineData("2026-07", "29d 08:30 roll", "2026-09-03T08:30")] // Quốc khánh
    [InlineData("2026-11-20T14", "15m", "2026-11-20T15:15")]
    [InlineData("2026-11-20T23", "2h", "2026-11-21T02:00")]
    public void Of_Period_IsTheMomentWorkedOutByHand(string period, string text, string due)
    {
        var of = Period.Parse(period);
        Assert.True(DueRule.TryParse(text, of.Frequency, out var rule));

        Assert.Equal(VietNam.At(due), rule.Of(KpiMetrics.Core.Periods.Windows.Of(of, WindowRule.Calendar), VietNam.Calendar));
    }

    [Theory]
    [InlineData("H", "5d 17:00")]
    [InlineData("H", "last-day-of-period")]
    [InlineData("H", "15")]
    [InlineData("H", "1d")]
    [InlineData("H", "-15m")]
    [InlineData("H", "999999h")]
    [InlineData("M", "15m")]
    [InlineData("M", "5d")]
    [InlineData("M", "5d 5pm")]
    [InlineData("M", "5d 24:00")]
    [InlineData("M", "5d 17:00 rolled")]
    [InlineData("M", "5d  17:00")]
    [InlineData("M", "5d 17:00\n")]
    [InlineData("M", "367d 17:00")]
    [InlineData("M", "0wd 17:00")]
    [InlineData("M", "5wd 17:00 roll")]
    [InlineData("M", "")]
    public void TryParse_WhatTheFrequencyCannotHave_IsNoRule(string frequency, string text)
    {
        Assert.True(FrequencyCode.TryParse(frequency, out var of));
        Assert.False(DueRule.TryParse(text, of, out _));
    }

    [Fact]
    public void ToString_AnyRule_ReadsBackAsTheSameRule() =>
        Prop.ForAll(
                (
                    from frequency in Gen.Elements(Enum.GetValues<Frequency>())
                    from rule in AnyDueRule.For(frequency)
                    select (frequency, rule)
                ).ToArbitrary(),
                any => DueRule.TryParse(any.rule.ToString(), any.frequency, out var read) && read == any.rule
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void ToString_AnyGrace_ReadsBackAsTheSameGrace() =>
        Prop.ForAll(AnyDueRule.Grace.ToArbitrary(), any => Grace.TryParse(any.ToString(), out var read) && read == any)
            .QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("90m", "90m")]
    [InlineData("120m", "2h")]
    [InlineData("72h", "3d")]
    [InlineData("0d", "0m")]
    public void Grace_Written_IsInTheGreatestUnit(string text, string written)
    {
        Assert.True(Grace.TryParse(text, out var grace));
        Assert.Equal(written, grace.ToString());
    }

    [Theory]
    [InlineData("3")]
    [InlineData("3w")]
    [InlineData("367d")]
    [InlineData("1d 09:00")]
    public void Grace_OtherText_IsNone(string text) => Assert.False(Grace.TryParse(text, out _));

    [Fact]
    public void DueRules_RuleOfAnotherFrequency_IsRefused() =>
        Assert.Throws<ArgumentException>(() =>
            new DueRules(new Dictionary<Frequency, DueRule> { [Frequency.Hour] = DueRule.LastDayOfPeriod })
        );

    [Fact]
    public void DueRules_SayingTheSame_AreEqual()
    {
        var rules = new DueRules(
            new Dictionary<Frequency, DueRule>
            {
                [Frequency.Month] = DueRule.Days(5, new(17, 0), rolls: true),
                [Frequency.Day] = DueRule.Days(1, new(9, 0)),
            },
            new Dictionary<Frequency, Grace> { [Frequency.Month] = new(TimeSpan.FromDays(3)) }
        );

        Assert.Equal("D 1d 09:00, M 5d 17:00 roll, grace M 3d", rules.ToString());
        Assert.Equal("last-day-of-period", DueRules.LastDayOfPeriod.ToString());
        Assert.NotEqual(rules, DueRules.LastDayOfPeriod);
        Assert.Equal(DueRules.LastDayOfPeriod, DueRules.LastDayOfPeriod.With(new Dictionary<Frequency, Grace>()));
    }
}
