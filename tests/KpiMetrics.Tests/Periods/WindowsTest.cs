using FsCheck;
using FsCheck.Fluent;

namespace KpiMetrics.Tests.Periods;

using KpiMetrics.Core.Periods; // within the namespace, as ASP.NET brings a namespace Windows

public sealed class WindowsTest
{
    private static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById("Asia/Ho_Chi_Minh");

    [Theory]
    // DESIGN 4.1, after Decree 09/2019/NĐ-CP.
    [InlineData("2025-11", "2025-10-15", "2025-11-14")]
    [InlineData("2025-01", "2024-12-15", "2025-01-14")]
    [InlineData("2025-03", "2025-02-15", "2025-03-14")]
    [InlineData("2025-Q4", "2025-09-15", "2025-12-14")]
    [InlineData("2025-Q1", "2024-12-15", "2025-03-14")]
    [InlineData("2025-S1", "2024-12-15", "2025-06-14")]
    [InlineData("2025", "2024-12-15", "2025-12-14")]
    [InlineData("2025-W01", "2024-12-30", "2025-01-05")]
    [InlineData("2025-11-14", "2025-11-14", "2025-11-14")]
    public void Of_Cutoff15_EndsOnThe14th(string period, string first, string last)
    {
        var window = Windows.Of(Period.Parse(period), WindowRule.Cutoff15);

        Assert.Equal(DateOnly.Parse(first, null), window.FirstDay);
        Assert.Equal(DateOnly.Parse(last, null), window.LastDay);
    }

    [Theory]
    [InlineData("2025-11", "2025-11-01", "2025-11-30")]
    [InlineData("2024-02", "2024-02-01", "2024-02-29")]
    [InlineData("2025", "2025-01-01", "2025-12-31")]
    public void Of_Calendar_IsTheCalendars(string period, string first, string last)
    {
        var window = Windows.Of(Period.Parse(period), WindowRule.Calendar);

        Assert.Equal(DateOnly.Parse(first, null), window.FirstDay);
        Assert.Equal(DateOnly.Parse(last, null), window.LastDay);
    }

    [Fact]
    public void OpensAt_InVietnam_IsSevenHoursAheadOfUtc() =>
        Assert.Equal(
            new DateTimeOffset(2025, 10, 14, 17, 0, 0, TimeSpan.Zero),
            Windows.Of(Period.Parse("2025-11"), WindowRule.Cutoff15).OpensAt(Zone).ToUniversalTime()
        );

    [Fact]
    public void Of_NextPeriod_BeginsWhereTheOneBeforeEnds() =>
        Prop.ForAll(
                AnyPeriod.Arbitrary,
                Gen.Elements(WindowRule.Calendar, WindowRule.Cutoff15).ToArbitrary(),
                (period, rule) => period.Next is not { } next || Windows.Of(period, rule).End == Windows.Of(next, rule).Start
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Of_Parts_TileTheWindowOfTheWhole() =>
        Prop.ForAll(
                AnyPeriod.Generator.Where(period => period.Frequency > Frequency.Month).ToArbitrary(),
                period =>
                {
                    var months = period.Parts(Frequency.Month).ToList();
                    var whole = Windows.Of(period, WindowRule.Cutoff15);
                    return Windows.Of(months[0], WindowRule.Cutoff15).Start == whole.Start
                        && Windows.Of(months[^1], WindowRule.Cutoff15).End == whole.End;
                }
            )
            .QuickCheckThrowOnFailure();
}
