using System.Diagnostics;
using System.Globalization;
using System.Net;
using KpiMetrics.ServerTests.Servers;
using KpiMetrics.ServerTests.Support;

namespace KpiMetrics.ServerTests.Running;

/// <summary>A running worker, late offices and a real Alertmanager that comes and goes.</summary>
[Collection(WorkerTests.Name)]
public sealed class AlertsRunTest(SharedPostgres postgres)
{
    private const string Threshold =
        "{code: muc, name: Sản lượng, kind: value, margin: 2, levels: [{code: tu-10, name: mức cao, at: 10, severity: critical}]}";

    private const string Level = $"threshold:{OfficeSet.Code}/NG-A01.01/98001@{TestSet.AreasFrom}/muc/tu-10";

    private static readonly TimeSpan Promised = TimeSpan.FromSeconds(5);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static string DaysAgo(int days) => OfficeSet.Text(OfficeSet.Today.AddDays(-days));

    [Fact]
    public async Task Alerts_OfLateOffices_AreInAlertmanagerWhateverIsKilledInBetween()
    {
        await using var server = await AlertmanagerServer.StartAsync(Token);
        using var installation = new Installation();
        OfficeSet.Write(installation, OfficeSet.Today.AddDays(-4), [OfficeSet.Indicator(1)]);
        var worker = await StartAsync(installation, server);
        await using (worker)
        {
            await AgreeAsync(installation, server, worker, 10);
            var secret = await PushClient.SecretAsync(installation, "--agency", "Sở 1");

            await server.StopAsync();
            await worker.WaitForLineAsync("is away, it is told everything that holds", Installation.Patience, Token);
            await PushAsync(worker, secret, "98001", DaysAgo(3));
            await ResolvedAsync(installation, worker, 1);
            Assert.Contains(
                "đã tiếp nhận",
                string.Join(
                    '\n',
                    await installation.DoAsync("alerts", "ack", Key("98002", DaysAgo(3)), "--who", "an", "--why", "đang hỏi")
                ),
                StringComparison.Ordinal
            );
            await server.StartAgainAsync(Token);
            await worker.WaitForLineAsync("takes alerts again", Installation.Patience, Token);
            await AgreeAsync(installation, server, worker, 9);

            await worker.KillAsync();
        }
        await using var next = await StartAsync(installation, server);
        var again = await PushClient.SecretAsync(installation, "--agency", "Sở 1");
        await PushAsync(next, again, "98002", DaysAgo(3));
        await ResolvedAsync(installation, next, 2);
        await AgreeAsync(installation, server, next, 8);
        var history = string.Join('\n', await installation.DoAsync("alerts", "show", Key("98002", DaysAgo(3))));
        Assert.Matches("(?s)phát sinh.*tiếp nhận .*an: đang hỏi.*đóng .*worker: Đã nhận đủ số liệu lúc ", history);
        Assert.Single(history.Split('\n'), line => line.Contains("phát sinh", StringComparison.Ordinal));
        Assert.Equal(0, await next.TerminateAsync(TimeSpan.FromSeconds(20), Token));
    }

    /// <summary>The rounds of all alerts are an hour apart: what is in time comes right after intake.</summary>
    [Fact]
    public async Task Threshold_ReachedByAPush_IsInAlertmanagerWithinSecondsAndGoneOnceItFellBack()
    {
        await using var server = await AlertmanagerServer.StartAsync(Token);
        using var installation = new Installation();
        await using var worker = await StartHourlyAsync(installation, server);
        var secret = await PushClient.SecretAsync(installation, "--agency", "Sở 1");

        await PushAsync(worker, secret, "98001", Hour(-3), 12);
        await ToldAsync(server, worker, Level);
        await PushAsync(worker, secret, "98001", Hour(-2), 9); // not far enough below
        await PushAsync(worker, secret, "98001", Hour(-1), 7);
        await ToldAsync(server, worker);
    }

    /// <summary>The same where another process takes it in.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Threshold_ReachedByAnImport_IsInAlertmanagerWithinSecondsAndGoneOnceItFellBack(bool onPostgres)
    {
        await using var server = await AlertmanagerServer.StartAsync(Token);
        using var installation = new Installation { Postgres = onPostgres ? await postgres.CreateDatabaseAsync(Token) : null };
        await using var worker = await StartHourlyAsync(installation, server);
        await worker.WaitForLineAsync("Schedule 0: ", Installation.Patience, Token); // jobs are being run

        await ImportAsync(installation, Hour(-3), 12);
        await ToldAsync(server, worker, Level);
        await ImportAsync(installation, Hour(-1), 7);
        await ToldAsync(server, worker);
    }

    private static async Task<WorkerProcess> StartHourlyAsync(Installation installation, AlertmanagerServer server)
    {
        OfficeSet.Write(
            installation,
            OfficeSet.Today.AddDays(-2),
            [
                OfficeSet
                    .Indicator(1, "H, D")
                    .Replace("aggregation: sum}", $"aggregation: sum, thresholds: [{Threshold}]}}", StringComparison.Ordinal),
            ]
        );
        return await installation.RunUntilUpAsync(
            $"--Alerting:Alertmanagers:0={server.Url}",
            "--Alerting:PollSeconds=3600",
            $"--Obligations:From={DaysAgo(1)}"
        );
    }

    private static Task<IReadOnlyCollection<string>> ImportAsync(Installation installation, string hour, int value) =>
        installation.DoAsync(
            "import",
            installation.Write(
                $"gio-{hour}.csv",
                FormattableString.Invariant($"indicator,measure,area,period,value\nNG-A01,NG-A01.01,98001,{hour},{value}\n")
            ),
            "--set",
            OfficeSet.Code
        );

    private static async Task ToldAsync(AlertmanagerServer server, WorkerProcess worker, params string[] expected)
    {
        var clock = Stopwatch.StartNew();
        await Eventually.SeesAsync(
            "the threshold in Alertmanager, or gone",
            () => server.LabelsAsync("alert", Token),
            told => told.SequenceEqual(expected),
            Installation.Patience,
            Token,
            () => worker.Said
        );
        Assert.True(clock.Elapsed < Promised, $"took {clock.Elapsed}");
    }

    private static string Hour(int hours) =>
        TimeProvider
            .System.GetUtcNow()
            .ToOffset(TimeSpan.FromHours(7))
            .AddHours(hours)
            .ToString("yyyy-MM-dd'T'HH", CultureInfo.InvariantCulture);

    private static string Key(string commune, string day) => $"{OfficeSet.Code}/NG-A01/D/{day}/{commune}@{TestSet.AreasFrom}";

    private static async Task<WorkerProcess> StartAsync(Installation installation, AlertmanagerServer server)
    {
        var worker = await installation.RunUntilUpAsync(
            $"--Alerting:Alertmanagers:0={server.Url}",
            "--Alerting:PollSeconds=1",
            "--Alerting:ResendSeconds=1",
            "--Worker:LeaseSeconds=2",
            $"--Obligations:From={DaysAgo(5)}" // other sets begin long before
        );
        await worker.WaitForLineAsync("Schedule 0: ", Installation.Patience, Token);
        return worker;
    }

    private static async Task PushAsync(WorkerProcess worker, string secret, string commune, string day, int value = 5)
    {
        using var client = new PushClient(await worker.ApiAsync(Installation.Patience, Token), secret);
        var (status, said) = await client.PushAsync($"key-{commune}-{day}", [PushClient.Row(commune, day, value)]);
        Assert.True(status == HttpStatusCode.OK, said);
    }

    private static async Task ResolvedAsync(Installation installation, WorkerProcess worker, int resolved) =>
        await Eventually.SeesAsync(
            $"{resolved} resolved",
            async () =>
                (
                    await installation.JsonAsync("alerts", "list", "--set", OfficeSet.Code, "--state", "resolved", "--json")
                ).GetArrayLength(),
            seen => seen == resolved,
            Installation.Patience,
            Token,
            () => worker.Said
        );

    // What the ledger has open is what Alertmanager has, and no less than is known to be late.
    private static async Task AgreeAsync(Installation installation, AlertmanagerServer server, WorkerProcess worker, int least) =>
        await Eventually.SeesAsync(
            "the same alerts in ledger and Alertmanager",
            async () =>
            {
                var open = await installation.JsonAsync("alerts", "list", "--set", OfficeSet.Code, "--json");
                var ledger = open.EnumerateArray()
                    .Select(one => one.GetProperty("alert").GetString())
                    .Order(StringComparer.Ordinal);
                var told = (await server.LabelsAsync("alert", Token)).Where(one =>
                    one.StartsWith($"{OfficeSet.Code}/", StringComparison.Ordinal)
                );
                return (Ledger: string.Join(' ', ledger), Told: string.Join(' ', told), Count: open.GetArrayLength());
            },
            seen => seen.Ledger == seen.Told && seen.Count >= least,
            Installation.Patience,
            Token,
            () => worker.Said
        );
}
