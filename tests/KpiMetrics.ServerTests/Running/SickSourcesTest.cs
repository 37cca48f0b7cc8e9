using System.Diagnostics;
using System.Globalization;
using KpiMetrics.ServerTests.Servers;
using KpiMetrics.ServerTests.Support;

namespace KpiMetrics.ServerTests.Running;

/// <summary>One healthy source among sick ones: it is on time, and each of the others gets its recorded outcome.</summary>
[Collection(WorkerTests.Name)]
public sealed class SickSourcesTest
{
    private const int Days = 3;

    // The first of the sick, each asked for so many indicators that it is left alone while the last of them waits.
    private const int Away = 3;
    private const int DutiesOfAway = 4;

    // The first of these do not answer; a busy machine must not make the others look like them.
    private const int Silent = 2;
    private const int Patient = 20;
    private const string EveryTwoSeconds = "--Schedule:Cron:D=*/2 * * * * ?";

    private static readonly (string Name, Func<OfficeRequest, Task> Answer, string Fault)[] Sick =
    [
        ("treo", request => request.HangAsync(), "did not answer within 2 s"),
        ("nho-giot", request => request.DripAsync(), "did not answer within 2 s"),
        ("loi", request => request.SayAsync("hỏng", "500 Internal Server Error", "text/plain"), "answered 500"),
        ("html", request => request.SayAsync("<!DOCTYPE html><p>Đăng nhập</p>", type: "text/html"), "not JSON"),
        ("nua-chung", request => request.BreakOffAsync(OfficeSet.Rows(request.Name)), "not JSON"),
        ("tram-mb", request => request.FloodAsync(100), "more than 16777216 bytes"),
        ("vo-tan", request => request.FloodAsync(null), "more than 16777216 bytes"),
        ("sai-don-vi", request => request.SayAsync(OfficeSet.Rows(request.Name, unit: "Kg")), "unit 'Kg' is not that of"),
        ("cua-nguoi", request => request.SayAsync(OfficeSet.Rows("NG-A01", value: 9)), "is not served by source cua-nguoi"),
    ];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Run_OneSourceIsHealthyAndNineAreSick_HealthyIsOnTimeAndEachOutcomeIsRecorded()
    {
        var alone = await FirstFigureAsync([]);
        var servers = Sick.Select(sick => (sick.Name, Server: new OfficeServer(sick.Answer))).ToList();
        try
        {
            var among = await FirstFigureAsync(servers, TellsEachOutcomeAsync);
            TestContext.Current.TestOutputHelper?.WriteLine(
                FormattableString.Invariant(
                    $"healthy figure after {alone.TotalSeconds:F1} s alone, {among.TotalSeconds:F1} s among the sick"
                )
            );
            Assert.InRange(among, TimeSpan.Zero, TimeSpan.FromSeconds(20));
        }
        finally
        {
            foreach (var (_, server) in servers)
                await server.DisposeAsync();
        }
    }

    /// <summary>From the start of the process to the healthy source's first figures in the ledger.</summary>
    private static async Task<TimeSpan> FirstFigureAsync(
        List<(string Name, OfficeServer Server)> sick,
        Func<Installation, WorkerProcess, Task>? then = null
    )
    {
        using var installation = new Installation();
        OfficeSet.Write(
            installation,
            OfficeSet.Today.AddDays(-Days),
            Enumerable.Range(1, Sick.Length + 1 + Away * (DutiesOfAway - 1)).Select(number => OfficeSet.Indicator(number))
        );
        await using var healthy = new OfficeServer(request => request.SayAsync(OfficeSet.Rows(request.Name)));
        installation.WriteSite(
            "sources:\n"
                + OfficeSet.Source("khoe", healthy.Url, "NG-A01", "agency: Sở 1", Patient)
                + string.Concat(
                    sick.Select(
                        (one, at) =>
                            OfficeSet.Source(one.Name, one.Server.Url, Indicators(at), Agency(at), at < Silent ? 2 : Patient)
                    )
                )
        );
        var clock = Stopwatch.StartNew();
        await using var worker = installation.Run(EveryTwoSeconds);
        await worker.WaitForLineAsync("nguon/NG-A01/D from khoe: reports taken", Installation.Patience, Token);
        var elapsed = clock.Elapsed;
        // The first visit may come before the obligations of older days: then it asks for the newest only, and the next for the rest.
        await Eventually.HappensAsync(
            "the figures of all days",
            () =>
                LedgerFile.CountLive(installation.LedgerFile, "SELECT COUNT(*) FROM observation")
                >= Days * OfficeSet.Communes.Count,
            Installation.Patience,
            Token,
            () => worker.Said
        );
        if (then is not null)
            await then(installation, worker);
        Assert.Equal(0, await worker.TerminateAsync(TimeSpan.FromSeconds(10), Token));
        var figures = (await installation.ExportAsync(OfficeSet.Code)).Where(figure => figure.IsReported).ToList();
        Assert.Equal(Days * OfficeSet.Communes.Count, figures.Count);
        Assert.All(
            figures,
            figure => Assert.Equal(("NG-A01", "5", "1"), (figure["indicator"], figure["value"], figure["revision"]))
        );
        return elapsed;
    }

    private static async Task TellsEachOutcomeAsync(Installation installation, WorkerProcess worker)
    {
        foreach (var ((name, _, fault), at) in Sick.Select((sick, at) => (sick, at)))
        {
            await worker.WaitForLineAsync($"nguon/{Indicator(at)}/D from {name}: ", Installation.Patience, Token);
            Assert.Contains(
                worker.Output,
                line => line.Contains(Indicator(at), StringComparison.Ordinal) && line.Contains(fault, StringComparison.Ordinal)
            );
        }
        foreach (var (away, _, _) in Sick[..Away])
            await worker.WaitForLineAsync($"source {away} has failed ", Installation.Patience, Token);
        foreach (var (broken, at) in Sick.Select((sick, at) => (sick.Name, at)).Where(one => one.at is >= 2 and <= 6))
            Assert.True(installation.FailedAnswers(broken).Count > 0, broken);
        foreach (var file in installation.FailedAnswers("tram-mb").Concat(installation.FailedAnswers("vo-tan")))
            Assert.InRange(new FileInfo(file).Length, 1, 1024 * 1024 + 1024);
        TestContext.Current.TestOutputHelper?.WriteLine($"peak memory {worker.PeakMemory / 1024 / 1024} MiB");
        Assert.InRange(worker.PeakMemory, 0, 400L * 1024 * 1024);

        using var ledger = new LedgerFile(installation.LedgerFile);
        foreach (var (name, _, fault) in Sick[..^2])
            Assert.Contains(
                ledger.Texts($"SELECT outcome FROM asking WHERE source = '{name}' AND failures > 0"),
                said => said.Contains(fault, StringComparison.Ordinal)
            );
        foreach (var (name, _, _) in Sick[^2..])
            Assert.Contains(
                "5 rows: 0 recorded, 0 repeated, 5 refused",
                ledger.Texts($"SELECT outcome FROM asking WHERE source = '{name}'")
            );
        var open = await installation.JsonAsync(
            "obligations",
            "--set",
            OfficeSet.Code,
            "--state",
            "missing,overdue,open,due-soon",
            "--json"
        );
        foreach (var at in Enumerable.Range(0, Sick.Length))
            Assert.Equal(
                Days * OfficeSet.Communes.Count,
                open.EnumerateArray()
                    .Count(line =>
                        line.GetProperty("indicator").GetString() == Indicator(at)
                        && string.CompareOrdinal(line.GetProperty("period").GetString(), OfficeSet.Text(OfficeSet.Today)) < 0
                    )
            );
    }

    private static string Indicator(int at) => string.Create(CultureInfo.InvariantCulture, $"NG-A{at + 2:00}");

    private static string Indicators(int at) =>
        string.Join(
            ", ",
            Enumerable
                .Range(0, at < Away ? DutiesOfAway - 1 : 0)
                .Select(further => Indicator(Sick.Length + at * (DutiesOfAway - 1) + further))
                .Prepend(Indicator(at))
        );

    private static string Agency(int at) => string.Create(CultureInfo.InvariantCulture, $"agency: Sở {at + 2}");
}
