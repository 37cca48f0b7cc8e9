using System.Diagnostics;
using KpiMetrics.ServerTests.Servers;
using KpiMetrics.ServerTests.Support;

namespace KpiMetrics.ServerTests.Running;

/// <summary>Schedules tuned by commands beside a running worker.</summary>
[Collection(WorkerTests.Name)]
public sealed class TuningTest
{
    private const string Of = "nguon/NG-A01/D";
    private static readonly string[] Signed = ["--why", "thử", "--who", "trực ban"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Schedule_SetAndRevertedByCommands_IsLiveWithinSeconds()
    {
        await using var office = new OfficeServer(request => request.SayAsync(OfficeSet.Rows(request.Name)));
        using var installation = Given(office);
        await using var worker = await installation.RunUntilUpAsync("--Schedule:Cron:D=0 0 3 * * ?");
        await worker.WaitForLineAsync("Schedule 0: ", Installation.Patience, Token);

        var set = await LiveAsync(
            installation,
            worker,
            "Schedule 1: ",
            ["schedule", "set", Of, "--cron", "*/10 * * * * ?", .. Signed]
        );
        Assert.Equal("*/10 * * * * ?", await CronAsync(installation));
        await worker.WaitForLineAsync($"{Of} from khoe: reports taken 2", TimeSpan.FromSeconds(30), Token);

        var revert = await LiveAsync(installation, worker, "Schedule 2: ", ["schedule", "revert", Of, .. Signed]);
        Assert.NotEqual("*/10 * * * * ?", await CronAsync(installation));
        TestContext.Current.TestOutputHelper?.WriteLine(
            FormattableString.Invariant($"live after {set.TotalSeconds:F1} s, reverted after {revert.TotalSeconds:F1} s")
        );
        Assert.InRange(set, TimeSpan.Zero, TimeSpan.FromSeconds(5));
        Assert.InRange(revert, TimeSpan.Zero, TimeSpan.FromSeconds(5));
        Assert.Equal(0, await worker.TerminateAsync(TimeSpan.FromSeconds(10), Token));
    }

    [Theory]
    [InlineData("0 0 3 30 2 ?", "never fires")]
    [InlineData("* * * * * ?", "fires at")]
    [InlineData("mỗi ngày", "is not a Quartz cron expression")]
    public async Task Schedule_CronThatCannotBe_IsRefusedWithTheReason(string cron, string why)
    {
        await using var office = new OfficeServer(request => request.SayAsync(OfficeSet.Rows(request.Name)));
        using var installation = Given(office);

        var result = await installation.CommandAsync(["schedule", "set", Of, "--cron", cron, "--yes", .. Signed]);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains(result.Error, line => line.Contains(why, StringComparison.Ordinal));
        Assert.DoesNotContain(result.Output, line => line.Contains("1 set", StringComparison.Ordinal));
        Assert.NotEqual(cron, await CronAsync(installation));
    }

    [Fact]
    public async Task Schedule_SlowerThanTheMandate_ShowsThePreviewAndNeedsYes()
    {
        await using var office = new OfficeServer(request => request.SayAsync(OfficeSet.Rows(request.Name)));
        using var installation = Given(office);
        string[] command = ["schedule", "set", Of, "--cron", "0 0 3 1 * ?", .. Signed];

        var warned = await installation.CommandAsync(command);
        Assert.Equal(1, warned.ExitCode);
        Assert.Contains(
            warned.Error,
            line => line.Contains("a daily figure must be looked for at least every day", StringComparison.Ordinal)
        );
        Assert.Equal(20, warned.Output.Count(line => line.EndsWith("-01 03:00:00", StringComparison.Ordinal)));
        Assert.NotEqual("0 0 3 1 * ?", await CronAsync(installation));

        await installation.DoAsync([.. command, "--yes"]);
        Assert.Equal("0 0 3 1 * ?", await CronAsync(installation));
    }

    private static Installation Given(OfficeServer office)
    {
        var installation = new Installation();
        OfficeSet.Write(installation, OfficeSet.Today.AddDays(-2), [OfficeSet.Indicator(1)]);
        installation.WriteSite("sources:\n" + OfficeSet.Source("khoe", office.Url, "NG-A01"));
        return installation;
    }

    /// <summary>From the end of the command until the worker says that it is so.</summary>
    private static async Task<TimeSpan> LiveAsync(Installation installation, WorkerProcess worker, string line, string[] command)
    {
        await installation.DoAsync(command);
        var clock = Stopwatch.StartNew();
        await worker.WaitForLineAsync(line, Installation.Patience, Token);
        return clock.Elapsed;
    }

    private static async Task<string?> CronAsync(Installation installation)
    {
        var jobs = await installation.JsonAsync("schedule", "list", "--json");
        return jobs.EnumerateArray().Single(job => job.GetProperty("duty").GetString() == Of).GetProperty("cron").GetString();
    }
}
