using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using KpiMetrics.Pipeline.Publishing;
using Microsoft.Extensions.Logging.Abstractions;

namespace KpiMetrics.Tests.Publishing;

/// <summary>How the writers take answers that no server at hand gives.</summary>
public sealed class InfluxWriterTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(503)]
    public async Task Write_ServerCannotNow_IsUnavailable(int status)
    {
        using var server = new ScriptedServer(_ => (status, "{\"error\":\"timeout\"}"));

        var away = await Assert.ThrowsAsync<InfluxUnavailableException>(() => V1(server).WriteAsync(Points(3), Token));

        Assert.Contains("timeout", away.Message, StringComparison.Ordinal);
        Assert.Contains($"{status}", away.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(301)]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(405)]
    public async Task Write_SettingsWrong_IsRefusedInOneLineWithoutSecrets(int status)
    {
        using var server = new ScriptedServer(_ => (status, "{\"code\":\"x\",\"message\":\"no\nway\"}"));

        var refused = await Assert.ThrowsAsync<InfluxRefusedException>(() => V2(server).WriteAsync(Points(3), Token));

        Assert.DoesNotContain("hush", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("\n", refused.Message, StringComparison.Ordinal);
        Assert.Equal("Token hush", server.Requests[0].Authorization);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Write_BodyTooLarge_IsHalvedUntilItFits()
    {
        using var server = new ScriptedServer(request => (Lines(request) > 3 ? 413 : 204, ""));

        Assert.Empty(await V1(server).WriteAsync(Points(10), Token));

        Assert.Equal(10, server.Requests.Where(request => Lines(request) <= 3).Sum(Lines));
    }

    [Fact]
    public async Task Write_OneLineTooLarge_IsRefusedAlone()
    {
        using var server = new ScriptedServer(request =>
            (request.Body.Contains("value=7,", StringComparison.Ordinal) ? 413 : 204, "")
        );

        var refused = Assert.Single(await V1(server).WriteAsync(Points(10), Token));

        Assert.Equal(new RefusedLine(7, "HTTP 413"), refused);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(422)]
    public async Task Write_StoreThatTakesAllOrNothing_GetsAllGoodLines(int status)
    {
        var stored = new HashSet<string>(StringComparer.Ordinal);
        using var server = new ScriptedServer(request =>
        {
            var lines = request.Body.Split('\n', StringSplitOptions.RemoveEmptyEntries);
            if (lines.Any(line => line.Contains("value=3,", StringComparison.Ordinal)))
                return (status, "{\"code\":\"invalid\",\"message\":\"field type conflict\"}");
            stored.UnionWith(lines);
            return (204, "");
        });

        var refused = Assert.Single(await V2(server).WriteAsync(Points(9), Token));

        Assert.Equal(new RefusedLine(3, "field type conflict"), refused);
        Assert.Equal(8, stored.Count);
    }

    [Fact]
    public async Task Write_OutageWhileLookingForBadLines_IsUnavailable()
    {
        var asked = 0;
        using var server = new ScriptedServer(_ => (++asked < 3 ? 400 : 503, "{\"error\":\"partial write\"}"));

        await Assert.ThrowsAsync<InfluxUnavailableException>(() => V1(server).WriteAsync(Points(9), Token));
    }

    [Fact]
    public async Task Write_NobodyListens_IsUnavailableAndNamesTheAddress()
    {
        using var http = InfluxWriters.CreateClient();
        var options = new InfluxOptions { Url = $"http://127.0.0.1:{UnusedPort()}" };

        var away = await Assert.ThrowsAsync<InfluxUnavailableException>(() =>
            InfluxWriters.Create(http, options, NullLogger.Instance).WriteAsync(Points(1), Token)
        );

        Assert.Contains(options.Url, away.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Write_ServerNeverAnswers_IsUnavailableAfterTheTimeout()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        using var http = InfluxWriters.CreateClient();
        var options = new InfluxOptions { Url = $"http://{silent.LocalEndpoint}", TimeoutSeconds = 1 };

        var away = await Assert.ThrowsAsync<InfluxUnavailableException>(() =>
            InfluxWriters.Create(http, options, NullLogger.Instance).WriteAsync(Points(1), Token)
        );

        Assert.Contains("within 1 s", away.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Write_Cancelled_IsNoOutage()
    {
        using var server = new ScriptedServer(_ => (204, ""));
        using var stopped = new CancellationTokenSource();
        await stopped.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => V1(server).WriteAsync(Points(1), stopped.Token));
    }

    [Fact]
    public async Task Prepare_AnswerIsAPage_IsRefusedAsNoInfluxDb()
    {
        using var server = new ScriptedServer(_ => (200, "<html>Welcome</html>"));

        var refused = await Assert.ThrowsAsync<InfluxRefusedException>(() => V1(server).PrepareAsync(Token));

        Assert.Contains("Influx:Url", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Prepare_BucketMissing_IsCreatedWithShardsOfTenYears()
    {
        using var server = new ScriptedServer(request =>
            request switch
            {
                { Method: "GET", Path: "/api/v2/buckets" } => (404, "{\"code\":\"not found\",\"message\":\"bucket not found\"}"),
                { Path: "/api/v2/orgs" } => (200, "{\"orgs\":[{\"id\":\"0a\",\"name\":\"tỉnh\"}]}"),
                _ => (201, "{}"),
            }
        );

        await V2(server).PrepareAsync(Token);

        Assert.Equal("?org=t%E1%BB%89nh&name=kpi", server.Requests[0].Query);
        var made = JsonElement.Parse(server.Requests[2].Body);
        Assert.Equal("0a", made.GetProperty("orgID").GetString());
        Assert.Equal("kpi", made.GetProperty("name").GetString());
        var rule = made.GetProperty("retentionRules")[0];
        Assert.Equal(0, rule.GetProperty("everySeconds").GetInt32());
        Assert.Equal(520 * 604800, rule.GetProperty("shardGroupDurationSeconds").GetInt32());
    }

    [Theory]
    [InlineData(200, "{\"buckets\":[{\"id\":\"0b\"}]}")]
    [InlineData(400, "unsupported path requested")]
    [InlineData(404, "404 page not found")]
    [InlineData(401, "{\"code\":\"unauthorized\",\"message\":\"no\"}")]
    public async Task Prepare_BucketThereOrNotForUsToAsk_CreatesNothing(int status, string body)
    {
        using var server = new ScriptedServer(_ => (status, body));

        await V2(server).PrepareAsync(Token);

        Assert.Single(server.Requests);
    }

    // As InfluxDB 1.x does with what it is just writing from memory to disk.
    [Fact]
    public async Task Delete_V1AnsweredYesAndStillThere_IsDoneAgainForThatAlone()
    {
        const string Done = """{"results":[{"statement_id":0},{"statement_id":1}]}""";
        var tags = string.Join(',', InfluxNames.TagsOf(Given.Key()).Select(tag => $"\"{tag.Key}\":\"{tag.Value}\""));
        // Of another subject of the same measure and area too, which is none of ours.
        var seen =
            """{"results":[{"statement_id":0},{"statement_id":1,"series":["""
            + $$"""{"name":"kpi","tags":{{{tags}}},"columns":["time","pop","value"],"values":[[86400000000000,null,5]]},"""
            + $$"""{"name":"kpi","tags":{{{tags.Replace("_T", "other", StringComparison.Ordinal)}}},"columns":["time","value"],"values":[[0,5]]}"""
            + "]}]}";
        var looks = 0;
        using var server = new ScriptedServer(request =>
            (200, request.Body.Contains("q=SELECT", StringComparison.Ordinal) && ++looks == 1 ? seen : Done)
        );

        Assert.Empty(await V1(server).DeleteAsync([.. Points(2).Select(point => point.Address)], Token));

        Assert.Equal(
            ["DELETE 1970-01-01 1970-01-02", "SELECT 1970-01-01 1970-01-02", "DELETE 1970-01-02", "SELECT 1970-01-02"],
            server.Requests.Select(request =>
                (request.Body.Contains("q=SELECT", StringComparison.Ordinal) ? "SELECT" : request.Body[2..8])
                + (request.Body.Contains("1970-01-01T", StringComparison.Ordinal) ? " 1970-01-01" : "")
                + (request.Body.Contains("1970-01-02T", StringComparison.Ordinal) ? " 1970-01-02" : "")
            )
        );
    }

    [Fact]
    public async Task Delete_V2_NamesThePointByAllItsTagsAndItsSecond()
    {
        using var server = new ScriptedServer(_ => (204, ""));
        var address = new PointAddress(PointTags.Of(Given.Key(subject: "a\"b\\c")), 1759251600);

        Assert.Empty(await V2(server).DeleteAsync([address], Token));

        var body = JsonElement.Parse(server.Requests[0].Body);
        Assert.Equal("2025-09-30T17:00:00Z", body.GetProperty("start").GetString());
        Assert.Equal("2025-09-30T17:00:00.000000001Z", body.GetProperty("stop").GetString());
        Assert.Equal(
            """_measurement="kpi" AND area="24@2025-07-01" AND freq="M" AND indicator="T-A01" AND measure="T-A01.01" AND set="test" AND subject="a\"b\\c" """.TrimEnd(),
            body.GetProperty("predicate").GetString()
        );
    }

    [Fact]
    public async Task Delete_V2BucketMissing_IsRefused()
    {
        using var server = new ScriptedServer(_ =>
            (404, "{\"code\":\"not found\",\"message\":\"bucket \\\"kpi\\\" not found\"}")
        );

        await Assert.ThrowsAsync<InfluxRefusedException>(() => V2(server).DeleteAsync([Points(1)[0].Address], Token));
    }

    private static IPointWriter V1(ScriptedServer server) => Writer(server, new() { Url = "http://influx.test/db/" });

    private static IPointWriter V2(ScriptedServer server) =>
        Writer(
            server,
            new()
            {
                Url = "http://influx.test",
                Version = 2,
                Org = "tỉnh",
                Bucket = "kpi",
                Token = "hush",
            }
        );

    private static IPointWriter Writer(ScriptedServer server, InfluxOptions options) =>
        InfluxWriters.Create(new HttpClient(server, disposeHandler: false), options, NullLogger.Instance);

    private static int Lines(ScriptedServer.Request request) => request.Body.Count(c => c == '\n');

    private static List<Point> Points(int count)
    {
        var tags = PointTags.Of(Given.Key());
        return Enumerable.Range(0, count).Select(n => new Point(new(tags, n * 86400L), n, 0m)).ToList();
    }

    private static string UnusedPort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);
    }
}
