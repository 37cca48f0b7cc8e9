using System.Globalization;
using KpiMetrics.Core.Obligations;

namespace KpiMetrics.Tests.Obligations;

public sealed class WorkingCalendarTests
{
    [Theory]
    [InlineData("2025-01-24", true)] // Friday before Tết Ất Tỵ
    [InlineData("2025-01-27", false)]
    [InlineData("2025-01-31", false)]
    [InlineData("2025-02-03", true)]
    [InlineData("2025-04-07", false)] // Giỗ Tổ
    [InlineData("2025-04-26", true)] // Saturday for Friday 2 May
    [InlineData("2025-05-02", false)]
    [InlineData("2025-05-05", true)]
    [InlineData("2025-09-01", false)]
    [InlineData("2025-09-03", true)]
    [InlineData("2026-01-02", false)]
    [InlineData("2026-01-10", true)] // Saturday for Friday 2 January
    [InlineData("2026-01-17", false)] // any Saturday
    [InlineData("2026-02-13", true)] // Friday before Tết Bính Ngọ
    [InlineData("2026-02-16", false)]
    [InlineData("2026-02-20", false)]
    [InlineData("2026-02-23", true)]
    [InlineData("2026-04-27", false)] // for Giỗ Tổ on a Sunday
    [InlineData("2026-04-30", false)]
    [InlineData("2026-05-01", false)]
    [InlineData("2026-08-22", true)] // Saturday for Monday 31 August
    [InlineData("2026-08-31", false)]
    [InlineData("2026-09-02", false)]
    [InlineData("2026-09-03", true)]
    [InlineData("2027-01-01", true)] // of a year that no file covers only weekends are known
    [InlineData("2027-01-02", false)]
    public void IsWorkingDay_OfVietNam_IsAsAnnounced(string day, bool works) =>
        Assert.Equal(works, VietNam.Calendar.IsWorkingDay(Day(day)));

    [Theory]
    [InlineData("2026-02-13", "2026-02-13")]
    [InlineData("2026-02-14", "2026-02-23")]
    [InlineData("2026-08-22", "2026-08-22")]
    [InlineData("2026-08-29", "2026-09-03")]
    public void Next_DayOff_IsTheFirstWorkingDayAfterIt(string day, string next) =>
        Assert.Equal(Day(next), VietNam.Calendar.Next(Day(day)));

    [Theory]
    [InlineData("2026-02-12", 1, "2026-02-13")]
    [InlineData("2026-02-12", 2, "2026-02-23")]
    [InlineData("2026-08-21", 1, "2026-08-22")] // a worked Saturday counts
    [InlineData("2026-08-21", 6, "2026-08-28")]
    [InlineData("2026-08-21", 7, "2026-09-03")]
    [InlineData("2026-02-16", 0, "2026-02-16")]
    public void AddWorkingDays_AcrossHolidays_CountsWorkingDaysOnly(string day, int count, string expected) =>
        Assert.Equal(Day(expected), VietNam.Calendar.AddWorkingDays(Day(day), count));

    [Fact]
    public void Version_OfVietNam_NamesEachYearWithTheVersionOfItsFile()
    {
        Assert.Equal("2025: 2026-1, 2026: 2026-1", VietNam.Calendar.Version);
        Assert.True(VietNam.Calendar.Knows(2025) && VietNam.Calendar.Knows(2026));
        Assert.False(VietNam.Calendar.Knows(2027));
        Assert.Equal("weekends only", WorkingCalendar.WeekendsOnly.Version);
    }

    [Theory]
    [InlineData("2024-12-31", 2024)]
    [InlineData("2025-12-31", null)]
    [InlineData("2026-09-30", null)]
    [InlineData("2026-10-01", 2027)]
    [InlineData("2026-12-31", 2027)]
    [InlineData("2027-01-01", 2027)]
    public void Lacking_ADay_IsItsYearOrFromOctoberOnTheNext(string day, int? year) =>
        Assert.Equal(year, new WorkingCalendar([new(2025, "1", [], []), new(2026, "1", [], [])]).Lacking(Day(day)));

    [Fact]
    public void Calendar_YearGivenTwice_HasTheLaterOnly()
    {
        var calendar = new WorkingCalendar([
            new(2026, "a", [new(Day("2026-03-02"), Day("2026-03-02"), "Lễ")], []),
            new(2026, "b", [new(Day("2026-03-03"), Day("2026-03-03"), "Lễ")], []),
        ]);

        Assert.Equal("2026: b", calendar.Version);
        Assert.True(calendar.IsWorkingDay(Day("2026-03-02")));
        Assert.False(calendar.IsWorkingDay(Day("2026-03-03")));
    }

    private static DateOnly Day(string text) => DateOnly.Parse(text, CultureInfo.InvariantCulture);
}
