using System.Diagnostics;
using System.Text;
using KpiMetrics.ServerTests.Servers;
using KpiMetrics.ServerTests.Support;

namespace KpiMetrics.ServerTests.Running;

/// <summary>SIGTERM in the middle of something: a prompt end with exit code 0, and nothing taken by half.</summary>
[Collection(WorkerTests.Name)]
public sealed class StopTest
{
    private const int Rows = 400_000;
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(10);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Terminate_WhileSourcesHang_EndsPromptlyAndWhatWasAskedIsStillDue()
    {
        await using var silent = new OfficeServer(request => request.HangAsync());
        using var installation = new Installation();
        OfficeSet.Write(
            installation,
            OfficeSet.Today.AddDays(-2),
            Enumerable.Range(1, 5).Select(number => OfficeSet.Indicator(number))
        );
        installation.WriteSite(
            "sources:\n"
                + string.Concat(
                        Enumerable.Range(1, 5).Select(number => OfficeSet.Source($"treo-{number}", silent.Url, $"NG-A0{number}"))
                    )
                    .Replace("timeout_seconds: 2", "timeout_seconds: 100", StringComparison.Ordinal)
        );
        await using var worker = await installation.RunUntilUpAsync("--Schedule:Cron:D=*/2 * * * * ?");
        await Eventually.HappensAsync("five questions", () => silent.Asked == 5, Installation.Patience, Token, () => worker.Said);

        var clock = Stopwatch.StartNew();
        Assert.Equal(0, await worker.TerminateAsync(Deadline, Token));

        TestContext.Current.TestOutputHelper?.WriteLine($"ended after {clock.Elapsed.TotalSeconds:F1} s");
        Assert.Empty(worker.Error);
        using var ledger = new LedgerFile(installation.LedgerFile);
        Assert.Equal(0, ledger.Count("SELECT COUNT(*) FROM asking"));
        Assert.Equal(0, ledger.Count("SELECT COUNT(*) FROM obligation WHERE complete_at IS NOT NULL OR void_at IS NOT NULL"));
    }

    [Fact]
    public async Task Terminate_WhileALargeFileIsTaken_TakesNothingOfItAndAllOfItNextTime()
    {
        using var installation = new Installation();
        await using (var worker = await installation.RunUntilUpAsync("--Inbox:SettleSeconds=0"))
        {
            installation.Drop(TestSet.Code, "lon.csv", Large());
            var taking = Path.Combine(installation.Inbox(TestSet.Code), "taking");
            await Eventually.HappensAsync(
                "a file being taken",
                () => Directory.Exists(taking) && Directory.EnumerateFiles(taking).Any(),
                Installation.Patience,
                Token,
                () => worker.Said
            );

            var clock = Stopwatch.StartNew();
            Assert.Equal(0, await worker.TerminateAsync(Deadline, Token));

            TestContext.Current.TestOutputHelper?.WriteLine($"ended after {clock.Elapsed.TotalSeconds:F1} s");
            Assert.DoesNotContain("lon.csv: ", worker.Said, StringComparison.Ordinal);
            Assert.Single(installation.InInbox(TestSet.Code));
            using var ledger = new LedgerFile(installation.LedgerFile);
            Assert.Equal(0, ledger.Count("SELECT (SELECT COUNT(*) FROM observation) + (SELECT COUNT(*) FROM report)"));
        }

        await using var again = await installation.RunUntilUpAsync("--Inbox:SettleSeconds=0");
        var line = await again.WaitForLineAsync("lon.csv: ", Installation.Patience, Token);

        var figures = TestSet.FirstMeasures.Count * TestSet.Communes.Count * TestSet.Months.Count;
        Assert.EndsWith(
            FormattableString.Invariant($"{Rows} rows, {figures} recorded, {Rows - figures} repeated, 0 refused"),
            line,
            StringComparison.Ordinal
        );
        Assert.Equal(0, await again.TerminateAsync(Deadline, Token));
    }

    private static string Large()
    {
        var keys =
            from measure in TestSet.FirstMeasures
            from commune in TestSet.Communes
            from month in TestSet.Months
            select $"TN-A01,{measure},{commune},{month},7\n";
        var all = keys.ToList();
        var text = new StringBuilder("indicator,measure,area,period,value\n");
        for (var row = 0; row < Rows; row++)
            text.Append(all[row % all.Count]);
        return text.ToString();
    }
}
