using System.Diagnostics;
using KpiMetrics.Core.Periods;
using KpiMetrics.Worker.Scheduling.Changes;
using Quartz;
using static KpiMetrics.Tests.Scheduling.ScheduleWorld;

namespace KpiMetrics.Tests.Scheduling;

public sealed class JobSyncTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 14, 0, 0, TimeSpan.FromHours(7));

    private static readonly string[] Usual = ["other/T-D/M", "test/T-C/D", "test/T-D/D", "test/T-D/M"];

    // What DESIGN asks for, and not more.
    private static readonly TimeSpan Live = TimeSpan.FromSeconds(2);

    [Fact]
    public async Task Run_AtStart_OneJobForEachDutyInForceAndNoHoursWithoutAnEmergency()
    {
        await using var world = await CreateAsync();

        Assert.Equal(Usual, await SyncAsync(world, Now));
        Assert.Empty(world.Worked);
    }

    [Fact]
    public async Task Run_AnEmergencyComesAndGoes_ItsHoursHaveAJobMeanwhileAndAreRungAtOnce()
    {
        await using var world = await CreateAsync();
        await SyncAsync(world, Now);

        world.Emergencies[Duty("T-C", Frequency.Hour)] = true;
        Assert.Equal([.. Usual.Append("test/T-C/H").Order(StringComparer.Ordinal)], await SyncAsync(world, Now.AddSeconds(1)));
        await UntilAsync(() => world.Worked.Contains(Duty("T-C", Frequency.Hour)), Live);
        world.Emergencies.Clear();

        Assert.Equal(Usual, await SyncAsync(world, Now.AddSeconds(2)));
    }

    [Fact]
    public async Task Run_AfterLocalMidnight_TheIndicatorInForceFromThatDayHasItsJob()
    {
        await using var world = await CreateAsync();
        var midnight = new DateTimeOffset(2027, 1, 1, 0, 0, 0, TimeSpan.FromHours(7));

        Assert.Equal(Usual, await SyncAsync(world, midnight.AddSeconds(-1)));
        Assert.Equal([.. Usual, "test/T-Y/A"], await SyncAsync(world, midnight));
    }

    [Fact]
    public async Task Run_PausedResumedReverted_TheJobGoesAndComesBackAndIsRung()
    {
        await using var world = await CreateAsync();
        await SyncAsync(world, Now);

        await world.ChangeAsync(new("test/T-D", "an", "thử") { Paused = true }, Now);
        Assert.Equal(["other/T-D/M", "test/T-C/D"], await SyncAsync(world, Now));
        await world.ChangeAsync(new("test/T-D/M", "an", "thử") { Paused = false }, Now);
        Assert.Equal(["other/T-D/M", "test/T-C/D", "test/T-D/M"], await SyncAsync(world, Now));
        await UntilAsync(() => world.Worked.Contains(Duty("T-D", Frequency.Month)), Live);
        await world.Desk.RevertAsync("test/T-D", "an", "lại", Now, Token);

        Assert.Equal(Usual, await SyncAsync(world, Now));
    }

    [Fact]
    public async Task Run_AnotherCronAndItsRevert_MoveTheNextFire()
    {
        await using var world = await CreateAsync();
        await SyncAsync(world, Now);
        var before = (await world.JobsAsync())["test/T-D/M"];

        await world.ChangeAsync(new("test/T-D/M", "an", "thử") { Cron = "0 30 9 6 * ?" }, Now);
        await SyncAsync(world, Now);
        Assert.Equal(new DateTimeOffset(2026, 12, 6, 2, 30, 0, TimeSpan.Zero), (await world.JobsAsync())["test/T-D/M"]);
        await world.Desk.RevertAsync("test/T-D/M", "an", "lại", Now, Token);
        await SyncAsync(world, Now);

        Assert.Equal(before, (await world.JobsAsync())["test/T-D/M"]);
    }

    [Fact]
    public async Task Run_ACronThatIsOverByNow_TheBuiltInIsUsedAndTheOthersStay()
    {
        await using var world = await CreateAsync();
        await world.ChangeAsync(new("test/T-D/M", "an", "thử") { Cron = "0 0 6 * * ? 2026" }, Now);
        await SyncAsync(world, Now);
        Assert.Equal("0 0 6 * * ? 2026", world.Sync.Plan.Find(Duty("T-D", Frequency.Month))?.Cron);

        Assert.Equal([.. Usual, "test/T-Y/A"], await SyncAsync(world, Now.AddYears(1)));

        Assert.EndsWith(" * * * ?", world.Sync.Plan.Find(Duty("T-D", Frequency.Month))?.Cron, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_AStoreThatOthersFilled_IsBroughtToThePlanAndWhatIsRightIsLeftAlone()
    {
        await using var world = await CreateAsync();
        var scheduler = await world.SchedulerAsync();
        await SyncAsync(world, Now);
        await scheduler.DeleteJob(new("test/T-C/D", "collect"), Token);
        await PutAsync(scheduler, "gone/X-01/D", "0 0 0 * * ?");
        await PutAsync(scheduler, "test/T-D/M", "0 0 0 1 1 ?");
        var before = await scheduler.GetTrigger(new("test/T-D/D", "collect"), Token);

        await world.Another().RunAsync(scheduler, Now.AddHours(1), Token, isShared: true);

        Assert.Equal(Usual, await NamesAsync(scheduler));
        Assert.Equal(before?.StartTimeUtc, (await scheduler.GetTrigger(new("test/T-D/D", "collect"), Token))?.StartTimeUtc);
        var monthly = Assert.IsType<ICronTrigger>(
            await scheduler.GetTrigger(new("test/T-D/M", "collect"), Token),
            exactMatch: false
        );
        Assert.Equal(world.Sync.Plan.Find(Duty("T-D", Frequency.Month))?.Cron, monthly.CronExpressionString);
        Assert.Empty(world.Worked);
    }

    [Fact]
    public async Task Run_AnotherBuildAddsWhatOnlyItKnows_ItStaysAndWhatIsMissingComesBackWithinAMinute()
    {
        await using var world = await CreateAsync();
        var scheduler = await world.SchedulerAsync();
        await world.Sync.RunAsync(scheduler, Now, Token, isShared: true);
        await PutAsync(scheduler, "next/X-01/D", "0 0 0 * * ?");
        await scheduler.DeleteJob(new("test/T-C/D", "collect"), Token);

        await world.Sync.RunAsync(scheduler, Now.AddSeconds(59), Token, isShared: true);
        Assert.Equal(3, (await NamesAsync(scheduler)).Count(name => !name.StartsWith("next", StringComparison.Ordinal)));
        await world.Sync.RunAsync(scheduler, Now.AddSeconds(60), Token, isShared: true);

        Assert.Equal([.. Usual.Append("next/X-01/D").Order(StringComparer.Ordinal)], await NamesAsync(scheduler));
    }

    [Fact]
    public async Task Worker_AChangeByAnotherProcess_IsLiveWithinTwoSeconds()
    {
        await using var world = await CreateAsync();
        await world.StartAsync();
        await UntilAsync(() => world.Sync.Plan.Jobs.Count == 4, TimeSpan.FromSeconds(20));
        Assert.DoesNotContain(Duty("T-D", Frequency.Month), world.Worked);

        await LiveAsync(
            new("test/T-D/M", "an", "thử") { Cron = "0 30 9 6 * ?", Priority = 8 },
            () => world.Sync.Plan.Find(Duty("T-D", Frequency.Month)) is { Cron: "0 30 9 6 * ?", Priority: 8 }
        );
        await LiveAsync(
            new("test/T-D", "an", "thử") { Paused = true },
            () => world.Sync.Plan.Find(Duty("T-D", Frequency.Month)) is { IsPaused: true }
        );
        await LiveAsync(
            new("test/T-D", "an", "thử") { Paused = false },
            () => world.Worked.Contains(Duty("T-D", Frequency.Month))
        );

        async Task LiveAsync(ScheduleChange change, Func<bool> isSo)
        {
            var watch = Stopwatch.StartNew();
            Assert.NotNull((await world.ChangeAsync(change, TimeProvider.System.GetUtcNow())).Done);
            await UntilAsync(isSo, TimeSpan.FromSeconds(20));
            Assert.InRange(watch.Elapsed, TimeSpan.Zero, Live);
        }
    }

    [Fact]
    public async Task Worker_ADutyThatFires_IsDoneByItsLane()
    {
        await using var world = await CreateAsync();
        var change = new ScheduleChange("test/T-D/D", "an", "thử") { Cron = "0/10 * * * * ?" };
        Assert.NotNull((await world.ChangeAsync(change, TimeProvider.System.GetUtcNow())).Done);

        await world.StartAsync();

        await UntilAsync(() => world.Worked.Contains(Duty("T-D", Frequency.Day)), TimeSpan.FromSeconds(30));
    }

    private static async Task PutAsync(IScheduler scheduler, string name, string cron)
    {
        var job = JobBuilder.Create<AnyJob>().WithIdentity(name, "collect").Build();
        var trigger = TriggerBuilder.Create().ForJob(job).WithIdentity(name, "collect").WithCronSchedule(cron).Build();
        await scheduler.ScheduleJob(job, trigger, ScheduleJobOptions.Replacing, Token);
    }

    private static async Task<IReadOnlyList<string>> NamesAsync(IScheduler scheduler)
    {
        var triggers = await scheduler.QueryTriggers(new() { Group = GroupMatcher<TriggerKey>.GroupEquals("collect") }, Token);
        return [.. triggers.Items.Select(trigger => trigger.Key.Name).Order(StringComparer.Ordinal)];
    }

    private static async Task<IReadOnlyList<string>> SyncAsync(ScheduleWorld world, DateTimeOffset at)
    {
        await world.Sync.RunAsync(await world.SchedulerAsync(), at, Token);
        return [.. (await world.JobsAsync()).Keys.Order(StringComparer.Ordinal)];
    }

    private sealed class AnyJob : IJob
    {
        public ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) =>
            ValueTask.CompletedTask;
    }
}
