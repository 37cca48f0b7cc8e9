using System.Net;
using System.Net.Http.Headers;
using System.Text;
using KpiMetrics.ServerTests.Servers;
using KpiMetrics.Tests.Provisioning;
using KpiMetrics.Tests.Support;
using static KpiMetrics.Tests.Provisioning.ComposeFile;

namespace KpiMetrics.ServerTests.Provisioning;

/// <summary>
/// The login that provisioning/grafana/README.md has an administrator of InfluxDB 1.x make, used as Grafana uses it: Basic authentication, questions as forms.
/// </summary>
public sealed class GrafanaInfluxLoginTests
{
    private const string Admin = "admin:a";
    private const string Password = "letters0and9digits";

    private static readonly HttpClient Http = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Login_AsTheReadmeMakesIt_ReadsTheDatabaseAndWritesNothing()
    {
        await using var server = await InfluxServer.StartAsync(Token, authenticated: true);
        await server.QueryAsync("CREATE USER admin WITH PASSWORD 'a' WITH ALL PRIVILEGES", Token);
        Assert.Equal(HttpStatusCode.OK, await AskAsync(server, Admin, $"CREATE DATABASE \"{server.Database}\""));
        Assert.Equal(HttpStatusCode.NoContent, await WriteAsync(server, Admin));
        foreach (var statement in Statements(server.Database))
            Assert.Equal(HttpStatusCode.OK, await AskAsync(server, Admin, statement));
        var grafana = $"{Map(Service("grafana")["environment"])["INFLUXDB_USER"]}:{Password}";

        Assert.Equal("POST", Map(GrafanaFiles.DataSources[0]["jsonData"])["httpMode"]);
        Assert.Equal(HttpStatusCode.OK, await AskAsync(server, grafana, "SELECT last(value) FROM kpi"));
        Assert.Equal(HttpStatusCode.OK, await AskAsync(server, grafana, "SHOW TAG VALUES WITH KEY = area"));
        Assert.Equal(HttpStatusCode.Forbidden, await WriteAsync(server, grafana));
        Assert.Equal(HttpStatusCode.Forbidden, await AskAsync(server, grafana, "CREATE DATABASE mine"));
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(server, "grafana:other", "SELECT last(value) FROM kpi"));
    }

    private static List<string> Statements(string database)
    {
        var readme = File.ReadAllLines(Path.Combine(Repository.Root, GrafanaFiles.Folder, "README.md"));
        var statements = readme
            .SkipWhile(line => line != "```influxql")
            .Skip(1)
            .TakeWhile(line => line != "```")
            .Select(line =>
                line.Replace("'...'", $"'{Password}'", StringComparison.Ordinal)
                    .Replace("\"kpi\"", $"\"{database}\"", StringComparison.Ordinal)
            )
            .ToList();
        Assert.Equal(2, statements.Count);
        return statements;
    }

    private static Task<HttpStatusCode> AskAsync(InfluxServer server, string login, string influxQl) =>
        PostAsync($"{server.Url}/query?db={server.Database}&epoch=ms", login, new FormUrlEncodedContent([new("q", influxQl)]));

    private static Task<HttpStatusCode> WriteAsync(InfluxServer server, string login) =>
        PostAsync($"{server.Url}/write?db={server.Database}&precision=s", login, new StringContent("kpi,area=15 value=1 0"));

    private static async Task<HttpStatusCode> PostAsync(string address, string login, HttpContent content)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(address)) { Content = content };
        request.Headers.Authorization = new AuthenticationHeaderValue(
            "Basic",
            Convert.ToBase64String(Encoding.UTF8.GetBytes(login))
        );
        using var response = await Http.SendAsync(request, Token);
        return response.StatusCode;
    }
}
