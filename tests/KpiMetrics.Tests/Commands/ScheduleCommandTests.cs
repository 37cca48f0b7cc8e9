using System.Text.Json;
using KpiMetrics.Tests.Support;

namespace KpiMetrics.Tests.Commands;

public sealed class ScheduleCommandTests : IDisposable
{
    private readonly Cli cli = new();

    public void Dispose() => cli.Dispose();

    [Fact]
    public async Task List_ASet_ShowsEveryJobWithItsCronAndNextFire()
    {
        var result = await cli.RunAsync("schedule", "list", "--set", "lao-cai");

        Assert.Equal((0, ""), (result.Exit, result.Error));
        Assert.Contains(
            "lao-cai/LC-A01/M       6 52 * * * ?         built-in  priority 5  next 2026-11-20 14:52:06",
            result.Lines
        );
        Assert.Contains("lao-cai/LC-C01/H       35 * * * * ?         built-in  priority 5  waits for an emergency", result.Lines);
        Assert.All(result.Lines, line => Assert.StartsWith("lao-cai/", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Set_AUsefulCron_IsChangedListedAndInTheHistory()
    {
        var set = await Schedule("set LC-A01", "--cron", "0 30 9 5 * ?", "--priority", "8", "--why", "thử", "--who", "an");
        Assert.Equal((0, ""), (set.Exit, set.Error));
        Assert.Contains("  Sat 2026-12-05 09:30:00", set.Lines);
        Assert.Equal(23, set.Lines.Length); // the change, 20 fire times, the obligations touched, and what happens next

        var json = await Json("list", "--set", "lao-cai");
        var job = json.EnumerateArray().Single(one => one.GetProperty("duty").GetString() == "lao-cai/LC-A01/M");
        Assert.Equal("0 30 9 5 * ?", job.GetProperty("cron").GetString());
        Assert.Equal("indicator", job.GetProperty("says").GetString());
        Assert.Equal(8, job.GetProperty("priority").GetInt32());
        Assert.Equal("2026-12-05T09:30:00+07:00", job.GetProperty("next").GetString());
        var change = (await Json("show", "LC-A01")).GetProperty("changes")[0];
        Assert.Equal(("an", "thử"), (change.GetProperty("who").GetString(), change.GetProperty("why").GetString()));
    }

    [Fact]
    public async Task Set_SlowerThanTheMandate_NeedsYes()
    {
        string[] change = ["--cron", "0 30 9 1 1 ?", "--why", "thử"];

        var refused = await Schedule("set LC-A01", change);
        Assert.Equal(1, refused.Exit);
        Assert.Contains("2027-01-01 09:30:00", refused.Out, StringComparison.Ordinal);
        Assert.Contains("warning: lao-cai/LC-A01/M: nothing is looked for between", refused.Error, StringComparison.Ordinal);
        Assert.EndsWith("--yes changes it though there are warnings.\n", refused.Error, StringComparison.Ordinal);
        Assert.Contains("never changed", (await Schedule("show LC-A01")).Lines);

        Assert.Equal(0, (await Schedule("set LC-A01", [.. change, "--yes"])).Exit);
        Assert.Contains("0 30 9 1 1 ?", (await Schedule("show LC-A01")).Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("* * * * * ?", "fires at 2026-11-20 14:00:01 and again 1 s later; at least 10 s must lie between.")]
    [InlineData("0 0 9 30 2 ?", "'0 0 9 30 2 ?' never fires after 2026-11-20 14:00:00.")]
    [InlineData("often", "'often' is not a Quartz cron expression")]
    public async Task Set_ACronThatCannotBeMeant_IsRefusedWhateverIsInsisted(string cron, string message)
    {
        (await Schedule("set LC-A01", "--cron", cron, "--why", "thử", "--yes")).FailedWith(message);
        (await Schedule("preview LC-A01", "--cron", cron)).FailedWith(message);

        Assert.Contains("never changed", (await Schedule("show LC-A01")).Lines);
    }

    [Theory]
    [InlineData("LC-X99", "'LC-X99' is an indicator of no set")]
    [InlineData("hue/LC-A01", "there is no set 'hue'; allowed: bac-ninh, cchc, lao-cai, tay-ninh.")]
    [InlineData("lao-cai/LC-A01/H", "is not reported so; write one of lao-cai/LC-A01/M.")]
    [InlineData("lao-cai//M", "is no indicator; write its code, set/indicator or set/indicator/F.")]
    public async Task Change_OfWhatIsNotThere_IsRefusedWithTheChoices(string of, string message)
    {
        (await cli.RunAsync("schedule", "pause", of, "--why", "thử")).FailedWith(message);
        (await cli.RunAsync("schedule", "show", of)).FailedWith(message);
        (await cli.RunAsync("schedule", "run", of)).FailedWith(message);
    }

    [Fact]
    public async Task Change_ACodeOfTwoSets_IsRefusedNamingThem()
    {
        var seed = File.ReadAllText(Path.Combine(Repository.Root, "seeds", "cchc.yaml"));
        var file = cli.Folder.Write("sets/copy.yaml", seed.Replace("set: cchc", "set: cchc-copy", StringComparison.Ordinal));

        var result = await cli.RunAsync("schedule", "show", "CC-F101", "--sets", Path.GetDirectoryName(file) ?? "");

        result.FailedWith("'CC-F101' is in several sets; write one of cchc/CC-F101, cchc-copy/CC-F101.");
    }

    [Fact]
    public async Task PauseResumeRevert_OneAfterTheOther_EachIsShownAndTheLastIsRefused()
    {
        Assert.Equal(0, (await Schedule("pause LC-A01", "--why", "bảo trì")).Exit);
        Assert.Contains("paused", (await Schedule("show LC-A01")).Lines[1], StringComparison.Ordinal);
        Assert.Equal(0, (await Schedule("resume LC-A01", "--why", "xong")).Exit);
        Assert.Contains("next", (await Schedule("show LC-A01")).Lines[1], StringComparison.Ordinal);
        Assert.Equal(0, (await Schedule("revert LC-A01", "--why", "lại")).Exit);
        Assert.Contains("paused", (await Schedule("show LC-A01")).Lines[1], StringComparison.Ordinal);
        Assert.Equal(0, (await Schedule("revert LC-A01", "--why", "lại")).Exit);

        (await Schedule("revert LC-A01", "--why", "lại")).Failed("Nothing (more) was changed of lao-cai/LC-A01.");
        await Schedule("pause lao-cai/LC-A01/M", "--why", "thử");
        (await Schedule("revert LC-A01", "--why", "lại")).FailedWith("; changes were made of lao-cai/LC-A01/M.");
    }

    [Fact]
    public async Task Set_WithoutAReasonOrAChange_IsRefused()
    {
        (await Schedule("set LC-A01", "--cron", "0 30 9 6 * ?", "--why", " ")).FailedWith("every change needs its reason");
        (await Schedule("set LC-A01", "--why", "thử")).FailedWith("Neither a cron nor a priority is given.");
        (await Schedule("set LC-A01", "--priority", "10", "--why", "thử")).FailedWith("allowed: 0..9");
        Assert.Equal(1, (await Schedule("set LC-A01", "--cron", "0 30 9 6 * ?")).Exit);
    }

    [Fact]
    public async Task Preview_ACron_ShowsTwentyFiresOfEachFrequencyAndChangesNothing()
    {
        var json = await Json("preview", "LC-C01", "--cron", "0 0 * * * ?");

        Assert.Equal(JsonValueKind.Null, json.GetProperty("done").ValueKind);
        Assert.Equal(
            [20, 20],
            json.GetProperty("jobs").EnumerateArray().Select(job => job.GetProperty("fires").GetArrayLength())
        );
        Assert.Equal(0, json.GetProperty("warnings").GetArrayLength());
        Assert.Contains("never changed", (await Schedule("show LC-C01")).Lines);
    }

    [Fact]
    public async Task Source_ItsConcurrency_IsChangedAndReverted()
    {
        Assert.Equal(0, (await Schedule("source built-in", "--concurrency", "8", "--why", "thử")).Exit);
        (await Schedule("source built-in", "--concurrency", "0", "--why", "thử")).FailedWith("allowed: 1..64");
        (await Schedule("source nobody", "--concurrency", "1", "--why", "thử")).FailedWith("allowed: built-in.");
        Assert.Equal(0, (await Schedule("revert built-in", "--source", "--why", "lại")).Exit);
        (await Schedule("revert built-in", "--source", "--why", "lại")).FailedWith("Nothing (more) was changed");
    }

    [Fact]
    public async Task Run_AnIndicatorWithoutASource_TakesWhatLiesInTheInbox()
    {
        cli.Csv("data/inbox/cchc/forms.csv", "CC-F101,CC-F101.01,24,2025,60,");
        File.SetLastWriteTimeUtc(cli.Folder.File("data/inbox/cchc/forms.csv"), Cli.Now.AddHours(-1).UtcDateTime);

        var first = await Schedule("run CC-F101");
        var second = await Schedule("run CC-F101");

        Assert.Contains(
            "from built-in: reports taken 1, figures recorded 1, rows refused 0",
            first.Out,
            StringComparison.Ordinal
        );
        Assert.All(second.Lines, line => Assert.EndsWith(" from built-in: nothing to do", line, StringComparison.Ordinal));
    }

    private Task<CliResult> Schedule(string command, params string[] options) =>
        cli.RunAsync(["schedule", .. command.Split(' '), .. options]);

    private async Task<JsonElement> Json(params string[] arguments)
    {
        var result = await cli.RunAsync(["schedule", .. arguments, "--json"]);
        Assert.Equal((0, ""), (result.Exit, result.Error));
        return JsonDocument.Parse(result.Out).RootElement;
    }
}
