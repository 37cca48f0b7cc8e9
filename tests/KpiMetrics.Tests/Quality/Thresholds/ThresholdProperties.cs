using FsCheck;
using FsCheck.Fluent;
using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Quality.Thresholds;
using static KpiMetrics.Tests.Quality.Thresholds.Hourly;

namespace KpiMetrics.Tests.Quality.Thresholds;

/// <summary>What is told does not depend on the order in which readings arrive, and of each level rise and end take turns.</summary>
public sealed class ThresholdProperties
{
    [Fact]
    public void Told_AnyReadingsInAnyOrder_EachCrossingOnceUpAndOnceDown() =>
        Prop.ForAll(
                AnyReadings.Thresholds.Select(threshold => threshold with { Readings = 1 }).ToArbitrary(),
                AnyReadings.Arrivals.ToArbitrary(),
                (threshold, arrivals) =>
                {
                    var told = Tell(threshold, Stated(arrivals), out var last);
                    return TakesTurns(told, last) && IsEachOnce(told, last);
                }
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Told_AFloodInAnyOrder_IsOneCrossingOfALevel() =>
        Prop.ForAll(
                AnyReadings
                    .Thresholds.Select(threshold => threshold with { Kind = ThresholdKind.Value, Hours = 1 })
                    .ToArbitrary(),
                AnyReadings.Flood.ToArbitrary(),
                (threshold, arrivals) =>
                {
                    var told = Tell(threshold, Stated(arrivals), out var last);
                    return TakesTurns(told, last)
                        && IsEachOnce(told, last)
                        && last.Levels.All(level => level.Crossings.Count <= 1 && level.Open is null);
                }
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Told_AnyCorrections_RiseAndEndTakeTurnsAndLeaveWhatHolds() =>
        Prop.ForAll(
                AnyReadings.Thresholds.ToArbitrary(),
                AnyReadings.Corrections.ToArbitrary(),
                (threshold, statements) => TakesTurns(Tell(threshold, statements, out var last), last)
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Replay_TheSameReadingsInAnyOrder_IsTheSame() =>
        Prop.ForAll(
                AnyReadings.Thresholds.ToArbitrary(),
                AnyReadings.Arrivals.ToArbitrary(),
                (threshold, arrivals) =>
                    AreSame(
                        ThresholdReplay.Of(threshold, Known(arrivals)),
                        ThresholdReplay.Of(threshold, Known([.. arrivals.OrderBy(arrival => arrival.Hour)]))
                    )
            )
            .QuickCheckThrowOnFailure();

    /// <summary>From the hour that the history names, with the readings of the windows before it, a replay says what one of everything says.</summary>
    [Fact]
    public void Replay_FromTheHourItNeeds_IsTheEndOfAReplayOfEverything() =>
        Prop.ForAll(
                AnyReadings.Thresholds.ToArbitrary(),
                AnyReadings.ArrivalsAndHour.ToArbitrary(),
                (threshold, any) =>
                {
                    var (arrivals, changed) = any;
                    var whole = ThresholdReplay.Of(threshold, Known(arrivals));
                    var from = whole.ReplayFrom(Hour(changed));
                    var first = from.Shift(-threshold.HoursBefore);
                    var needed = HourlyReadings.Of(
                        arrivals
                            .Select(arrival => new Reading(Hour(arrival.Hour), arrival.Value))
                            .Where(each => each.Hour >= first)
                    );
                    var tail = ThresholdReplay.Of(threshold, needed, from);
                    return whole
                        .Levels.Zip(tail.Levels)
                        .All(pair =>
                            pair.First.Crossings.Where(crossing => crossing.Since >= from).SequenceEqual(pair.Second.Crossings)
                            && !pair.First.Crossings.Any(crossing => crossing.Since < from && !(crossing.Until < Hour(changed)))
                        );
                }
            )
            .QuickCheckThrowOnFailure();

    /// <summary>Windows that slide along say what windows made anew for each hour say; and a level that is up was reached.</summary>
    [Fact]
    public void StateAt_AnyHour_HasTheFigureOfItsWindow() =>
        Prop.ForAll(
                AnyReadings.Thresholds.ToArbitrary(),
                AnyReadings.ArrivalsAndHour.ToArbitrary(),
                (threshold, any) =>
                {
                    var (arrivals, hour) = any;
                    var known = arrivals.ToDictionary(arrival => arrival.Hour, arrival => arrival.Value);
                    var readings = Known(arrivals);
                    return ThresholdReplay
                        .StateAt(threshold, readings, Hour(hour))
                        .All(state =>
                            state.Now?.Value == Window(threshold, known, hour)
                            && (state.Standing == LevelStanding.Up) == state.Crossing is { IsOpen: true }
                            && (
                                state.Crossing is not { } crossing
                                || crossing.Start.Value >= state.Level.At
                                    && crossing.Start.Value == Window(threshold, known, crossing.Since.Index - First.Index)
                                    && crossing.Peak.Value >= crossing.Start.Value
                            )
                        );
                }
            )
            .QuickCheckThrowOnFailure();

    private static IEnumerable<(int Hour, decimal? Value)> Stated((int Hour, decimal Value)[] arrivals) =>
        arrivals.Select(arrival => (arrival.Hour, (decimal?)arrival.Value));

    private static decimal? Window(Threshold threshold, Dictionary<int, decimal> known, int hour)
    {
        if (threshold.Kind == ThresholdKind.Sum)
        {
            var there = Enumerable
                .Range(hour - threshold.Hours + 1, threshold.Hours)
                .Where(each => known.TryGetValue(each, out var value) && value >= 0m)
                .ToList();
            return there.Count == 0 ? null : there.Sum(each => known[each]);
        }
        if (!known.TryGetValue(hour, out var now))
            return null;
        if (threshold.Kind == ThresholdKind.Value)
            return now;
        return known.TryGetValue(hour - threshold.Hours, out var start) ? (now - start) / threshold.Hours : null;
    }

    /// <summary>Looks after each arrival, as a worker does.</summary>
    private static List<Transition> Tell(
        Threshold threshold,
        IEnumerable<(int Hour, decimal? Value)> arrivals,
        out ThresholdHistory last
    )
    {
        var known = new Dictionary<int, decimal>();
        var told = new List<Transition>();
        last = ThresholdReplay.Of(threshold, Of());
        foreach (var (hour, value) in arrivals)
        {
            if (value is { } number)
                known[hour] = number;
            else
                known.Remove(hour);
            var next = ThresholdReplay.Of(threshold, Known([.. known.Select(each => (each.Key, each.Value))]));
            told.AddRange(ThresholdTransitions.Between(last, next));
            last = next;
        }
        return told;
    }

    private static bool TakesTurns(List<Transition> told, ThresholdHistory last) =>
        last.Levels.All(level =>
        {
            var isUp = false;
            foreach (var transition in told.Where(each => each.Level.Code == level.Level.Code))
            {
                if (transition.Kind == TransitionKind.Missed)
                    continue;
                if (isUp == (transition.Kind == TransitionKind.Raised))
                    return false;
                isUp = !isUp;
            }
            return isUp == level.Open is not null;
        });

    private static bool IsEachOnce(List<Transition> told, ThresholdHistory last) =>
        last.Levels.All(level =>
        {
            var kinds = told.Where(each => each.Level.Code == level.Level.Code).ToLookup(each => each.Kind);
            var (raised, resolved, missed) = (
                kinds[TransitionKind.Raised].Count(),
                kinds[TransitionKind.Resolved].Count(),
                kinds[TransitionKind.Missed].Count()
            );
            return raised + missed == level.Crossings.Count
                && resolved + missed == level.Crossings.Count(crossing => !crossing.IsOpen)
                && !kinds[TransitionKind.Withdrawn].Any();
        });

    private static HourlyReadings Known((int Hour, decimal Value)[] readings) =>
        HourlyReadings.Of(readings.Select(reading => new Reading(Hour(reading.Hour), reading.Value)));

    private static bool AreSame(ThresholdHistory one, ThresholdHistory other) =>
        one.Levels.Zip(other.Levels).All(pair => pair.First.Crossings.SequenceEqual(pair.Second.Crossings));
}
