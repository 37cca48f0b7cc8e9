using System.Diagnostics;
using System.Net;
using System.Text.Json;
using KpiMetrics.ServerTests.Servers;
using KpiMetrics.ServerTests.Support;

namespace KpiMetrics.ServerTests.Running;

/// <summary>Pushes over the real API of a worker that collects meanwhile.</summary>
[Collection(WorkerTests.Name)]
public sealed class LargePushTest
{
    private const int Measures = 10;
    private const int Days = 2000;
    private const int EveryBadRow = 1000;
    private static readonly DateOnly First = new(2015, 1, 1);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Push_HundredThousandRowsWhileTheWorkerCollects_AnswersEachRow()
    {
        await using var other = new OfficeServer(request => request.SayAsync(OfficeSet.Rows(request.Name)));
        using var installation = Given(other);
        await using var worker = await installation.RunUntilUpAsync(
            "--Schedule:Cron:D=*/2 * * * * ?",
            $"--Obligations:From={OfficeSet.Text(OfficeSet.Today.AddDays(-400))}"
        );
        using var office = await PushClient.OfAsync(installation, worker, "Sở 1");
        var rows = Rows().ToList();
        var clock = Stopwatch.StartNew();

        var (status, said) = await office.PushAsync("mot-tram-nghin", rows);

        TestContext.Current.TestOutputHelper?.WriteLine(
            FormattableString.Invariant(
                $"{rows.Count} rows answered in {clock.Elapsed.TotalSeconds:F1} s, peak memory {worker.PeakMemory / 1024 / 1024} MiB, {other.Asked} questions meanwhile"
            )
        );
        Assert.Equal(HttpStatusCode.OK, status);
        AssertEachIsAnswered(JsonElement.Parse(said), rows.Count);
        await worker.WaitForLineAsync("nguon/NG-A02/D from khac: reports taken", Installation.Patience, Token);
        Assert.Equal(0, await worker.TerminateAsync(TimeSpan.FromSeconds(10), Token));
        using var ledger = new LedgerFile(installation.LedgerFile);
        Assert.Equal(
            rows.Count - rows.Count / EveryBadRow,
            ledger.Count("SELECT COUNT(*) FROM observation JOIN series ON id = series_id WHERE indicator = 'NG-A01'")
        );
        Assert.True(
            ledger.Count("SELECT COUNT(*) FROM observation JOIN series ON id = series_id WHERE indicator = 'NG-A02'") > 0
        );
    }

    [Fact]
    public async Task Push_WithoutARight_WritesNothingAndNoSecretIsLogged()
    {
        await using var other = new OfficeServer(request => request.SayAsync(OfficeSet.Rows(request.Name)));
        using var installation = Given(other);
        await using var worker = await installation.RunUntilUpAsync("--Schedule:Cron:D=0 0 3 * * ?");
        var api = await worker.ApiAsync(Installation.Patience, Token);
        var good = await PushClient.SecretAsync(installation, "--agency", "Sở 1");
        var foreign = await PushClient.SecretAsync(installation, "--agency", "Sở 2");
        var viewer = await PushClient.SecretAsync(installation, "--role", "viewer", "--name", "xem");
        var expires = TimeProvider.System.GetUtcNow().AddSeconds(3);
        var expired = await PushClient.SecretAsync(
            installation,
            "--agency",
            "Sở 1",
            "--expires",
            $"{expires:yyyy-MM-ddTHH:mm:ss}Z"
        );
        var revoked = await PushClient.SecretAsync(installation, "--agency", "Sở 1");
        await installation.DoAsync("token", "revoke", "5");
        await Eventually.HappensAsync(
            "the end of a token",
            () => TimeProvider.System.GetUtcNow() > expires,
            Installation.Patience,
            Token
        );
        (string? Secret, int Status, string Code)[] cases =
        [
            (null, 401, "token-missing"),
            ("kpi_" + new string('a', good.Length - 4), 401, "token-unknown"),
            (good[..^1], 401, "token-unknown"),
            (expired, 401, "token-expired"),
            (revoked, 401, "token-revoked"),
            (foreign, 403, "agency-mismatch"),
            (viewer, 403, "role-not-allowed"),
        ];

        foreach (var (secret, expected, code) in cases)
        {
            using var office = new PushClient(api, secret);
            var (status, said) = await office.PushAsync("khong-duoc-phep", [PushClient.Row("98001", "2020-01-01", 1)]);
            Assert.Equal((expected, code), ((int)status, JsonElement.Parse(said).GetProperty("code").GetString()));
            await worker.WaitForLineAsync(code, Installation.Patience, Token);
        }

        Assert.Equal(0, await worker.TerminateAsync(TimeSpan.FromSeconds(10), Token));
        using (var ledger = new LedgerFile(installation.LedgerFile))
            Assert.Equal(0, ledger.Count("SELECT (SELECT COUNT(*) FROM observation) + (SELECT COUNT(*) FROM report)"));
        foreach (var secret in cases.Select(one => one.Secret).OfType<string>().Append(good))
            Assert.DoesNotContain(secret, worker.Said, StringComparison.Ordinal);
    }

    private static Installation Given(OfficeServer other)
    {
        var installation = new Installation();
        OfficeSet.Write(installation, First, [OfficeSet.Indicator(1, measures: Measures), OfficeSet.Indicator(2)]);
        installation.WriteSite("sources:\n" + OfficeSet.Source("khac", other.Url, "NG-A02"));
        return installation;
    }

    private static IEnumerable<string> Rows() =>
        from day in Enumerable.Range(0, Days)
        from commune in OfficeSet.Communes.Index()
        from measure in Enumerable.Range(1, Measures)
        let row = ((day * OfficeSet.Communes.Count) + commune.Index) * Measures + measure
        let area = row % EveryBadRow == 0 ? "99999" : commune.Item
        select PushClient.Row(area, OfficeSet.Text(First.AddDays(day)), row, measure);

    private static void AssertEachIsAnswered(JsonElement answer, int rows)
    {
        var bad = rows / EveryBadRow;
        Assert.Equal(
            (rows, rows - bad, 0, bad),
            (
                answer.GetProperty("rows").GetInt32(),
                answer.GetProperty("recorded").GetInt32(),
                answer.GetProperty("repeated").GetInt32(),
                answer.GetProperty("refused").GetInt32()
            )
        );
        var results = answer.GetProperty("results").EnumerateArray().ToList();
        Assert.Equal(Enumerable.Range(1, rows), results.Select(result => result.GetProperty("row").GetInt32()));
        Assert.All(
            results.Index(),
            result =>
                Assert.Equal(
                    (result.Index + 1) % EveryBadRow == 0 ? "refused" : "recorded",
                    result.Item.GetProperty("outcome").GetString()
                )
        );
    }
}
