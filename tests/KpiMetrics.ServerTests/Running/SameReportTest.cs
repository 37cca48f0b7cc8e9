using KpiMetrics.ServerTests.Servers;
using KpiMetrics.ServerTests.Support;

namespace KpiMetrics.ServerTests.Running;

/// <summary>Offices that send the same report a thousand times: it is one figure, said once.</summary>
[Collection(WorkerTests.Name)]
public sealed class SameReportTest
{
    private const int Times = 1000;
    private const int Days = 2;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Run_SourceRepeatsItsReportAThousandTimes_IsOneStatement()
    {
        using var installation = new Installation();
        OfficeSet.Write(installation, OfficeSet.Today.AddDays(-Days), [OfficeSet.Indicator(1)]);
        await using var office = new OfficeServer(request => request.SayAsync(Repeated(request.Name, _ => "")));
        installation.WriteSite("sources:\n" + OfficeSet.Source("lap", office.Url, "NG-A01"));

        await using var worker = await installation.RunUntilUpAsync("--Schedule:Cron:D=*/2 * * * * ?");

        await worker.WaitForLineAsync(
            FormattableString.Invariant($"reports taken {Days}, figures recorded {Days * 5}, rows refused 0"),
            Installation.Patience,
            Token
        );
        Assert.Equal(0, await worker.TerminateAsync(TimeSpan.FromSeconds(10), Token));
        await AssertIsOnceAsync(installation, statements: Days * 5);
    }

    [Fact]
    public async Task Run_SourceStatesTheSameAtAThousandTimes_IsOneRevision()
    {
        var first = TimeProvider.System.GetUtcNow().AddSeconds(-2 * Times);
        using var installation = new Installation();
        OfficeSet.Write(installation, OfficeSet.Today.AddDays(-Days), [OfficeSet.Indicator(1)]);
        await using var office = new OfficeServer(request =>
            request.SayAsync(Repeated(request.Name, time => $",\"luc\":\"{first.AddSeconds(time):s}Z\""))
        );
        installation.WriteSite("sources:\n" + OfficeSet.Source("lap", office.Url, "NG-A01", "stated_at: $.luc"));

        await using var worker = await installation.RunUntilUpAsync("--Schedule:Cron:D=*/2 * * * * ?");

        await worker.WaitForLineAsync(FormattableString.Invariant($"reports taken {Days * Times}"), Installation.Patience, Token);
        Assert.Equal(0, await worker.TerminateAsync(TimeSpan.FromSeconds(10), Token));
        await AssertIsOnceAsync(installation, statements: Days * 5 * Times);
    }

    [Fact]
    public async Task Push_TheSameReportAThousandTimesUnderOtherKeys_IsOneStatement()
    {
        using var installation = new Installation();
        OfficeSet.Write(installation, OfficeSet.Today.AddDays(-Days), [OfficeSet.Indicator(1)]);
        await using var worker = await installation.RunUntilUpAsync("--Api:WritesPerMinute=100000");
        using var office = await PushClient.OfAsync(installation, worker, "Sở 1");
        var yesterday = OfficeSet.Text(OfficeSet.Today.AddDays(-1));

        for (var time = 0; time < Times; time++)
        {
            var rows = OfficeSet.Communes.Select(code => PushClient.Row(code, yesterday, 5));
            var (_, said) = await office.PushAsync(FormattableString.Invariant($"report-{time:0000}"), rows);
            Assert.Contains(
                time == 0 ? "\"recorded\":5,\"repeated\":0" : "\"recorded\":0,\"repeated\":5",
                said,
                StringComparison.Ordinal
            );
        }

        Assert.Equal(0, await worker.TerminateAsync(TimeSpan.FromSeconds(10), Token));
        await AssertIsOnceAsync(installation, statements: 5);
    }

    private static string Repeated(string indicator, Func<int, string> more)
    {
        var one = OfficeSet.Rows(indicator)[1..^1];
        return $"[{string.Join(',', Enumerable.Range(0, Times).Select(time => one.Replace("}", more(time) + "}", StringComparison.Ordinal)))}]";
    }

    private static async Task AssertIsOnceAsync(Installation installation, int statements)
    {
        using (var ledger = new LedgerFile(installation.LedgerFile))
            Assert.Equal(statements, ledger.Count("SELECT COUNT(*) FROM observation"));
        var figures = (await installation.ExportAsync(OfficeSet.Code)).Where(figure => figure.IsReported).ToList();
        Assert.Equal(figures.Count, figures.DistinctBy(figure => (figure["area"], figure["period"])).Count());
        Assert.All(figures, figure => Assert.Equal(("5", "1"), (figure["value"], figure["revision"])));
    }
}
