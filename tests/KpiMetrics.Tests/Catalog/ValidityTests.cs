using FsCheck;
using FsCheck.Fluent;
using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Periods;
using KpiMetrics.Tests.Support;

namespace KpiMetrics.Tests.Catalog;

/// <summary>What is in force on a day, and what it was called and owed then.</summary>
public sealed class ValidityTests
{
    private static readonly Indicator Plain = TestCatalog.Set.Indicators.First() with
    {
        Name = "C",
        Agency = "Sở C",
        Frequencies = [Frequency.Quarter],
        Was = [new(new(2025, 3, 31), "A", null, [Frequency.Day, Frequency.Month]), new(new(2026, 3, 31), "B", "Sở B", [])],
    };

    [Theory]
    [InlineData("2025-03-31", "A", "Sở B", "D, M")]
    [InlineData("2025-04-01", "B", "Sở B", "Q")]
    [InlineData("2026-03-31", "B", "Sở B", "Q")]
    [InlineData("2026-04-01", "C", "Sở C", "Q")]
    public void On_DayWithinAVersion_SaysWhatItWas(string day, string name, string agency, string frequencies)
    {
        var version = Plain.On(DateOnly.Parse(day, null));

        Assert.Equal(
            (name, agency, frequencies),
            (version.Name, version.Agency, string.Join(", ", version.Frequencies.Select(frequency => frequency.Code())))
        );
    }

    [Fact]
    public void On_Measure_SaysItsNameAndAgency()
    {
        var measure = TestCatalog.Flow with { Was = [new(new(2025, 3, 31), "Tấn cũ", "Sở cũ", [])] };

        Assert.Equal(("Tấn cũ", "Sở cũ"), (measure.On(new(2025, 3, 31)).Name, measure.On(new(2025, 3, 31)).Agency));
        Assert.Equal((measure.Name, null), (measure.On(new(2025, 4, 1)).Name, measure.On(new(2025, 4, 1)).Agency));
    }

    [Fact]
    public void AllFrequencies_OfAllVersions_StandFinestFirstAndOnce() =>
        Assert.Equal([Frequency.Day, Frequency.Month, Frequency.Quarter], Plain.AllFrequencies);

    [Fact]
    public void On_AnyDay_DoesNotDependOnTheOrderOfTheVersions()
    {
        var first = new DateOnly(2020, 1, 1);
        var version =
            from day in Gen.Choose(0, 1000)
            from name in Gen.Elements<string?>("A", "B", null)
            from agency in Gen.Elements<string?>("Sở A", null)
            from frequency in Gen.Elements(Enum.GetValues<Frequency>())
            from hasFrequency in Gen.Elements(true, false)
            select new FormerVersion(first.AddDays(day), name, agency, hasFrequency ? [frequency] : []);
        var any =
            from versions in Gen.ListOf(version)
            let distinct = versions.DistinctBy(each => each.To).ToList()
            from shuffled in Gen.Shuffle<FormerVersion>(distinct)
            from day in Gen.Choose(-1, 1001)
            select (Ordered: distinct.OrderBy(each => each.To).ToList(), Shuffled: shuffled, Day: first.AddDays(day));

        Prop.ForAll(
                any.ToArbitrary(),
                given =>
                {
                    var ordered = (Plain with { Was = given.Ordered }).On(given.Day);
                    var shuffled = (Plain with { Was = given.Shuffled }).On(given.Day);
                    var ahead = given.Ordered.Where(each => each.To >= given.Day).ToList();
                    return ordered.Name == shuffled.Name
                        && ordered.Agency == shuffled.Agency
                        && ordered.Frequencies.SequenceEqual(shuffled.Frequencies)
                        && ordered.Name == (ahead.Find(each => each.Name is not null)?.Name ?? Plain.Name)
                        && (ahead.Count > 0 || ordered.Frequencies.SequenceEqual(Plain.Frequencies));
                }
            )
            .QuickCheckThrowOnFailure();
    }

    [Fact]
    public void IsInForce_AnyDates_IsTheMeetingOfMeasureIndicatorAndSet()
    {
        var day = Gen.Choose(0, 6).Select(number => number == 0 ? (DateOnly?)null : new DateOnly(2026, 1, number));
        var any =
            from dates in Gen.ArrayOf(day, 6)
            from at in Gen.Choose(1, 7)
            select (Dates: dates, At: new DateOnly(2026, 1, at));

        Prop.ForAll(
                any.ToArbitrary(),
                given =>
                {
                    var dates = given.Dates;
                    var set = TestCatalog.Set with { From = dates[0], To = dates[1] };
                    var indicator = Plain with { From = dates[2], To = dates[3] };
                    var measure = TestCatalog.Flow with { From = dates[4], To = dates[5] };
                    var each = Enumerable
                        .Range(0, 3)
                        .Select(at => !(given.At < dates[2 * at]) && !(given.At > dates[2 * at + 1]))
                        .ToList();
                    return Validity.IsInForce(set, indicator, measure, given.At) == each.TrueForAll(holds => holds)
                        && Validity.IsInForce(set, indicator, null, given.At) == (each[0] && each[1]);
                }
            )
            .QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData("2026-07", WindowRule.Calendar, 0, "2026-07-01")]
    [InlineData("2026-07", WindowRule.Cutoff15, 0, "2026-06-15")]
    [InlineData("2026-07-01", WindowRule.Calendar, 19, "2026-07-01")]
    [InlineData("2026-07-01T23", WindowRule.Calendar, 0, "2026-07-01")]
    public void FirstDayOf_Period_IsTheFirstDayOfItsWindow(string period, WindowRule windows, int dayBegins, string expected)
    {
        var own = Plain with { Regime = [new(new(2020, 1, 1), windows, null, null, new(dayBegins, 0))] };

        Assert.Equal(DateOnly.Parse(expected, null), TestCatalog.Set.FirstDayOf(own, Period.Parse(period)));
    }

    [Fact]
    public void RuleFor_OwnRegimeChangesInMidYear_LeavesEarlierPeriodsAndTheSet()
    {
        var own = Plain with
        {
            Regime =
            [
                new(new(2026, 1, 1), WindowRule.Calendar, null, null),
                new(new(2026, 7, 1), WindowRule.Cutoff15, null, null),
            ],
        };

        Assert.Equal(new(2026, 6, 1), TestCatalog.Set.WindowOf(own, Period.Parse("2026-06")).FirstDay);
        Assert.Equal(new(2026, 6, 15), TestCatalog.Set.WindowOf(own, Period.Parse("2026-07")).FirstDay);
        Assert.Equal(new(2026, 7, 1), TestCatalog.Set.WindowOf(Plain, Period.Parse("2026-07")).FirstDay);
    }
}
