using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Periods;
using KpiMetrics.Core.Quality.Thresholds;
using KpiMetrics.Tests.Support;
using static KpiMetrics.Tests.Quality.Thresholds.Hourly;

namespace KpiMetrics.Tests.Quality.Thresholds;

/// <summary>When a level rises and falls back, with what missing, and how it stands in an hour.</summary>
public sealed class ThresholdReplayTests
{
    [Fact]
    public void Value_ReachesTheLevelItself_IsUpFromThatHourOn()
    {
        var history = ThresholdReplay.Of(River, Of(1.1m, 1.2m, 1.3m, 1.25m));

        var crossing = Assert.Single(history.Levels[0].Crossings);
        Assert.Equal((Hour(1), 1.2m), (crossing.Since, crossing.Start.Value));
        Assert.Equal((Hour(2), 1.3m), (crossing.Peak.Hour, crossing.Peak.Value));
        Assert.True(crossing.IsOpen);
        Assert.Empty(history.Levels[1].Crossings);
    }

    /// <summary>1.0 is the level less the margin: not below it. 0.99 is.</summary>
    [Fact]
    public void Value_HoversWithinTheMargin_StaysUpUntilItIsBelow() =>
        Assert.Equal("1-6", Spans(ThresholdReplay.Of(River, Of(1.1m, 1.25m, 1.15m, 1.21m, 1.19m, 1.0m, 0.99m, 1.1m))));

    [Fact]
    public void Value_OneReadingAboveAllLevels_RaisesEach() =>
        Assert.Equal(
            ["Raised bao-dong-1 1-", "Raised bao-dong-2 1-", "Raised bao-dong-3 1-"],
            Told(ThresholdTransitions.Between(ThresholdReplay.Of(River, Of(0.5m)), ThresholdReplay.Of(River, Of(0.5m, 3.1m))))
        );

    /// <summary>On the way down the highest level falls back first: at 2.4, 1.9 and 0.9.</summary>
    [Fact]
    public void Value_FallsThroughAllLevels_EachFallsBackByItself()
    {
        var history = ThresholdReplay.Of(River, Of(3.1m, 2.6m, 2.4m, 2.1m, 1.9m, 1.1m, 0.9m));

        Assert.Equal(["0-6", "0-4", "0-2"], Enumerable.Range(0, 3).Select(level => Spans(history, level)));
    }

    [Theory]
    [InlineData(1, "1-2 4-5")]
    [InlineData(2, "1-6")]
    [InlineData(3, "1-7")]
    [InlineData(4, "1-")]
    public void Value_SeveralReadingsInARowAreAskedFor_FallsBackWithTheLastOfThem(int readings, string spans) =>
        Assert.Equal(
            spans,
            Spans(ThresholdReplay.Of(River with { Readings = readings }, Of(0.5m, 1.3m, 0.9m, 1.1m, 1.2m, 0.9m, 0.8m, 0.7m)))
        );

    [Fact]
    public void Value_NoMoreReadings_StaysUp()
    {
        var readings = Of(0.5m, 1.3m);

        Assert.Equal("1-", Spans(ThresholdReplay.Of(River, readings)));
        var state = ThresholdReplay.StateAt(River, readings, Hour(1000))[0];
        Assert.Equal((LevelStanding.Up, Hour(1), null), (state.Standing, state.Crossing?.Since, state.Now));
    }

    /// <summary>A gauge read every third hour: two readings in a row are two readings, whatever lies between.</summary>
    [Fact]
    public void Value_HoursWithoutReadingsBetween_NeitherFallBackNorBeginAnew() =>
        Assert.Equal(
            "0-9",
            Spans(
                ThresholdReplay.Of(River with { Readings = 2 }, Of(1.3m, null, null, 1.25m, null, null, 0.9m, null, null, 0.8m))
            )
        );

    /// <summary>40 + 35 + 30 = 105 in three hours, of which six are asked for.</summary>
    [Fact]
    public void Sum_AboveWithHoursMissing_Rises()
    {
        var crossing = Assert.Single(ThresholdReplay.Of(Rain(6), Of(40m, null, 35m, 30m)).Levels[0].Crossings);

        Assert.Equal((Hour(3), 105m, 3), (crossing.Since, crossing.Start.Value, crossing.Start.Missing));
    }

    [Fact]
    public void Sum_BelowWithHoursMissing_IsNotKnownRatherThanBelow()
    {
        Assert.Equal((LevelStanding.NotKnown, 90m, 1), Standing(Rain(3), Of(50m, null, 40m), 2));
        Assert.Equal((LevelStanding.Below, 90m, 0), Standing(Rain(3), Of(50m, 0m, 40m), 2));
        Assert.Equal((LevelStanding.NotKnown, 40m, 2), Standing(Rain(3), Of(50m, 0m, 40m), 4));
        Assert.Equal((LevelStanding.NotKnown, null, null), Standing(Rain(3), Of(50m, 0m, 40m), 5));
        Assert.Equal((LevelStanding.NotKnown, null, null), Standing(River, Of(0.5m), 1));
        Assert.Equal((LevelStanding.Below, 0.5m, 0), Standing(River, Of(0.5m), 0));
    }

    /// <summary>From hour 2 on nothing falls, but hour 3 is missing: the first window of three hours without it is 4 to 6.</summary>
    [Fact]
    public void Sum_BelowWithHoursMissing_DoesNotFallBack() =>
        Assert.Equal("1-6", Spans(ThresholdReplay.Of(Rain(3), Of(60m, 50m, 0m, null, 0m, 0m, 0m))));

    /// <summary>The late hour makes the windows of hours 3, 4 and 5 known: the first is 50, the level had fallen back then.</summary>
    [Fact]
    public void Sum_TheMissingHourComes_FallsBackWithTheFirstWindowThatIsBelow() =>
        Assert.Equal("1-3", Spans(ThresholdReplay.Of(Rain(3), Of(60m, 50m, 0m, 0m, 0m, 0m))));

    [Fact]
    public void Sum_NegativeReadings_AreNone()
    {
        Assert.Equal("1-", Spans(ThresholdReplay.Of(Rain(3), Of(60m, 50m, -99.9m, -99.9m, -99.9m, -99.9m))));
        Assert.Equal((LevelStanding.NotKnown, 60m, 1), Standing(Rain(3), Of(30m, 30m, -99.9m), 2));
    }

    /// <summary>91 and 90 are within the margin: the count of three begins anew with hour 8.</summary>
    [Fact]
    public void Sum_WithinTheMargin_BeginsTheCountAnew() =>
        Assert.Equal(
            "0-10",
            Spans(ThresholdReplay.Of(Rain(1, readings: 3), Of(100m, 0m, 0m, 95m, 0m, 0m, 91m, 90m, 0m, 0m, 0m)))
        );

    /// <summary>Hours 3 and 4 have at least 92: the count of two that began with hour 2 begins anew with hour 7.</summary>
    [Fact]
    public void Sum_IncompleteWithinTheMargin_BeginsTheCountAnew() =>
        Assert.Equal("1-8", Spans(ThresholdReplay.Of(Rain(2, readings: 2), Of(60m, 50m, 0m, null, 92m, null, 0m, 0m, 0m))));

    /// <summary>0.3 m in two hours are 0.15 an hour.</summary>
    [Fact]
    public void Rise_OverTwoHours_IsPerHour()
    {
        var history = ThresholdReplay.Of(Rise(2, 0.15m), Of(1.0m, 1.1m, 1.3m, 1.6m, 1.6m, 1.6m));
        var crossing = Assert.Single(history.Levels[0].Crossings);

        Assert.Equal((Hour(2), 0.15m), (crossing.Since, crossing.Start.Value));
        Assert.Equal((Hour(3), 0.25m), (crossing.Peak.Hour, crossing.Peak.Value));
        Assert.Equal((Hour(5), 0m), (crossing.Until, crossing.End?.Value));
    }

    [Fact]
    public void Rise_WithoutAReadingAtTheStartOfItsWindow_IsNotKnown()
    {
        var readings = Of(1.0m, null, 1.6m, 2.5m);

        Assert.Equal("2-", Spans(ThresholdReplay.Of(Rise(2, 0.15m), readings)));
        Assert.Equal((LevelStanding.NotKnown, null, null), Standing(Rise(3, 1m), readings, 2));
        Assert.Equal((LevelStanding.Below, 0.5m, 0), Standing(Rise(3, 1m), readings, 3));
    }

    [Fact]
    public void StateAt_AnEarlierHour_KnowsNothingLater()
    {
        var readings = Of(1.3m, 3m, 0.5m);

        var state = ThresholdReplay.StateAt(River, readings, Hour(1));
        Assert.All(state, level => Assert.Equal((LevelStanding.Up, 3m), (level.Standing, level.Now?.Value)));
        Assert.Equal([Hour(0), Hour(1), Hour(1)], state.Select(level => level.Crossing?.Since));
        Assert.All(
            ThresholdReplay.StateAt(River, readings, Hour(2)),
            level => Assert.Equal((LevelStanding.Below, null), (level.Standing, level.Crossing))
        );
    }

    [Fact]
    public void Readings_OfAnotherFrequencyOrAbsurd_AreRefusedOrPassedOver()
    {
        Assert.Throws<ArgumentException>(() => HourlyReadings.Of([new(Period.Parse("2026-11-20"), 1m)]));
        var readings = HourlyReadings.Of([new(Hour(0), decimal.MaxValue), new(Hour(1), 1m), new(Hour(2), decimal.MinValue)]);
        Assert.Equal((1, Hour(1)), (readings.Count, readings.Newest));
    }

    [Fact]
    public void Thresholds_OfASeries_AreTheClosestOfEachCode()
    {
        var measure = TestCatalog.Crops with
        {
            Thresholds =
            [
                Rain(1) with
                {
                    Code = "a",
                    Name = "general",
                },
                Rain(1) with
                {
                    Code = "a",
                    Name = "of lua",
                    Subjects = ["lua"],
                },
                Rain(1) with
                {
                    Code = "a",
                    Name = "of 24",
                    Areas = ["24"],
                },
                Rain(1) with
                {
                    Code = "b",
                    Name = "of ngo in 27",
                    Areas = ["27"],
                    Subjects = ["ngo"],
                },
            ],
        };
        var (here, there) = (TestCatalog.Province, TestCatalog.Province with { Code = "27" });

        Assert.Equal(["of 24"], Names(here, "lua"));
        Assert.Equal(["of lua"], Names(there, "lua"));
        Assert.Equal(["general", "of ngo in 27"], Names(there, "ngo"));
        Assert.Empty(SeriesThresholds.For(TestCatalog.Flow, here, ""));

        IEnumerable<string> Names(Area area, string subject) =>
            SeriesThresholds.For(measure, area, subject).Select(threshold => threshold.Name);
    }

    private static (LevelStanding Standing, decimal? Value, int? Missing) Standing(
        Threshold threshold,
        HourlyReadings readings,
        int hour
    )
    {
        var state = ThresholdReplay.StateAt(threshold, readings, Hour(hour))[0];
        return (state.Standing, state.Now?.Value, state.Now?.Missing);
    }
}
