using KpiMetrics.Pipeline.Ledger;
using KpiMetrics.Pipeline.Ledger.Sqlite;
using KpiMetrics.Tests.Commands;
using KpiMetrics.Tests.Support;
using static KpiMetrics.Tests.Support.LoopbackServer;

namespace KpiMetrics.Tests.Scheduling;

/// <summary>The worker itself, in this process, by the real clock.</summary>
public sealed class RunTests : IDisposable
{
    private static readonly string[] Quick =
    [
        "--Inbox:PollSeconds=1",
        "--Inbox:SettleSeconds=0",
        "--Logging:LogLevel:Default=None",
        "--Logging:LogLevel:Quartz=None",
    ];

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Cli cli = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => cli.Dispose();

    [Fact]
    public async Task Run_FileInTheInbox_IsCollectedAndTheEndIsNormal()
    {
        var path = cli.Csv("data/inbox/cchc/forms.csv", "CC-F101,CC-F101.01,24,2025,60,", "CC-F101,CC-F999.01,24,2025,60,");
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var gone = Gone(path);

        var running = cli.RunAsync(["run", .. Quick], TimeProvider.System, stop.Token);
        await UntilAsync(gone, running);
        await stop.CancelAsync();

        Assert.Equal(new(0, "", ""), await running);
        Assert.Contains(",2025,60,", (await cli.RunAsync("export", "--set", "cchc")).Out, StringComparison.Ordinal);
        var archived = Directory.GetFiles(cli.Folder.File("data/inbox/cchc/done"), "*", SearchOption.AllDirectories);
        Assert.Equal(
            [".refused.csv", "forms.csv"],
            archived
                .Select(file => file.EndsWith("forms.csv", StringComparison.Ordinal) ? "forms.csv" : ".refused.csv")
                .Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public async Task Run_HttpSource_IsAskedByItsSchedule()
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = new LoopbackServer(
            (_, _) =>
            {
                asked.TrySetResult();
                return Json("""[{"ma": "CC-F101.01", "giaTri": "61,00"}]""");
            }
        );
        cli.Folder.Write(
            "data/site.yaml",
            $$"""
            sources:
              - kind: http
                name: so-noi-vu
                set: cchc
                indicators: [CC-F101]
                url: {{server.Address}}/{indicator}/{period}
                columns: {measure: $.ma, area: "=24", value: $.giaTri}
                locale: vi
                lookback: 0
            """
        );
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);

        var running = cli.RunAsync(["run", .. Quick, "--Schedule:Cron:A=* * * * * ?"], TimeProvider.System, stop.Token);
        // Told to stop, the worker lets what it asked for come into the ledger.
        await UntilAsync(asked.Task.WaitAsync(Patience, Token), running);
        await stop.CancelAsync();

        Assert.Equal(new(0, "", ""), await running);
        Assert.Contains(",61.00,", (await cli.RunAsync("export", "--set", "cchc")).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_FiguresThatContradict_AreFoundAndKept()
    {
        var path = cli.Csv(
            "data/inbox/cchc/forms.csv",
            "CC-F303,CC-F303.01,24,2025,99.61,",
            "CC-F303,CC-F303.02,24,2025,153771,",
            "CC-F303,CC-F303.03,24,2025,151619,"
        );
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var gone = Gone(path);

        var running = cli.RunAsync(
            ["run", .. Quick, "--Checks:PollSeconds=1", "--Checks:RestSeconds=0"],
            TimeProvider.System,
            stop.Token
        );
        await UntilAsync(gone, running);
        var found = Found();
        await UntilAsync(found, running);
        await stop.CancelAsync();

        Assert.Equal(new(0, "", ""), await running);
        Assert.Equal(("identity-ratio", "CC-F303.01"), ((await found).Code, (await found).Series.Measure));
    }

    [Fact]
    public async Task Run_ToldToStopBeforeItIsUp_EndsNormally()
    {
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();

        Assert.Equal(new(0, "", ""), await cli.RunAsync(["run", .. Quick], TimeProvider.System, stop.Token));
    }

    [Fact]
    public async Task Run_AnInboxThatCannotBeRead_KeepsNoOtherFromBeingLookedInto()
    {
        // A file where the folder of the first set should be.
        cli.Folder.Write("data/inbox/bac-ninh", "");
        var path = cli.Csv("data/inbox/cchc/forms.csv", "CC-F101,CC-F101.01,24,2025,60,");
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var gone = Gone(path);

        // No collecting jobs: only the visits to all inboxes.
        var running = cli.RunAsync(["run", .. Quick, .. Never], TimeProvider.System, stop.Token);
        await UntilAsync(gone, running);
        await stop.CancelAsync();

        Assert.Equal(0, (await running).Exit);
    }

    private static IEnumerable<string> Never => "HDWMQSA".Select(letter => $"--Schedule:Cron:{letter}=0 0 0 1 1 ? 2099");

    private static async Task UntilAsync(Task happened, Task<CliResult> running)
    {
        if (await Task.WhenAny(happened, running) == running)
            Assert.Fail($"The worker ended by itself: {await running}");
        await happened;
    }

    /// <summary>The first finding that is kept.</summary>
    private async Task<KeptFinding> Found()
    {
        var ledger = new SqliteLedger(Path.Combine(cli.Data, "ledger.db"));
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(Token);
        deadline.CancelAfter(Patience);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (true)
        {
            await foreach (var finding in ledger.ReadFindingsAsync("cchc", onlyFiring: true, deadline.Token))
                return finding;
            await timer.WaitForNextTickAsync(deadline.Token);
        }
    }

    /// <summary>Done when the file lies in the archive.</summary>
    private static async Task Gone(string path)
    {
        var done = Path.Combine(Path.GetDirectoryName(path) ?? "", "done");
        var name = Path.GetFileName(path);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(Token);
        deadline.CancelAfter(Patience);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!Directory.Exists(done) || Directory.GetFiles(done, $"*-{name}", SearchOption.AllDirectories).Length == 0)
            await timer.WaitForNextTickAsync(deadline.Token);
    }
}
