using KpiMetrics.Core.Quality.Thresholds;
using static KpiMetrics.Tests.Quality.Thresholds.Hourly;

namespace KpiMetrics.Tests.Quality.Thresholds;

/// <summary>What late readings and corrections make of what was told already.</summary>
public sealed class ThresholdTransitionsTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 20, 12, 0, 0, TimeSpan.FromHours(7));

    [Fact]
    public void Between_NothingNew_TellsNothing() => Assert.Empty(Between(Of(1.3m, 1.4m), Of(1.3m, 1.4m)));

    [Fact]
    public void Between_HigherStill_TellsNothing() => Assert.Empty(Between(Of(1.3m), Of(1.3m, 1.9m)));

    [Fact]
    public void Between_ALateReadingMovesTheBeginning_TellsNothing() =>
        Assert.Empty(Between(Of(null, null, 1.3m), Of(1.3m, 1.3m, 1.3m)));

    [Fact]
    public void Between_FallsBack_IsResolvedWithItsPeak()
    {
        var told = Assert.Single(Compare(Of(1.3m, 1.9m), Of(1.3m, 1.9m, 0.9m)));

        Assert.Equal((TransitionKind.Resolved, 1.9m, 0.9m), (told.Kind, told.Crossing.Peak.Value, told.Crossing.End?.Value));
    }

    [Fact]
    public void Between_TheFigureIsCorrectedDownwards_IsWithdrawn() =>
        Assert.Equal(["Withdrawn bao-dong-1 1-"], Between(Of(0.5m, 1.3m), Of(0.5m, 0.13m)));

    [Fact]
    public void Between_OnlyTheFirstFigureIsCorrected_GoesOn() =>
        Assert.Empty(Between(Of(0.5m, 1.3m, 1.4m), Of(0.5m, 0.9m, 1.4m)));

    [Fact]
    public void Between_TheFigureThatResolvedIsCorrectedUpwards_RisesAgain() =>
        Assert.Equal(["Raised bao-dong-1 0-"], Between(Of(1.3m, 0.9m), Of(1.3m, 1.4m)));

    [Fact]
    public void Between_ALowReadingComesLateInBetween_ResolvesAndRaises() =>
        Assert.Equal(["Resolved bao-dong-1 0-1", "Raised bao-dong-1 2-"], Between(Of(1.3m, null, 1.4m), Of(1.3m, 0.9m, 1.4m)));

    [Fact]
    public void Between_OverBeforeItIsKnown_WasMissed() =>
        Assert.Equal(["Missed bao-dong-1 1-2"], Between(Of(0.5m, null, 0.9m), Of(0.5m, 1.3m, 0.9m)));

    /// <summary>An old flood that comes to light while the level is up again leaves what is up alone.</summary>
    [Fact]
    public void Between_MissedWhileUpAgain_LeavesWhatIsUp() =>
        Assert.Equal(["Missed bao-dong-1 0-1"], Between(Of(null, 0.9m, 0.8m, 1.3m), Of(1.3m, 0.9m, 0.8m, 1.3m)));

    /// <summary>The only low reading between two crossings is corrected: they are one, and it is up already.</summary>
    [Fact]
    public void Between_TwoCrossingsBecomeOne_GoesOn() => Assert.Empty(Between(Of(1.3m, 0.9m, 1.4m), Of(1.3m, 1.2m, 1.4m)));

    /// <summary>The same, but it has fallen back in the meantime.</summary>
    [Fact]
    public void Between_TwoCrossingsBecomeOneThatIsOver_IsResolved() =>
        Assert.Equal(["Resolved bao-dong-1 0-3"], Between(Of(1.3m, 0.9m, 1.4m), Of(1.3m, 1.2m, 1.4m, 0.9m)));

    [Fact]
    public void Between_AClosedCrossingThatNeverWas_TellsNothing() =>
        Assert.Empty(Between(Of(1.3m, 0.9m, 0.8m), Of(0.13m, 0.9m, 0.8m)));

    /// <summary>Received at noon 2.30, at one o'clock 2.03 in its place, at two o'clock withdrawn.</summary>
    [Fact]
    public void Between_InstantsOfAFigureThatIsCorrectedAndWithdrawn_TellsEachOnce()
    {
        var figures = new[]
        {
            Stated(0, (Noon, 0.5m)),
            Stated(1, (Noon, 2.3m), (Noon.AddHours(1), 2.03m), (Noon.AddHours(2), null)),
        };

        Assert.Equal(["Raised bao-dong-1 1-", "Raised bao-dong-2 1-"], At(Noon.AddMinutes(-1), Noon));
        Assert.Equal(["Withdrawn bao-dong-2 1-"], At(Noon, Noon.AddHours(1)));
        Assert.Equal(["Withdrawn bao-dong-1 1-"], At(Noon.AddHours(1), Noon.AddHours(2)));
        Assert.Empty(At(Noon.AddHours(2), Noon.AddDays(9)));

        IReadOnlyList<string> At(DateTimeOffset lastLook, DateTimeOffset at) =>
            Told(ThresholdTransitions.Between(River, figures, lastLook, at));
    }

    [Fact]
    public void Between_HistoriesOfOtherLevels_IsAFault()
    {
        var history = ThresholdReplay.Of(River, Of(1m));

        Assert.Throws<ArgumentException>(() => ThresholdTransitions.Between(history, ThresholdReplay.Of(Rain(1), Of(1m))));
        Assert.Throws<ArgumentException>(() =>
            ThresholdTransitions.Between(
                history,
                ThresholdReplay.Of(River with { Levels = [.. River.Levels.Select(level => level with { Code = "x" })] }, Of(1m))
            )
        );
    }

    private static IReadOnlyList<string> Between(HourlyReadings before, HourlyReadings after) => Told(Compare(before, after));

    private static IReadOnlyList<Transition> Compare(HourlyReadings before, HourlyReadings after) =>
        ThresholdTransitions.Between(ThresholdReplay.Of(River, before), ThresholdReplay.Of(River, after));
}
