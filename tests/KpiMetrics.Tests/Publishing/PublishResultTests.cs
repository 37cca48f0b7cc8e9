using KpiMetrics.Pipeline.Publishing;
using KpiMetrics.Worker.Api.Metrics;

namespace KpiMetrics.Tests.Publishing;

public sealed class PublishResultTests
{
    private static readonly DateTimeOffset Early = new(2026, 11, 20, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Add_TwoRounds_CountsBothAndKeepsTheOldestChange()
    {
        var none = new PublishResult(0, 0, 0);
        var early = new PublishResult(1, 2, 3) { OldestMarkedAt = Early };
        var late = new PublishResult(4, 5, 6) { OldestMarkedAt = Early.AddSeconds(9) };

        Assert.Equal(new PublishResult(5, 7, 9) { OldestMarkedAt = Early }, none + early + late);
        Assert.Equal(Early, (late + early + none).OldestMarkedAt);
        Assert.Null((none + none).OldestMarkedAt);
    }

    [Fact]
    public void Published_ARun_IsCountedWithItsLag()
    {
        using var meters = new KpiMeters();
        var seen = new List<(string Name, double Value, object? Outcome)>();
        using var listener = new System.Diagnostics.Metrics.MeterListener();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Meter.Scope == meters)
                self.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((of, value, tags, _) => seen.Add((of.Name, value, tags[0].Value)));
        listener.SetMeasurementEventCallback<double>((of, value, _, _) => seen.Add((of.Name, value, null)));
        listener.Start();

        meters.Published(new PublishResult(7, 2, 1), TimeSpan.FromSeconds(3));
        meters.Published(new PublishResult(0, 0, 0), null);

        Assert.Equal(7, seen.Where(one => one is { Name: "kpi_points_total", Outcome: "written" }).Sum(one => one.Value));
        Assert.Equal(2, seen.Where(one => one is { Name: "kpi_points_total", Outcome: "deleted" }).Sum(one => one.Value));
        Assert.Equal(1, seen.Where(one => one is { Name: "kpi_points_total", Outcome: "refused" }).Sum(one => one.Value));
        Assert.Equal(3, Assert.Single(seen, one => one.Name == "kpi_publish_lag_seconds").Value);
    }
}
