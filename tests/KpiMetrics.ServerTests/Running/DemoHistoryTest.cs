using System.Diagnostics;
using KpiMetrics.ServerTests.Servers;
using KpiMetrics.ServerTests.Support;

namespace KpiMetrics.ServerTests.Running;

/// <summary>A fresh machine: three years of demo history, undisturbed and killed.</summary>
[Collection(WorkerTests.Name)]
public sealed class DemoHistoryTest(SharedPostgres postgres)
{
    private static readonly string[] Sets = ["lao-cai", "bac-ninh"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Run_FreshMachine_HasAPointAtOnceItsHistorySoonAndGoesOnLive()
    {
        using var run = new DemoRun();
        var clock = Stopwatch.StartNew();
        await using var worker = run.Start();

        await run.HasAsync(worker, 1, DateTimeOffset.MaxValue);
        var first = clock.Elapsed;
        await DemoRun.CompleteAsync(worker);
        var complete = clock.Elapsed;
        await DemoRun.AlertsWaitedAsync(worker);
        await run.Installation.DoAsync([
            "emergency",
            "start",
            "--areas",
            "02647",
            "--order",
            "1/CĐ",
            "--from",
            Local(-3),
            "--until",
            Local(3),
        ]);
        await worker.WaitForLineAsync("/H from demo: reports taken", Installation.Patience, Token);

        TestContext.Current.TestOutputHelper?.WriteLine(
            FormattableString.Invariant(
                $"first point after {first.TotalSeconds:F1} s, {run.Statements(DateTimeOffset.MaxValue)} after {complete.TotalSeconds:F1} s, peak memory {worker.PeakMemory / 1024 / 1024} MiB"
            )
        );
        Assert.InRange(first, TimeSpan.Zero, TimeSpan.FromSeconds(10));
        Assert.InRange(complete, TimeSpan.Zero, TimeSpan.FromSeconds(120));
        Assert.Contains(worker.Output, line => line.Contains("Demo history: ", StringComparison.Ordinal));
        Assert.Equal(0, await worker.TerminateAsync(TimeSpan.FromSeconds(10), Token));
    }

    [Fact]
    public async Task Kill_InTheMiddleOfTheHistory_EndsLikeAnUndisturbedRun()
    {
        var at = TimeProvider.System.GetUtcNow().AddMinutes(-1);
        using var undisturbed = new DemoRun();
        await using (var worker = undisturbed.Start())
        {
            await DemoRun.CompleteAsync(worker);
            Assert.Equal(0, await worker.TerminateAsync(TimeSpan.FromSeconds(10), Token));
        }
        var all = undisturbed.Statements(at);
        using var killed = new DemoRun();
        foreach (var part in new[] { 20, 3, 2 })
        {
            await using var worker = killed.Start();
            await killed.HasAsync(worker, all / part, at);
            await worker.KillAsync();
            Assert.Equal(WorkerProcess.Killed, worker.ExitCode);
            DemoRun.NothingWasLate(worker);
        }
        var left = all - killed.Statements(at);
        await using (var worker = killed.Start())
        {
            await DemoRun.CompleteAsync(worker);
            await DemoRun.AlertsWaitedAsync(worker);
            Assert.Equal(0, await worker.TerminateAsync(TimeSpan.FromSeconds(10), Token));
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{all} statements, {left} of them after the last kill");
        Assert.True(left > 0, "killed too late");
        Assert.Equal(all, killed.Statements(at));
        foreach (var set in Sets)
            Assert.Equal(await undisturbed.FiguresAsync(set, at), await killed.FiguresAsync(set, at));
    }

    [Fact]
    public async Task Kill_TheOneOfTwoWorkersThatLoads_TheOtherLoadsTheRestAndNothingIsLateBefore()
    {
        using var run = new DemoRun(await postgres.CreateDatabaseAsync(Token));
        await using var first = run.Start();
        await using var second = run.Start();
        var loader = await DemoRun.LoaderAsync([first, second]);
        var other = loader == first ? second : first;

        await loader.KillAsync();
        await DemoRun.CompleteAsync(other);
        await DemoRun.AlertsWaitedAsync(other);

        DemoRun.NothingWasLate(loader);
        Assert.Equal(0, await other.TerminateAsync(TimeSpan.FromSeconds(10), Token));
    }

    private static string Local(int hours) => $"{TimeProvider.System.GetUtcNow().AddHours(hours + 7):yyyy-MM-ddTHH:mm}";
}
