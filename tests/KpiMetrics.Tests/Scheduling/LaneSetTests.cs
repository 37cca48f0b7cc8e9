using System.Diagnostics.Metrics;
using KpiMetrics.Worker.Api.Metrics;
using KpiMetrics.Worker.Scheduling.Lanes;
using Microsoft.Extensions.Logging.Abstractions;
using static KpiMetrics.Tests.Scheduling.LaneWork;

namespace KpiMetrics.Tests.Scheduling;

public sealed class LaneSetTests : IDisposable
{
    private readonly LaneWork work = new();
    private readonly KpiMeters meters = new();
    private readonly LaneSet lanes;

    // The first letters of an indicator name its sources: S-1 is served by S, ST-1 by S and T, -1 by none.
    public LaneSetTests() =>
        lanes = new(
            new(duty => [.. duty.Indicator.TakeWhile(char.IsLetter).Select(letter => letter.ToString())], _ => 2, _ => false),
            work.RunAsync,
            meters,
            NullLogger<LaneSet>.Instance,
            TimeProvider.System
        );

    public void Dispose()
    {
        lanes.Dispose();
        meters.Dispose();
        work.Dispose();
    }

    [Fact]
    public async Task Ring_OneSourceHangs_TheOthersAreServedAtOnce()
    {
        for (var i = 0; i < 100; i++)
        {
            work.Hold(Duty($"H-{i}"));
            lanes.Ring(Duty($"H-{i}"), 9);
        }
        await work.BegunAsync(2);
        for (var i = 0; i < 100; i++)
            lanes.Ring(Duty($"S-{i}"), 0);

        await work.BegunAsync(100);

        Assert.Equal(98, lanes.All.Single(lane => lane.Name == "H").Waiting);
        Assert.Equal(100, work.Began.Count(run => run.Source == "S"));
    }

    [Fact]
    public async Task Ring_ADutyOfTwoSourcesOrNone_GoesToEachOrToTheBuiltInLane()
    {
        lanes.Ring(Duty("ST-1"), 5);
        lanes.Ring(Duty("-1"), 5);

        await work.BegunAsync(3);

        Assert.Equal(["S", "T", LaneSet.BuiltIn], work.Began.Select(run => run.Source).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Limit_OfASourceByOperations_HoldsForItsLaneAndGoesBackWithoutThem()
    {
        lanes.Limit(new Dictionary<string, int> { ["S"] = 1 });
        lanes.Ring(Duty("S-1"), 5);
        lanes.Ring(Duty("T-1"), 5);
        await work.BegunAsync(2);
        Assert.Equal([1, 2], lanes.All.OrderBy(lane => lane.Name).Select(lane => lane.Limit));

        lanes.Limit(new Dictionary<string, int> { ["T"] = 7 });

        Assert.Equal([2, 7], lanes.All.OrderBy(lane => lane.Name).Select(lane => lane.Limit));
    }

    [Fact]
    public async Task Metrics_OfALane_SayHowManyWaitAndWorkAndHowLong()
    {
        var seen = new Dictionary<(string Name, string Source), double>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Meter.Scope == meters && instrument.Name.StartsWith("kpi_lane_", StringComparison.Ordinal))
                self.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => See(instrument.Name, value, tags));
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => See(instrument.Name, value, tags));
        foreach (var number in Enumerable.Range(0, 5))
        {
            work.Hold(Duty($"M-{number}"));
            lanes.Ring(Duty($"M-{number}"), 5);
        }
        await work.BegunAsync(2);

        listener.Start();
        listener.RecordObservableInstruments();

        Assert.Equal(3, seen[("kpi_lane_waiting", "M")]);
        Assert.Equal(2, seen[("kpi_lane_running", "M")]);
        Assert.Equal(2, seen[("kpi_lane_limit", "M")]);
        Assert.InRange(seen[("kpi_lane_oldest_wait_seconds", "M")], 1e-9, 20);

        void See(string name, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
            seen[(name, (string?)tags[0].Value ?? "")] = value;
    }

    [Fact]
    public async Task Stop_AllHang_ReturnsWithinTheDeadlineAndRingsAreNoLongerTaken()
    {
        foreach (var source in "ABC")
        {
            work.Hold(Duty($"{source}-1"));
            lanes.Ring(Duty($"{source}-1"), 5);
        }
        await work.BegunAsync(3);

        await lanes.StopAsync(TimeSpan.FromMilliseconds(20), TestContext.Current.CancellationToken);
        lanes.Ring(Duty("A-2"), 5);

        Assert.All(lanes.All, lane => Assert.Equal((0, 0), (lane.Running, lane.Waiting)));
        Assert.Equal(3, work.Began.Count);
    }
}
