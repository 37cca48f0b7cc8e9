using KpiMetrics.Core.Obligations;
using KpiMetrics.Pipeline.Catalog;

namespace KpiMetrics.Tests.Catalog;

/// <summary>Files of holidays beside the sets.</summary>
public sealed class HolidayTests : IDisposable
{
    private const string Good = """
        version: "1"
        years:
          - year: 2026
            off:
              - {from: 2026-01-01, to: 2026-01-02, name: Tết}
            worked:
              - {day: 2026-01-10, for: 2026-01-02}

        """;

    private readonly CatalogFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Holidays_BesideTheSets_AreTheSnapshotsCalendar()
    {
        folder.Write("set.yaml", CatalogFolder.Set);
        folder.Write("holidays/a.yaml", Good);

        var calendar = Calendar(folder.Root);

        Assert.Equal("2026: 1", calendar.Version);
        Assert.False(calendar.IsWorkingDay(new(2026, 1, 2)));
        Assert.True(calendar.IsWorkingDay(new(2026, 1, 10)));
        Assert.Equal("2026: 1", Calendar(Path.Combine(folder.Root, "set.yaml")).Version);
    }

    [Fact]
    public void Holidays_YearInALaterFolder_ReplacesThatYearOnly()
    {
        folder.Write("set.yaml", CatalogFolder.Set);
        using var later = new CatalogFolder();
        later.Write("holidays/mine.yaml", "version: mine\nyears:\n  - {year: 2026, off: [{from: 2026-03-02, name: Lễ}]}\n");

        var calendar = Calendar(CatalogFolder.RepositorySeeds, later.Root);

        Assert.Equal("2025: 2026-1, 2026: mine", calendar.Version);
        Assert.True(calendar.IsWorkingDay(new(2026, 2, 16)));
        Assert.False(calendar.IsWorkingDay(new(2026, 3, 2)));
    }

    [Fact]
    public void Holidays_NoFile_KnowsWeekendsOnly()
    {
        folder.Write("set.yaml", CatalogFolder.Set);

        Assert.Equal(WorkingCalendar.WeekendsOnly.Version, Calendar(folder.Root).Version);
    }

    [Theory]
    [InlineData("to: 2026-01-02", "to: 2027-01-02", "5: holiday file, year, days off: 'to' 2027-01-02 is not in 2026")]
    [InlineData("from: 2026-01-01", "from: 2025-12-31", "5: holiday file, year, days off: 'from' 2025-12-31 is not in 2026")]
    [InlineData(
        "from: 2026-01-01",
        "from: 2026-01-03",
        "5: holiday file, year, days off: 'to' 2026-01-02 comes before 'from' 2026-01-03"
    )]
    [InlineData("day: 2026-01-10", "day: 2027-01-09", "7: holiday file, year, worked day: 'day' 2027-01-09 is not in 2026")]
    [InlineData(
        "day: 2026-01-10",
        "day: 2026-01-09",
        "7: holiday file, year, worked day: 'day' 2026-01-09 is a Friday; allowed: Saturday, Sunday"
    )]
    [InlineData(
        "for: 2026-01-02",
        "for: 2026-01-05",
        "7: holiday file, year, worked day: 'for' 2026-01-05 is no day off from Monday to Friday under 'off'"
    )]
    [InlineData(
        "from: 2026-01-01, to: 2026-01-02",
        "from: 2026-01-01, to: 2026-01-11",
        "7: holiday file, year, worked day: 'day' 2026-01-10 is off and worked"
    )]
    [InlineData(
        "name: Tết",
        "title: Tết",
        "5: holiday file, year, days off: unknown key 'title'; allowed: from, name, to, origin"
    )]
    [InlineData("year: 2026", "year: 26", "3: holiday file, year: 'year' is the number 26; expected a year from 1900 to 2199")]
    [InlineData(
        "version: \"1\"",
        "version: 1",
        "1: holiday file: 'version' is the number 1; expected text, so write it in quotes"
    )]
    [InlineData(
        "    worked:",
        "  - {year: 2026, off: []}\n  - year: 2025\n    off: []\n    worked:",
        "6: holiday file, year: the year 2026 is there twice"
    )]
    public void Holidays_WhatCannotBe_IsAFaultWithFileAndLine(string good, string bad, string fault)
    {
        folder.Write("set.yaml", CatalogFolder.Set);
        var path = folder.Write("holidays/a.yaml", Good.Replace(good, bad, StringComparison.Ordinal));

        var reading = folder.Read();

        Assert.Null(reading.Snapshot);
        Assert.All(reading.Faults, found => Assert.Equal(path, found.File));
        Assert.Contains(fault, reading.Faults.Select(found => $"{found.Line}: {found.Message}"));
    }

    [Fact]
    public void Fingerprint_OtherHolidays_IsTheSame()
    {
        folder.Write("set.yaml", CatalogFolder.Set);
        var before = CatalogFingerprint.Of([folder.Root], Guid.Empty);
        folder.Write("holidays/a.yaml", Good);

        Assert.Equal(before, CatalogFingerprint.Of([folder.Root], Guid.Empty));
    }

    private static WorkingCalendar Calendar(params string[] paths)
    {
        var reading = CatalogReader.Read(paths);
        Assert.Empty(reading.Faults);
        return reading.Snapshot?.Calendar ?? WorkingCalendar.WeekendsOnly;
    }
}
