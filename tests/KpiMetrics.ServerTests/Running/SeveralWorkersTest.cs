using System.Diagnostics;
using System.Globalization;
using KpiMetrics.ServerTests.Servers;
using KpiMetrics.ServerTests.Support;
using Npgsql;

namespace KpiMetrics.ServerTests.Running;

/// <summary>Two workers on one PostgreSQL: any of them may be killed, frozen or stopped at any moment; nothing is lost, double or stale.</summary>
[Collection(WorkerTests.Name)]
public sealed class SeveralWorkersTest(SharedPostgres postgres)
{
    private const int Days = 3;
    private const string EveryTwoSeconds = "--Schedule:Cron:D=*/2 * * * * ?";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Run_TwoWorkers_EachQuestionIsAskedByOneOfThemOnce()
    {
        const int Indicators = 12;
        await using var office = new CountingOffice(_ => false, TimeSpan.FromMilliseconds(500));
        var opening = new TaskCompletionSource();
        office.Opening = opening.Task;
        using var installation = await InstallAsync(office, Indicators);
        var workers = await Task.WhenAll(StartAsync(installation), StartAsync(installation));
        await using var first = workers[0];
        await using var second = workers[1];
        await Eventually.SeesAsync(
            "questions of both workers",
            () => CountAsync(installation, "SELECT COUNT(DISTINCT holder) FROM kpi.claim WHERE name LIKE 'duty/%'"),
            holders => holders == 2,
            Installation.Patience,
            Token,
            () => first.Said + second.Said
        );
        opening.SetResult();

        await RecordedAsync(installation, Indicators * Days, first, second);

        Assert.All(
            office.Questions,
            question => Assert.Equal((question.Key, 1, 1), (question.Key, question.Value.Asked, question.Value.AtOnce))
        );
        Assert.All(workers, worker => Assert.Contains(worker.Output, IsTaken));
        Assert.All(await FiguresAsync(installation), figure => Assert.Equal(("5", "1"), (figure["value"], figure["revision"])));
        await EndAsync(first, second);
        Assert.Single(workers.SelectMany(worker => worker.Output), line => line.Contains("[5001]", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Run_OneIsKilledWhileItAsks_TheOtherAsksAtOnce()
    {
        await using var office = new CountingOffice(_ => true, TimeSpan.Zero);
        using var installation = await InstallAsync(office, 1);
        // Longer than the test waits: that the process is gone is seen, not waited for.
        await using var first = await StartAsync(installation, "--Worker:LeaseSeconds=120");
        await using var second = await StartAsync(installation, "--Worker:LeaseSeconds=120");
        var (holder, other) = await WhoAsksAsync(installation, office, first, second);

        var clock = Stopwatch.StartNew();
        await holder.KillAsync();
        await AskedAgainAsync(office, other);

        Tell("asked again", clock);
        await RecordedAsync(installation, Days, other);
        Assert.All(await FiguresAsync(installation), figure => Assert.Equal(("5", "1"), (figure["value"], figure["revision"])));
        await EndAsync(other);
    }

    [Fact]
    public async Task Run_OneIsStoppedWhileItAsks_GivesBackWhatItHolds()
    {
        await using var office = new CountingOffice(_ => true, TimeSpan.Zero);
        using var installation = await InstallAsync(office, 1);
        await using var first = await StartAsync(installation, "--Worker:LeaseSeconds=120");
        await using var second = await StartAsync(installation, "--Worker:LeaseSeconds=120");
        var (holder, other) = await WhoAsksAsync(installation, office, first, second);

        var clock = Stopwatch.StartNew();
        await holder.SignalAsync("TERM", Token);
        await AskedAgainAsync(office, other);

        Tell("asked again", clock);
        Assert.Equal(0, await holder.WaitForExitAsync(Installation.Patience, Token));
        await RecordedAsync(installation, Days, other);
        await EndAsync(other);
    }

    [Fact]
    public async Task Run_OneIsFrozenWhileItAsks_ItsOldAnswerIsNotWrittenAndItGoesOn()
    {
        await using var office = new CountingOffice(_ => true, TimeSpan.Zero);
        using var installation = await InstallAsync(office, 1);
        await using var first = await StartAsync(installation, "--Worker:LeaseSeconds=2");
        await using var second = await StartAsync(installation, "--Worker:LeaseSeconds=2");
        var (frozen, other) = await WhoAsksAsync(installation, office, first, second);
        office.Value = 7;

        var clock = Stopwatch.StartNew();
        await frozen.SignalAsync("STOP", Token);
        await AskedAgainAsync(office, other);
        Tell("asked again", clock);
        await RecordedAsync(installation, Days, other);
        office.Release(5);
        await frozen.SignalAsync("CONT", Token);
        await frozen.WaitForLineAsync("[4305]", Installation.Patience, Token);

        Assert.All(await FiguresAsync(installation), figure => Assert.Equal(("7", "1"), (figure["value"], figure["revision"])));
        await EndAsync(other);
        var reporter = new Reporter(new Random(1), TestSet.FirstMeasures, TestSet.Communes);
        var report = reporter.Next("sau.csv", 20, 0);
        installation.Drop(TestSet.Code, report.Name, report.Text);
        await frozen.WaitForLineAsync("inbox sau.csv: 20 rows", Installation.Patience, Token);
        Assert.Equal(0, await frozen.TerminateAsync(Installation.Patience, Token));
    }

    [Fact]
    public async Task Inbox_TwoWorkersOnOneFolderAndOneIsKilled_EachFileIsTakenOnce()
    {
        const int Files = 30;
        await using var office = new CountingOffice(_ => false, TimeSpan.Zero);
        using var installation = await InstallAsync(office, 1);
        await using var first = await StartAsync(installation);
        await using var second = await StartAsync(installation);
        var reporter = new Reporter(new Random(1), TestSet.FirstMeasures, TestSet.Communes);
        foreach (var number in Enumerable.Range(0, Files))
        {
            var report = reporter.Next(string.Create(CultureInfo.InvariantCulture, $"{number:00}.csv"), 200, 0);
            installation.Drop(TestSet.Code, report.Name, report.Text);
        }
        await Eventually.HappensAsync(
            "an archived file",
            () => installation.Archived(TestSet.Code).Count > 0,
            Installation.Patience,
            Token
        );
        var killed = first.Output.Any(line => line.Contains("[2001]", StringComparison.Ordinal)) ? first : second;
        await killed.KillAsync();
        var left = killed == first ? second : first;

        await installation.AllCollectedAsync(TestSet.Code, left);

        Assert.Equal(Files, installation.Archived(TestSet.Code).Count(file => file.EndsWith(".csv", StringComparison.Ordinal)));
        Assert.Equal(
            Files,
            await CountAsync(installation, "SELECT COUNT(DISTINCT name) FROM kpi.report WHERE name LIKE '%.csv'")
        );
        Assert.Equal(Files, await CountAsync(installation, "SELECT COUNT(*) FROM kpi.report WHERE name LIKE '%.csv'"));
        Expectations.Equal([reporter], await installation.ExportAsync(TestSet.Code));
        await EndAsync(left);
    }

    private async Task<Installation> InstallAsync(CountingOffice office, int indicators)
    {
        var installation = new Installation { Postgres = await postgres.CreateDatabaseAsync(Token) };
        var codes = Enumerable.Range(1, indicators).ToList();
        OfficeSet.Write(installation, OfficeSet.Today.AddDays(-Days), codes.Select(number => OfficeSet.Indicator(number)));
        var source = OfficeSet
            .Source("khoe", office.Url, string.Join(", ", codes.Select(Code)))
            .Replace("timeout_seconds: 2", "timeout_seconds: 120", StringComparison.Ordinal)
            .Replace("retries: 1", "retries: 0", StringComparison.Ordinal)
            .Replace($"/{string.Join(", ", codes.Select(Code))}?", "/{indicator}?", StringComparison.Ordinal);
        installation.WriteSite("sources:\n" + source);
        return installation;
    }

    private static string Code(int number) => string.Create(CultureInfo.InvariantCulture, $"NG-A{number:00}");

    private static async Task<WorkerProcess> StartAsync(Installation installation, params string[] settings)
    {
        var worker = installation.Run([EveryTwoSeconds, "--Inbox:SettleSeconds=0", .. settings]);
        await worker.WaitForLineAsync("KpiMetrics is up", Installation.Patience, Token);
        return worker;
    }

    private static bool IsTaken(string line) => line.Contains("from khoe: reports taken", StringComparison.Ordinal);

    /// <summary>Waits for the question that the office lets wait, and finds out whose it is.</summary>
    private static async Task<(WorkerProcess Holder, WorkerProcess Other)> WhoAsksAsync(
        Installation installation,
        CountingOffice office,
        WorkerProcess first,
        WorkerProcess second
    )
    {
        await Eventually.HappensAsync(
            "a question",
            () => office.Held is not null,
            Installation.Patience,
            Token,
            () => first.Said + second.Said
        );
        await using var connection = new NpgsqlConnection(installation.Postgres);
        await connection.OpenAsync(Token);
        await using var command = new NpgsqlCommand(
            "SELECT holder FROM kpi.claim WHERE name LIKE 'duty/%' AND holder IS NOT NULL",
            connection
        );
        var holder = Assert.IsType<string>(await command.ExecuteScalarAsync(Token));
        var id = int.Parse(holder.Split('/')[1], CultureInfo.InvariantCulture);
        Assert.Contains(id, new[] { first.Id, second.Id });
        return id == first.Id ? (first, second) : (second, first);
    }

    private static Task<bool> AskedAgainAsync(CountingOffice office, WorkerProcess other) =>
        Eventually.HappensAsync(
            "the same question by the other worker",
            () => office.Questions[office.Held ?? ""].Asked == 2,
            Installation.Patience,
            Token,
            () => other.Said
        );

    private static Task<long> RecordedAsync(Installation installation, int periods, params WorkerProcess[] workers) =>
        Eventually.SeesAsync(
            "the figures of all days",
            () =>
                CountAsync(
                    installation,
                    "SELECT COUNT(*) FROM kpi.observation JOIN kpi.series ON series.id = series_id WHERE set_code = 'nguon'"
                ),
            count => count >= periods * OfficeSet.Communes.Count,
            Installation.Patience,
            Token,
            () => string.Join("\n\n", workers.Select(worker => worker.Said))
        );

    private static async Task<long> CountAsync(Installation installation, string sql)
    {
        await using var connection = new NpgsqlConnection(installation.Postgres);
        await connection.OpenAsync(Token);
        await using var command = new NpgsqlCommand(sql, connection);
        return Assert.IsType<long>(await command.ExecuteScalarAsync(Token));
    }

    private static async Task<List<ExportedFigure>> FiguresAsync(Installation installation)
    {
        var figures = (await installation.ExportAsync(OfficeSet.Code)).Where(figure => figure.IsReported).ToList();
        Assert.NotEmpty(figures);
        return figures;
    }

    private static async Task EndAsync(params WorkerProcess[] workers)
    {
        foreach (var worker in workers)
        {
            Assert.Equal(0, await worker.TerminateAsync(Installation.Patience, Token));
            Assert.Empty(worker.Error);
            Assert.DoesNotContain(worker.Output, line => line.Contains("fail:", StringComparison.Ordinal));
        }
    }

    private static void Tell(string what, Stopwatch clock) =>
        TestContext.Current.TestOutputHelper?.WriteLine(
            FormattableString.Invariant($"{what} after {clock.Elapsed.TotalSeconds:F1} s")
        );
}
