using KpiMetrics.Benchmarks.Detect;
using KpiMetrics.Core.Quality.Detectors;

namespace KpiMetrics.Tests.Quality.Detectors;

/// <summary>The benchmark's table, smaller and with another seed: it must not get worse.</summary>
public sealed class DetectBenchmarkTest
{
    // Sampling noise of 100 wrong figures a kind is below this.
    private const double Slack = 0.04;

    [Fact]
    public void Detectors_MadeErrors_AreFoundByKindWithoutFalseAlarms()
    {
        var trial = Trial.Of(seed: 41, perKind: 100, new("usual"));

        Assert.All(
            CaseMaker.Kinds,
            kind => Assert.True(trial.Named(kind).F1 >= 0.80 - Slack, $"{kind.Code()}: {trial.Named(kind)}")
        );
        Assert.True(trial.Named().F1 >= 0.85, $"{trial.Named()}");
        Assert.True(trial.FalseAlarms * 200 < trial.Clean, $"{trial.FalseAlarms} of {trial.Clean} clean figures");
        Assert.All(TextbookPeer.All, peer => Assert.True(trial.Flagged(peer).F1 < trial.Flagged().F1, peer.Name));
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
}
