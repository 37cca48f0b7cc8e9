using KpiMetrics.Benchmarks.Detect;
using KpiMetrics.Core.Quality.Detectors;

namespace KpiMetrics.Tests.Quality.Detectors;

/// <summary>The benchmark's two tables, smaller and with other seeds: they must not get worse.</summary>
public sealed class DetectBenchmarkTest
{
    // Sampling noise of 100 wrong figures a kind is below this.
    private const double Slack = 0.04;

    // So much at least the best of the textbook's tests lies below, whatever an error is called.
    private const double LeastLead = 0.2;

    [Fact]
    public void Detectors_MadeErrors_AreFoundByKindWithoutFalseAlarms()
    {
        var trial = Trial.Of(seed: 41, perKind: 100, new("usual"));

        Assert.All(
            CaseMaker.Kinds,
            kind => Assert.True(trial.Named(kind).F1 >= 0.80 - Slack, $"{kind.Code()}: {trial.Named(kind)}")
        );
        Assert.True(trial.Named().F1 >= 0.85, $"{trial.Named()}");
        AlarmsAreFewAndPeersFarBelow(trial);
    }

    /// <summary>8 to 24 figures, of quarters 8 to 15: some have no season yet, and borrow nothing, as most cases bring no other areas.</summary>
    [Fact]
    public void Detectors_MadeErrorsInShortSeries_AreFoundLessOftenButWithoutMoreFalseAlarms()
    {
        var trial = Trial.Of(seed: 43, perKind: 100, new("short", Short: true));

        Assert.True(trial.Named().F1 >= 0.74 - Slack, $"{trial.Named()}");
        Assert.True(trial.Flagged().F1 >= 0.78 - Slack, $"{trial.Flagged()}");
        AlarmsAreFewAndPeersFarBelow(trial);
    }

    [Theory]
    [InlineData("more noise", 0.10, 0.20, 1, 1, false)]
    [InlineData("no season", 0.02, 0.10, 0, 1, false)]
    [InlineData("stronger season and trend", 0.02, 0.10, 2, 3, false)]
    [InlineData("short", 0.02, 0.10, 1, 1, true)]
    public void CleanFigures_OtherSeries_RaiseFewAlarms(
        string name,
        double leastNoise,
        double mostNoise,
        double season,
        double trend,
        bool isShort
    )
    {
        var variation = new Variation(name, leastNoise, mostNoise, season, trend, isShort);
        var random = new Random(7);
        var (clean, alarms) = (0, 0);
        foreach (var shape in Enum.GetValues<Shape>())
        {
            for (var made = 0; made < 400; made++, clean++)
                alarms +=
                    FigureTest.Of(CaseMaker.Clean(random, shape, DetectorKind.Outlier, variation).Figure) is Suspicious ? 1 : 0;
        }
        Assert.True(alarms * 200 < clean, $"{alarms} of {clean} clean figures");
    }

    private static void AlarmsAreFewAndPeersFarBelow(Trial trial)
    {
        Assert.True(trial.FalseAlarms * 200 < trial.Clean, $"{trial.FalseAlarms} of {trial.Clean} clean figures");
        var ours = trial.Flagged();
        Assert.All(
            TextbookPeer.All,
            peer => Assert.True(trial.Flagged(peer).F1 <= ours.F1 - LeastLead, $"{peer.Name}: {trial.Flagged(peer)}, ours {ours}")
        );
    }
}
