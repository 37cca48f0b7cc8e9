using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Periods;
using KpiMetrics.Core.Quality.Thresholds;
using KpiMetrics.Pipeline.Catalog;
using KpiMetrics.Tests.Derivation.RealData;
using KpiMetrics.Tests.Support;

namespace KpiMetrics.Tests.Quality.Thresholds;

/// <summary>
/// The floods of October 2010 at Lệ Thủy, Quảng Bình, hour by hour: each level is raised once on the way up and resolved once on the way
/// down. The figures beside the hours are read from the table, the sums made by hand from its hours.
/// </summary>
public sealed class FloodOf2010Test
{
    private readonly HourlyRain hours = new();

    private static IndicatorSet Set { get; } =
        CatalogReader
            .Read(Path.Combine(Repository.Root, "seeds", "areas", "provinces.yaml"), Case.PathOf("flood/flood.yaml"))
            .Snapshot?.FindSet("flood")
        ?? throw new InvalidOperationException("flood.yaml has faults.");

    /// <summary>
    /// Báo động I 1.20, II 2.20, III 2.70 m, falling back below 1.00, 2.00, 2.50. On the first way up the river stood at 2.70 and 2.73 about
    /// midnight, at 2.60 at 05:00, and at 2.70 again at 07:00: one alert, not two. In November it reached I alone.
    /// </summary>
    [Fact]
    public void RiverLevel_TwoFloods_EachAlertLevelOnceUpAndOnceDown() =>
        Assert.Equal(
            [
                "10-02T08 Raised bao-dong-1 1.25", // 07:00 1.17
                "10-03T19 Raised bao-dong-2 2.25", // 18:00 2.02
                "10-03T23 Raised bao-dong-3 2.7", // 22:00 2.66
                "10-07T07 Resolved bao-dong-3 2.48", // 06:00 2.51; peak 3.81 at 02:00 on the 5th
                "10-08T06 Resolved bao-dong-2 1.979", // 05:00 2.00, which is not below
                "10-12T02 Resolved bao-dong-1 0.992", // 01:00 1.00
                "10-14T13 Raised bao-dong-1 1.2", // 12:00 1.13
                "10-15T16 Raised bao-dong-2 2.3", // 15:00 2.19
                "10-16T22 Raised bao-dong-3 2.74", // 21:00 2.54
                "10-18T07 Resolved bao-dong-3 2.49", // 06:00 2.524; peak 3.16 at 03:00 on the 17th
                "10-21T02 Resolved bao-dong-2 1.984", // 01:00 2.00
                "10-25T08 Resolved bao-dong-1 0.993", // 07:00 1.00
                "11-16T09 Raised bao-dong-1 1.22", // 08:00 1.17
                "11-21T06 Resolved bao-dong-1 0.997", // 05:00 1.004
            ],
            Replay("FL-02.01", "muc-nuoc", "lethuy", hours.Levels).Select(Line)
        );

    /// <summary>0.2 m an hour over three hours: (2.25 - 1.62) / 3 = 0.21 at 19:00, 0.09 at 23:00; (2.02 - 1.41) / 3 on the 15th at 14:00.</summary>
    [Fact]
    public void RiverRise_TwoFloods_IsRaisedAheadOfTheHigherLevels() =>
        Assert.Equal(
            [
                "10-03T19 Raised tu-20cm 0.21",
                "10-03T23 Resolved tu-20cm 0.09", // (2.70 - 2.43) / 3
                "10-15T14 Raised tu-20cm 0.203", // two hours before báo động II
                "10-15T18 Resolved tu-20cm 0.037", // (2.30 - 2.19) / 3
            ],
            Replay("FL-02.01", "len-nhanh", "lethuy", hours.Levels).Select(Line)
        );

    /// <summary>
    /// 100 and 200 mm in 24 hours, falling back below 90 and 190. From 18:00 on the 3rd to 17:00 on the 4th it rained 3.8 + 9 + 2.4 + 9.8 + 0 + 1.4 = 26.4
    /// and then 190.0 mm: 216.4. An hour earlier it was 189.0, as 27.4 mm fell in the last hour and none in the one that left the window.
    /// </summary>
    [Fact]
    public void Rain24Hours_EachWetSpell_OnceUpAndOnceDown() =>
        Assert.Equal(
            [
                "10-04T04 Raised tu-100 111.8", // 03:00 94.0
                "10-04T17 Raised tu-200 216.4",
                "10-05T01 Resolved tu-200 187.6", // 00:00 190.2
                "10-05T09 Resolved tu-100 69.6", // 08:00 96.4; the 26.8 mm of 09:00 on the 4th left the window
                "10-14T12 Raised tu-100 100.6",
                "10-15T10 Resolved tu-100 87.2",
                "10-15T20 Raised tu-100 105.8",
                "10-17T19 Resolved tu-100 88.4",
                "10-19T02 Raised tu-100 102.4",
                "10-20T00 Resolved tu-100 71.8",
                "12-07T15 Raised tu-100 101.6",
                "12-08T02 Resolved tu-100 81.6",
            ],
            Replay("FL-01.01", "mua-24h", "lethuy", hours.RainAt("lethuy")).Select(Line)
        );

    /// <summary>
    /// 21.4 + 6.4 + 11.2 + 20 + 21.2 + 26.8 = 107.0 in the six hours to 10:00 on the 4th; 12 + 6 + 5.4 + 6.2 + 18.6 + 54.4 = 102.6 on the 16th, of which
    /// 54.4 mm in its last hour.
    /// </summary>
    [Fact]
    public void Rain6And1Hours_OnceUpAndOnceDown()
    {
        Assert.Equal(
            [
                "10-04T09 Raised tu-100 107",
                "10-04T12 Resolved tu-100 77", // 20 + 21.2 + 26.8 + 7.2 + 0.8 + 1; an hour before 87.2
                "10-16T22 Raised tu-100 102.6",
                "10-17T03 Resolved tu-100 63.2", // 54.4 + 3.4 + 1.6 + 2.2 + 0.6 + 1; an hour before 80.8
            ],
            Replay("FL-01.01", "mua-6h", "lethuy", hours.RainAt("lethuy")).Select(Line)
        );
        Assert.Equal(
            ["10-16T22 Raised tu-50 54.4", "10-16T23 Resolved tu-50 3.4"],
            Replay("FL-01.01", "mua-1h", "lethuy", hours.RainAt("lethuy")).Select(Line)
        );
    }

    [Fact]
    public void Sentences_OfTheFirstFlood_ReadAsBulletinsDo()
    {
        var (measure, threshold) = Find("FL-02.01", "muc-nuoc", "lethuy");
        var said = ThresholdVietnamese.For(measure, threshold, "Lệ Thủy");
        var told = Replay("FL-02.01", "muc-nuoc", "lethuy", hours.Levels).ToList();

        Assert.Equal(
            "Mực nước sông Kiến Giang tại Lệ Thủy 2,25 m (19h 03/10), trên báo động II (2,2 m) 0,05 m.",
            said.Sentence(told[1])
        );
        Assert.Equal("Mực nước sông Kiến Giang tại Lệ Thủy 2,7 m (23h 03/10), đạt báo động III (2,7 m).", said.Sentence(told[2]));
        Assert.Equal(
            "Mực nước sông Kiến Giang tại Lệ Thủy 2,48 m (07h 07/10), đã xuống dưới báo động III (2,7 m); cao nhất 3,81 m (02h 05/10), kéo dài từ 23h 03/10.",
            said.Sentence(told[3])
        );
    }

    /// <summary>
    /// October's hours arrive up to nine hours late and out of order: at the end each crossing was told once when it began and once when it
    /// ended, the same ones as in order.
    /// </summary>
    [Theory]
    [InlineData("FL-02.01", "muc-nuoc")]
    [InlineData("FL-02.01", "len-nhanh")]
    [InlineData("FL-01.01", "mua-24h")]
    [InlineData("FL-01.01", "mua-6h")]
    public void Replay_HoursArriveLateAndOutOfOrder_EachCrossingIsToldOnce(string measure, string code)
    {
        var (_, threshold) = Find(measure, code, "lethuy");
        var october = (measure == "FL-02.01" ? hours.Levels : hours.RainAt("lethuy")).Where(hour => hour.Hour.Month == 10);
        var random = new Random(2010);
        var arrivals = october
            .Select(hour => (At: hour.Hour.AddHours(random.Next(10)), Reading: ReadingOf(hour)))
            .OrderBy(arrival => arrival.At)
            .Select(arrival => arrival.Reading)
            .ToList();
        var known = new List<Reading>();
        var told = new List<Transition>();
        var last = ThresholdReplay.Of(threshold, HourlyReadings.Of(known));
        foreach (var reading in arrivals)
        {
            known.Add(reading);
            var next = ThresholdReplay.Of(threshold, HourlyReadings.Of(known));
            told.AddRange(ThresholdTransitions.Between(last, next));
            last = next;
        }

        var inOrder = ThresholdReplay.Of(threshold, HourlyReadings.Of(arrivals.OrderBy(reading => reading.Hour)));
        Assert.All(
            inOrder.Levels.Zip(last.Levels),
            pair =>
            {
                Assert.Equal(pair.First.Crossings, pair.Second.Crossings);
                var kinds = told.Where(each => each.Level == pair.First.Level).ToLookup(each => each.Kind);
                var missed = kinds[TransitionKind.Missed].Count();
                Assert.Equal(pair.First.Crossings.Count, kinds[TransitionKind.Raised].Count() + missed);
                Assert.Equal(
                    pair.First.Crossings.Count(crossing => !crossing.IsOpen),
                    kinds[TransitionKind.Resolved].Count() + missed
                );
                Assert.Empty(kinds[TransitionKind.Withdrawn]);
            }
        );
    }

    /// <summary>Each hour as it comes, with no more read again than the last history says is needed.</summary>
    private static IEnumerable<Transition> Replay(
        string measure,
        string code,
        string station,
        IEnumerable<(DateTime Hour, decimal Value)> table
    )
    {
        var (_, threshold) = Find(measure, code, station);
        var known = new Dictionary<Period, decimal>();
        var history = ThresholdReplay.Of(threshold, HourlyReadings.Of([]));
        foreach (var reading in table.Select(ReadingOf))
        {
            var from = history.ReplayFrom(reading.Hour);
            var before = Known(from, reading.Hour);
            known[reading.Hour] = reading.Value;
            history = ThresholdReplay.Of(threshold, Known(from, reading.Hour), from);
            foreach (var transition in ThresholdTransitions.Between(ThresholdReplay.Of(threshold, before, from), history))
                yield return transition;
        }

        HourlyReadings Known(Period from, Period to) =>
            HourlyReadings.Of(
                Enumerable
                    .Range(from.Index - threshold.HoursBefore, to.Index - from.Index + threshold.HoursBefore + 1)
                    .Select(index => Period.FromIndex(Frequency.Hour, index))
                    .Where(known.ContainsKey)
                    .Select(hour => new Reading(hour, known[hour]))
            );
    }

    private static (Measure Measure, Threshold Threshold) Find(string measure, string code, string station)
    {
        var found = Set.Measures.Single(each => each.Code == measure);
        var area = new Area
        {
            Code = "VN",
            Name = "Việt Nam",
            Level = AreaLevel.Country,
            From = new(1945, 9, 2),
        };
        return (found, SeriesThresholds.For(found, area, station).Single(threshold => threshold.Code == code));
    }

    private static Reading ReadingOf((DateTime Hour, decimal Value) hour) =>
        new(Period.At(Frequency.Hour, hour.Hour), hour.Value);

    /// <summary>The hour of the figure that raised or resolved, by its place in the year, and the figure.</summary>
    private static string Line(Transition transition)
    {
        var crossing = transition.Crossing;
        var measured = transition.Kind == TransitionKind.Resolved ? crossing.End.GetValueOrDefault() : crossing.Start;
        return FormattableString.Invariant(
            $"{measured.Hour.Start:MM-dd'T'HH} {transition.Kind} {transition.Level.Code} {measured.Value:0.###}"
        );
    }
}
