using KpiMetrics.Worker.Scheduling.Lanes;
using static KpiMetrics.Tests.Scheduling.LaneWork;

namespace KpiMetrics.Tests.Scheduling;

public sealed class SourceLaneTests : IDisposable
{
    private static readonly LaneRank Usual = new(IsEmergency: false, 5);

    private readonly LaneWork work = new();
    private readonly SourceLane lane;

    public SourceLaneTests() => lane = new("so-y-te", 1, work.RunAsync, work.OnEnded, TimeProvider.System);

    public void Dispose()
    {
        lane.Dispose();
        work.Dispose();
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Ring_MoreThanTheLimit_AtMostSoManyAreAtWork()
    {
        lane.Limit = 2;
        var duties = Enumerable.Range(0, 10).Select(number => Duty($"T-{number}")).ToList();
        duties.ForEach(duty => work.Hold(duty));
        duties.ForEach(duty => lane.Ring(duty, Usual));

        for (var done = 0; done < 8; done++)
        {
            await work.BegunAsync(done == 0 ? 2 : 1);
            Assert.Equal((2, 8 - done), (lane.Running, lane.Waiting));
            work.Release(duties[done]);
            await work.EndedAsync(1);
        }
    }

    [Fact]
    public async Task Limit_RaisedLive_LetsMoreBegin()
    {
        work.Hold(Duty("T-1"));
        work.Hold(Duty("T-2"));
        lane.Ring(Duty("T-1"), Usual);
        lane.Ring(Duty("T-2"), Usual);
        await work.BegunAsync(1);
        Assert.Equal((1, 1), (lane.Running, lane.Waiting));

        lane.Limit = 2;

        await work.BegunAsync(1);
        Assert.Equal((2, 0), (lane.Running, lane.Waiting));
    }

    [Fact]
    public async Task Ring_SeveralWait_EmergenciesThenPriorityThenTheOldestGoFirst()
    {
        work.Hold(Duty("busy"));
        lane.Ring(Duty("busy"), Usual);
        await work.BegunAsync(1);
        lane.Ring(Duty("low"), new(IsEmergency: false, 1));
        lane.Ring(Duty("first"), Usual);
        lane.Ring(Duty("second"), Usual);
        lane.Ring(Duty("high"), new(IsEmergency: false, 9));
        lane.Ring(Duty("emergency"), new(IsEmergency: true, 0));
        lane.Ring(Duty("raised"), new(IsEmergency: false, 0));
        lane.Ring(Duty("raised"), new(IsEmergency: true, 0));

        work.Release(Duty("busy"));
        await work.EndedAsync(7);

        Assert.Equal(
            ["busy", "emergency", "raised", "high", "first", "second", "low"],
            work.Began.Select(run => run.Duty.Indicator)
        );
    }

    [Fact]
    public async Task Ring_ADutyThatWaits_IsNotQueuedTwice()
    {
        work.Hold(Duty("busy"));
        lane.Ring(Duty("busy"), Usual);
        await work.BegunAsync(1);
        for (var i = 0; i < 5; i++)
            lane.Ring(Duty("T-1"), Usual);
        Assert.Equal(1, lane.Waiting);

        work.Release(Duty("busy"));
        await work.EndedAsync(2);

        Assert.Equal((0, 0), (lane.Running, lane.Waiting));
        Assert.Equal(2, work.Began.Count);
    }

    [Fact]
    public async Task Ring_ADutyAtWork_IsDoneOnceMoreAfter()
    {
        work.Hold(Duty("T-1"));
        lane.Ring(Duty("T-1"), Usual);
        await work.BegunAsync(1);
        for (var i = 0; i < 5; i++)
            lane.Ring(Duty("T-1"), Usual);
        Assert.Equal((1, 0), (lane.Running, lane.Waiting));

        work.Release(Duty("T-1"));
        await work.EndedAsync(2);

        Assert.Equal((0, 0), (lane.Running, lane.Waiting));
        Assert.Equal(2, work.Began.Count);
    }

    [Fact]
    public async Task Ring_WorkThatThrows_IsToldAndTheNextIsServed()
    {
        using var failing = new SourceLane(
            "so-y-te",
            1,
            (duty, _, _) => duty == Duty("bad") ? throw new InvalidOperationException("no") : Task.FromResult("done"),
            work.OnEnded,
            TimeProvider.System
        );
        failing.Ring(Duty("bad"), Usual);
        failing.Ring(Duty("good"), Usual);

        await work.EndedAsync(2);

        Assert.Contains(work.Ended, run => run.Duty == Duty("bad") && run.Fault?.Message == "no");
        Assert.Contains(work.Ended, run => run.Duty == Duty("good") && run is { Fault: null, Outcome: "done" });
    }

    [Fact]
    public async Task Stop_SomeWaitAndOneWorks_DropsTheWaitingAndCancelsTheOtherAfterTheGrace()
    {
        work.Hold(Duty("T-1"));
        lane.Ring(Duty("T-1"), Usual);
        lane.Ring(Duty("T-2"), Usual);
        await work.BegunAsync(1);

        Assert.Equal(0, await lane.StopAsync(TimeSpan.FromMilliseconds(50), Token));
        lane.Ring(Duty("T-3"), Usual);

        Assert.Equal("given back", Assert.Single(work.Ended).Outcome);
        Assert.Equal((0, 0), (lane.Running, lane.Waiting));
    }

    [Fact]
    public async Task Stop_WorkThatEndsInTheGrace_IsNotCancelled()
    {
        work.Hold(Duty("T-1"));
        lane.Ring(Duty("T-1"), Usual);
        await work.BegunAsync(1);

        var stopping = lane.StopAsync(TimeSpan.FromSeconds(20), Token);
        work.Release(Duty("T-1"));

        Assert.Equal(0, await stopping);
        Assert.Equal("done", Assert.Single(work.Ended).Outcome);
    }

    [Fact]
    public async Task Stop_WorkThatDoesNotHearIt_IsGivenUpAtTheDeadline()
    {
        var never = new TaskCompletionSource<string>();
        using var deaf = new SourceLane("so-y-te", 1, (_, _, _) => never.Task, work.OnEnded, TimeProvider.System);
        deaf.Ring(Duty("T-1"), Usual);
        using var deadline = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));

        var left = await deaf.StopAsync(TimeSpan.FromMilliseconds(20), deadline.Token).WaitAsync(TimeSpan.FromSeconds(10), Token);

        Assert.Equal(1, left);
        never.SetResult("late");
    }
}
