using FsCheck;
using FsCheck.Fluent;
using KpiMetrics.Core.Periods;

namespace KpiMetrics.Tests.Periods;

public sealed class PeriodTextTest
{
    [Theory]
    [InlineData("2026-11-20T14", Frequency.Hour)]
    [InlineData("2026-11-20", Frequency.Day)]
    [InlineData("2026-W47", Frequency.Week)]
    [InlineData("2026-11", Frequency.Month)]
    [InlineData("2026-Q4", Frequency.Quarter)]
    [InlineData("2026-S2", Frequency.HalfYear)]
    [InlineData("2026", Frequency.Year)]
    [InlineData("2020-W53", Frequency.Week)]
    [InlineData("2024-02-29", Frequency.Day)]
    [InlineData("1900-01-01T00", Frequency.Hour)]
    [InlineData("2199-12-31T23", Frequency.Hour)]
    [InlineData("2199-W52", Frequency.Week)]
    public void Parse_EveryForm_IsPrintedBackTheSame(string text, Frequency frequency)
    {
        var period = Period.Parse(text);

        Assert.Equal(frequency, period.Frequency);
        Assert.Equal(text, period.ToString());
    }

    [Theory]
    [InlineData("2025-W53", "week of 2025 must be in 1..52")]
    [InlineData("2026-13", "month of 2026 must be in 1..12")]
    [InlineData("2026-00", "month of 2026 must be in 1..12")]
    [InlineData("2026-Q5", "quarter of 2026 must be in 1..4")]
    [InlineData("2026-S3", "half-year of 2026 must be in 1..2")]
    [InlineData("2025-02-29", "no such day")]
    [InlineData("2026-11-20T24", "hour must be in 00..23")]
    [InlineData("1899", "1900..2199")]
    [InlineData("2200-01", "1900..2199")]
    [InlineData("", "is not a period")]
    [InlineData("2026-1", "is not a period")]
    [InlineData("11/2026", "is not a period")]
    [InlineData("2026-11-20T14:00", "is not a period")]
    [InlineData("2026\n", "is not a period")]
    [InlineData("٢٠٢٦", "is not a period")]
    public void TryParse_NoPeriod_IsRefusedWithWhatIsAllowed(string text, string expected)
    {
        Assert.False(Period.TryParse(text, out _, out var why));
        Assert.Contains(expected, why, StringComparison.Ordinal);
        Assert.Throws<FormatException>(() => Period.Parse(text));
    }

    [Fact]
    public void Parse_WhatWasPrinted_GivesThePeriodBack() =>
        Prop.ForAll(AnyPeriod.Arbitrary, period => Period.Parse(period.ToString()) == period).QuickCheckThrowOnFailure();
}
