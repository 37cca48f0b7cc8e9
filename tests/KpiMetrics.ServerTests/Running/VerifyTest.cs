using System.Globalization;
using System.Text.Json;
using KpiMetrics.ServerTests.Servers;
using KpiMetrics.ServerTests.Support;

namespace KpiMetrics.ServerTests.Running;

/// <summary><c>publish verify</c> against a real InfluxDB in which something was changed behind our back.</summary>
[Collection(WorkerTests.Name)]
public sealed class VerifyTest
{
    // 1 March 2023, midnight in Vietnam.
    private const long March = 1677603600;

    private static readonly HttpClient Http = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Verify_EverythingChangedByHand_IsFoundToldAndMended()
    {
        await using var influx = await InfluxServer.StartAsync(Token);
        using var installation = new Installation(influx);
        await PublishAsync(installation);
        var figures = await installation.ExportAsync(TestSet.Code);
        await BoardPoints.EqualAsync(influx, figures, Token);
        Assert.Equal(0, (await VerifyAsync(installation, 0)).GetProperty("different").GetInt64());

        var point = Series("TN-A01.01", "97001@2004-01-01");
        await WriteAsync(influx, $"{point} value=-1 {March}"); // a value changed
        await WriteAsync(influx, $"{Series("TN-A01.02", "97002@2004-01-01")} plan=5 {March}"); // a field left behind
        await influx.QueryAsync(
            $"DELETE FROM kpi WHERE measure = 'TN-A01.03' AND area = '97003@2004-01-01' AND time = {March}s",
            Token
        );
        await WriteAsync(
            influx,
            $"{point} value=7 {March + 1}",
            $"{Series("TN-A01.02", "97001@2004-01-01")} value=7 {March - 90}"
        ); // points added
        await WriteAtAsync(influx, $"{point} value=8 {March}000000007");
        await WriteAsync(influx, $"{Series("TN-A01.01", "98000@2004-01-01")} value=1 {March}"); // an area that never reported
        await WriteAsync(
            influx,
            $"{point},host=a value=9 {March}",
            $"kpi,area=x value=1 {March}",
            $"kpi,set={TestSet.Code} value=2 {March}"
        );
        var old = Enumerable
            .Range(0, 300)
            .Select(area =>
                Inv($"kpi,area={area},freq=M,indicator=CU-01,measure=CU-01.01,set=bo-cu,subject=_T value={area} {March}")
            );
        await WriteAsync(influx, [.. old]);

        var told = await VerifyAsync(installation, 2, "--dry-run");
        var (missing, different, extra, foreign) = Totals(told);
        Assert.Equal((1, 2, 3, 1 + 3 + 300), (missing, different, extra, foreign));
        var leftOver = Assert.Single(Months(told), month => month.GetProperty("set").GetString() == "bo-cu");
        Assert.Equal(
            ("CU-01", "2023-03"),
            (leftOver.GetProperty("indicator").GetString(), leftOver.GetProperty("month").GetString())
        );
        Assert.Equal(0, told.GetProperty("rewritten").GetInt64());

        var mended = await VerifyAsync(installation, 0);
        Assert.Equal(Totals(told), Totals(mended));
        Assert.Equal(0, mended.GetProperty("notMended").GetInt64());

        Assert.Equal(0, (await VerifyAsync(installation, 0)).GetProperty("different").GetInt64());
        await BoardPoints.EqualAsync(influx, figures, Token);
    }

    [Fact]
    public async Task Verify_InfluxWipedOrDropped_FillsIt()
    {
        await using var influx = await InfluxServer.StartAsync(Token);
        using var installation = new Installation(influx);
        await PublishAsync(installation);
        var figures = await installation.ExportAsync(TestSet.Code);

        await influx.QueryAsync($"DROP DATABASE \"{influx.Database}\"", Token);
        var told = await VerifyAsync(installation, 2, "--dry-run");
        Assert.Equal(figures.Count, told.GetProperty("different").GetInt64());
        await VerifyAsync(installation, 0);
        await BoardPoints.EqualAsync(influx, figures, Token);

        await influx.QueryAsync("DROP MEASUREMENT kpi", Token);
        var some = await VerifyAsync(installation, 0, "--set", TestSet.Code, "--indicator", "TN-A02");
        Assert.All(Months(some), month => Assert.Equal("TN-A02", month.GetProperty("indicator").GetString()));
        Assert.Equal(
            0,
            (await VerifyAsync(installation, 0, "--set", TestSet.Code, "--indicator", "TN-A02"))
                .GetProperty("different")
                .GetInt64()
        );
        await VerifyAsync(installation, 0);
        await BoardPoints.EqualAsync(influx, figures, Token);
    }

    /// <summary>What InfluxDB holds of figures that came after the backup goes; a set that is only not named stays.</summary>
    [Fact]
    public async Task Verify_LedgerRestoredFromAnOlderCopy_BringsInfluxBackToIt()
    {
        await using var influx = await InfluxServer.StartAsync(Token);
        using var installation = new Installation(influx);
        var office = new Reporter(new Random(5), TestSet.FirstMeasures, TestSet.Communes.Take(5));
        await ImportAsync(installation, office, "first.csv");
        await installation.DoAsync("publish", "rebuild");
        var before = await installation.ExportAsync(TestSet.Code);
        var backup = File.ReadAllBytes(installation.LedgerFile);

        await ImportAsync(installation, office, "second.csv");
        await ImportAsync(
            installation,
            new Reporter(new Random(6), TestSet.SecondMeasures, TestSet.Communes.Take(5)),
            "third.csv"
        );
        await installation.DoAsync("publish", "rebuild");
        File.WriteAllBytes(installation.LedgerFile, backup);
        File.Delete($"{installation.LedgerFile}-wal");

        var mended = await VerifyAsync(installation, 0);
        Assert.True(Totals(mended).Foreign > 0, $"{mended}");
        Assert.Equal(0, (await VerifyAsync(installation, 0)).GetProperty("different").GetInt64());
        await BoardPoints.EqualAsync(influx, before, Token);
    }

    [Fact]
    public async Task Verify_WhileTheWorkerPublishes_SeesNoDifference()
    {
        await using var influx = await InfluxServer.StartAsync(Token);
        using var installation = new Installation(influx);
        await using var worker = await installation.RunUntilUpAsync("--Inbox:SettleSeconds=0");
        var office = new Reporter(new Random(8), TestSet.FirstMeasures, TestSet.Communes);
        for (var report = 0; report < 5; report++)
        {
            var name = $"{report}.csv";
            installation.Drop(TestSet.Code, name, office.Next(name, 1500, 0).Text);
            Assert.Equal(0, (await VerifyAsync(installation, 0)).GetProperty("different").GetInt64());
        }
        await installation.AllCollectedAsync(TestSet.Code, worker);
        await installation.AllPublishedAsync(worker);
        Assert.Equal(0, (await VerifyAsync(installation, 0)).GetProperty("different").GetInt64());
        await BoardPoints.EqualAsync(influx, await installation.ExportAsync(TestSet.Code), Token);
    }

    [Fact]
    public async Task Verify_StoreWithoutInfluxQl_SaysSo()
    {
        await using var victoria = await VictoriaServer.StartAsync(Token);
        using var installation = new Installation();

        var result = await installation.CommandAsync(
            "publish",
            "verify",
            $"--Influx:Url={victoria.Url}",
            "--Influx:Version=2",
            "--Influx:Org=o",
            "--Influx:Bucket=kpi"
        );

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("InfluxQL", Assert.Single(result.Error), StringComparison.Ordinal);
    }

    private static async Task PublishAsync(Installation installation)
    {
        await ImportAsync(
            installation,
            new Reporter(new Random(3), TestSet.FirstMeasures, TestSet.Communes.Take(5)),
            "first.csv",
            4 * 5 * 36
        );
        await ImportAsync(
            installation,
            new Reporter(new Random(4), TestSet.SecondMeasures, TestSet.Communes.Take(5)),
            "second.csv",
            2 * 5 * 36
        );
        await installation.DoAsync("publish", "rebuild");
    }

    private static async Task ImportAsync(Installation installation, Reporter office, string name, int rows = 200)
    {
        var report = office.Next(name, rows, 0);
        await installation.DoAsync("import", installation.Write(name, report.Text), "--set", TestSet.Code);
    }

    private static async Task<JsonElement> VerifyAsync(Installation installation, int exitCode, params string[] arguments)
    {
        var result = await installation.CommandAsync(["publish", "verify", "--json", .. arguments]);
        Assert.True(result.ExitCode == exitCode, result.ToString());
        return JsonElement.Parse(string.Join('\n', result.Output));
    }

    private static JsonElement.ArrayEnumerator Months(JsonElement result) => result.GetProperty("months").EnumerateArray();

    private static (long Missing, long Different, long Extra, long Foreign) Totals(JsonElement result)
    {
        return (Sum("missing"), Sum("different"), Sum("extra"), Sum("foreign"));

        long Sum(string column) => Months(result).Sum(month => month.GetProperty(column).GetInt64());
    }

    private static string Series(string measure, string area) =>
        $"kpi,area={area},freq=M,indicator={measure[..6]},measure={measure},set={TestSet.Code},subject=_T";

    private static Task WriteAsync(InfluxServer influx, params string[] lines) =>
        SendAsync(influx, "s", string.Join('\n', lines));

    private static string Inv(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static Task WriteAtAsync(InfluxServer influx, string line) => SendAsync(influx, "ns", line);

    private static async Task SendAsync(InfluxServer influx, string precision, string text)
    {
        using var body = new StringContent(text);
        var address = new Uri($"{influx.Url}/write?db={influx.Database}&precision={precision}");
        using var response = await Http.PostAsync(address, body, Token);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync(Token));
    }
}
