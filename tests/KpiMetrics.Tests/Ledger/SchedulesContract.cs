using KpiMetrics.Core.Obligations;
using KpiMetrics.Core.Periods;
using KpiMetrics.Pipeline.Ledger;

namespace KpiMetrics.Tests.Ledger;

/// <summary>What every ledger must do with changes of the schedule, whatever it is kept in.</summary>
public abstract class SchedulesContract
{
    protected static readonly DateTimeOffset Start = new(2026, 11, 20, 8, 0, 0, TimeSpan.FromHours(7));

    private static readonly Duty Hourly = new("lao-cai", "LC-C01", Frequency.Hour);
    private static readonly ScheduleTarget Duty = ScheduleTarget.Of(Hourly);
    private static readonly ScheduleTarget Whole = ScheduleTarget.Of("lao-cai", "LC-C01");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>A new, empty, migrated ledger that also keeps the schedule.</summary>
    protected abstract Task<ILedger> CreateAsync();

    [Fact]
    public async Task Change_OfADuty_IsReadBackWithWhoAndWhy()
    {
        var schedules = (ISchedules)await CreateAsync();
        Assert.Equal(0, await schedules.ReadScheduleRevisionAsync(Token));

        var done = await SetAsync(schedules, Duty, "0 0 6 * * ?", priority: 7);

        Assert.Equal(1, await schedules.ReadScheduleRevisionAsync(Token));
        Assert.Equal(done, Assert.Single(await schedules.ReadScheduleHistoryAsync(Duty, Token)));
        Assert.Equal(("an", "thử", "set", Start), (done.Actor, done.Reason, done.Action, done.At));
        Assert.Equal(ScheduleState.Nothing, done.Before);
        var overrides = await schedules.ReadSchedulesAsync(Token);
        Assert.Equal((1L, "0 0 6 * * ?", 7), (overrides.Revision, overrides.Of(Hourly).Cron, overrides.Of(Hourly).Priority));
    }

    [Fact]
    public async Task Change_OfOneThing_LeavesTheOthers()
    {
        var schedules = (ISchedules)await CreateAsync();
        await SetAsync(schedules, Duty, "0 0 6 * * ?", priority: null);
        await SetAsync(schedules, Duty, cron: null, priority: 9);
        await PauseAsync(schedules, Duty, paused: true);

        var state = (await schedules.ReadSchedulesAsync(Token)).Of(Hourly);

        Assert.Equal(("0 0 6 * * ?", 9, true), (state.Cron, state.Priority, state.Paused));
    }

    [Fact]
    public async Task Revert_OnceAndAgain_GoesBackOneChangeEachAndThenNoFurther()
    {
        var schedules = (ISchedules)await CreateAsync();
        await SetAsync(schedules, Duty, "0 0 6 * * ?", priority: null);
        await SetAsync(schedules, Duty, "0 0 7 * * ?", priority: null);

        Assert.Equal("0 0 6 * * ?", (await RevertAsync(schedules, Duty))?.State.Cron);
        await SetAsync(schedules, Duty, "0 0 8 * * ?", priority: null);
        Assert.Equal("0 0 6 * * ?", (await RevertAsync(schedules, Duty))?.State.Cron);
        var last = await RevertAsync(schedules, Duty);

        Assert.Equal(("0 0 6 * * ?", null), (last?.Before.Cron, last?.State.Cron));
        Assert.Null(await RevertAsync(schedules, Duty));
        Assert.Null(await RevertAsync(schedules, Whole));
        Assert.Equal(6, await schedules.ReadScheduleRevisionAsync(Token));
        Assert.Equal(
            ["revert", "revert", "set", "revert", "set", "set"],
            (await schedules.ReadScheduleHistoryAsync(Duty, Token)).Select(version => version.Action)
        );
    }

    [Fact]
    public async Task Change_Each_IsInTheAuditTrail()
    {
        var ledger = await CreateAsync();
        await SetAsync((ISchedules)ledger, Duty, "0 0 6 * * ?", priority: null);
        await RevertAsync((ISchedules)ledger, Duty);

        var trail = await ledger.ReadAuditAsync(10, Token);

        Assert.Equal(["schedule revert", "schedule set"], trail.Select(entry => entry.Action));
        Assert.Equal(
            """{"revision":1,"target":"lao-cai/LC-C01/H","reason":"thử","before":{"cron":null,"paused":null,"priority":null,"concurrency":null},"after":{"cron":"0 0 6 * * ?","paused":null,"priority":null,"concurrency":null}}""",
            trail[1].Details
        );
        Assert.Equal(("an", Start), (trail[1].Actor, trail[1].At));
    }

    [Fact]
    public async Task Overrides_OfDutyAndIndicator_TheDutysCronAndTheLaterWordAboutPausingCount()
    {
        var schedules = (ISchedules)await CreateAsync();
        await SetAsync(schedules, Whole, "0 0 5 * * ?", priority: 3);
        await SetAsync(schedules, Duty, "0 0 6 * * ?", priority: null);
        Assert.Equal(("0 0 6 * * ?", 3, null), await EffectiveAsync());

        await PauseAsync(schedules, Duty, paused: true);
        Assert.True((await EffectiveAsync()).Paused);
        await PauseAsync(schedules, Whole, paused: false);
        Assert.False((await EffectiveAsync()).Paused);
        await PauseAsync(schedules, Duty, paused: true);
        Assert.True((await EffectiveAsync()).Paused);
        await RevertAsync(schedules, Duty);
        Assert.False((await EffectiveAsync()).Paused);

        async Task<(string? Cron, int? Priority, bool? Paused)> EffectiveAsync()
        {
            var state = (await schedules.ReadSchedulesAsync(Token)).Of(Hourly);
            return (state.Cron, state.Priority, state.Paused);
        }
    }

    [Fact]
    public async Task Change_OfASource_IsReadBack()
    {
        var schedules = (ISchedules)await CreateAsync();
        var target = ScheduleTarget.OfSource("so-y-te");
        var edit = new ScheduleEdit(target, "source", "an", "chậm") { Concurrency = 1 };
        await schedules.ChangeScheduleAsync(edit, Start, Token);

        var (key, state) = Assert.Single((await schedules.ReadSchedulesAsync(Token)).States);

        Assert.Equal(("so-y-te", 1), (key.Source, state.Concurrency));
    }

    protected static Task<ScheduleVersion> SetAsync(ISchedules schedules, ScheduleTarget target, string? cron, int? priority) =>
        schedules.ChangeScheduleAsync(new(target, "set", "an", "thử") { Cron = cron, Priority = priority }, Start, Token);

    protected static Task<ScheduleVersion> SetAsync(ISchedules schedules) => SetAsync(schedules, Duty, "0 0 6 * * ?", null);

    private static Task<ScheduleVersion> PauseAsync(ISchedules schedules, ScheduleTarget target, bool paused) =>
        schedules.ChangeScheduleAsync(new(target, paused ? "pause" : "resume", "an", "thử") { Paused = paused }, Start, Token);

    private static Task<ScheduleVersion?> RevertAsync(ISchedules schedules, ScheduleTarget target) =>
        schedules.RevertScheduleAsync(target, "an", "lại", Start, Token);
}
