using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Periods;
using KpiMetrics.Pipeline.Collection;
using KpiMetrics.Tests.Support;

namespace KpiMetrics.Tests.Collection;

/// <summary>The last period whose window has closed, to the second by the clock of Vietnam.</summary>
public sealed class PeriodsToAskTests
{
    private static readonly IndicatorSet Cutoff = TestCatalog.Set with
    {
        Regime = [new(new(2020, 1, 1), WindowRule.Cutoff15, null, null)],
    };

    [Theory]
    [InlineData("2026-11-20T14", "2026-11-20T15:00:00")]
    [InlineData("2026-11-20", "2026-11-21T00:00:00")]
    [InlineData("2024-02-29", "2024-03-01T00:00:00")]
    [InlineData("2024-02-29T23", "2024-03-01T00:00:00")]
    [InlineData("2025-12-31T23", "2026-01-01T00:00:00")]
    [InlineData("2026-W47", "2026-11-23T00:00:00")]
    [InlineData("2026-W53", "2027-01-04T00:00:00")]
    [InlineData("2026-02", "2026-03-01T00:00:00")]
    [InlineData("2026-Q4", "2027-01-01T00:00:00")]
    [InlineData("2026-S1", "2026-07-01T00:00:00")]
    [InlineData("2026", "2027-01-01T00:00:00")]
    public void Calendar_WindowCloses_IsAskedForFromThatSecondOn(string period, string closes) =>
        IsAskedForFrom(TestCatalog.Set, period, closes);

    [Theory]
    [InlineData("2026-11-20T14", "2026-11-20T15:00:00")]
    [InlineData("2026-11-20", "2026-11-21T00:00:00")]
    [InlineData("2026-W53", "2027-01-04T00:00:00")]
    [InlineData("2025-11", "2025-11-15T00:00:00")]
    [InlineData("2024-03", "2024-03-15T00:00:00")]
    [InlineData("2025-Q4", "2025-12-15T00:00:00")]
    [InlineData("2025-S1", "2025-06-15T00:00:00")]
    [InlineData("2025", "2025-12-15T00:00:00")]
    public void Cutoff15_WindowCloses_IsAskedForFromThatSecondOn(string period, string closes) =>
        IsAskedForFrom(Cutoff, period, closes);

    [Fact]
    public void RegimeChangesInMidLife_EachPeriodKeepsItsOwnWindow()
    {
        var changing = TestCatalog.Set with
        {
            Regime =
            [
                new(new(2020, 1, 1), WindowRule.Calendar, null, null),
                new(new(2026, 7, 1), WindowRule.Cutoff15, null, null),
            ],
        };

        IsAskedForFrom(changing, "2026-06", "2026-07-01T00:00:00");
        IsAskedForFrom(changing, "2026-07", "2026-07-15T00:00:00");
    }

    [Fact]
    public void Lookback_Three_GivesFourPeriodsOldestFirst() =>
        Assert.Equal(
            ["2025-11", "2025-12", "2026-01", "2026-02"],
            Asked(TestCatalog.Set, Frequency.Month, At("2026-03-20T08:00:00"), lookback: 3)
        );

    [Fact]
    public void Lookback_BeforeTheFirstYear_GivesWhatThereIs() =>
        Assert.Equal(["1900", "1901"], Asked(TestCatalog.Set, Frequency.Year, At("1902-05-01T00:00:00"), lookback: 5));

    [Fact]
    public void IndicatorRetired_PeriodsAfterItsEnd_AreNotAskedFor()
    {
        var retired = TestCatalog.Set.Indicators.First() with { To = new(2026, 1, 1) };
        var asked = PeriodsToAsk.At(TestCatalog.Set, retired, Frequency.Month, At("2026-03-20T08:00:00"), 3, TestCatalog.Zone);

        Assert.Equal(["2025-11", "2025-12", "2026-01"], asked.Select(period => period.ToString()));
    }

    [Fact]
    public void FrequencyMoved_EachIsAskedForItsOwnPeriods()
    {
        var moved = TestCatalog.Set.Indicators.First() with
        {
            Frequencies = [Frequency.Month],
            Was = [new(new(2026, 1, 29), null, null, [Frequency.Day])],
        };
        var at = At("2026-02-01T08:00:00");

        Assert.Equal(
            ["2026-01-28", "2026-01-29"],
            PeriodsToAsk.At(TestCatalog.Set, moved, Frequency.Day, at, 3, TestCatalog.Zone).Select(period => period.ToString())
        );
        Assert.Empty(PeriodsToAsk.At(TestCatalog.Set, moved, Frequency.Month, at, 3, TestCatalog.Zone));
    }

    [Fact]
    public void AnyInstant_LastPeriodAsked_HasClosedAndTheNextHasNot()
    {
        var any =
            from seconds in Gen.Choose(0, 2_000_000_000)
            from frequency in Gen.Elements(Enum.GetValues<Frequency>())
            from set in Gen.Elements(TestCatalog.Set, Cutoff)
            select (At: DateTimeOffset.UnixEpoch.AddSeconds(seconds), frequency, set);

        Prop.ForAll(
                any.ToArbitrary(),
                given =>
                {
                    var last = Assert.Single(
                        PeriodsToAsk.At(given.set, given.set.Indicators.First(), given.frequency, given.At, 0, TestCatalog.Zone)
                    );
                    return given.set.WindowOf(last).ClosesAt(TestCatalog.Zone) <= given.At
                        && given.set.WindowOf(last.Shift(1)).ClosesAt(TestCatalog.Zone) > given.At;
                }
            )
            .QuickCheckThrowOnFailure();
    }

    private static void IsAskedForFrom(IndicatorSet set, string period, string closes)
    {
        var parsed = Period.Parse(period);
        var instant = At(closes);
        Assert.Equal([period], Asked(set, parsed.Frequency, instant));
        Assert.Equal([parsed.Shift(-1).ToString()], Asked(set, parsed.Frequency, instant.AddSeconds(-1)));
    }

    private static IEnumerable<string> Asked(IndicatorSet set, Frequency frequency, DateTimeOffset at, int lookback = 0) =>
        PeriodsToAsk
            .At(set, set.Indicators.First(), frequency, at.ToUniversalTime(), lookback, TestCatalog.Zone)
            .Select(period => period.ToString());

    private static DateTimeOffset At(string local) =>
        new(DateTime.Parse(local, CultureInfo.InvariantCulture), TimeSpan.FromHours(7));
}
