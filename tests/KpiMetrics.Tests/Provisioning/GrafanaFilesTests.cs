using System.Text.RegularExpressions;
using static KpiMetrics.Tests.Provisioning.ComposeFile;

namespace KpiMetrics.Tests.Provisioning;

/// <summary>provisioning/grafana and docker-compose.yml name the same things.</summary>
public sealed partial class GrafanaFilesTests
{
    private const string Folder = "provisioning/grafana";

    private static readonly List<Dictionary<string, object>> Sources =
    [
        .. ((List<object>)Read($"{Folder}/datasources/kpimetrics.yaml")["datasources"]).Select(Map),
    ];

    [Fact]
    public void DataSources_AreTheThreeThatBoardsName()
    {
        Assert.Equal(["kpi-influxdb", "kpi-postgres", "kpi-alertmanager"], Sources.Select(source => (string)source["uid"]));
        Assert.All(Sources, source => Assert.Equal("false", source["editable"]));
        Assert.Single(Sources, source => source.GetValueOrDefault("isDefault") is "true");
    }

    [Fact]
    public void DataSources_TheirAddresses_AreServicesInGrafanasNetwork()
    {
        var own = Texts(Service("grafana")["networks"]);
        foreach (var source in Sources)
        {
            var host = Host().Match((string)source["url"]).Groups["host"].Value;
            Assert.Contains(host, ServiceNames);
            Assert.NotEmpty(own.Intersect(Texts(Service(host)["networks"])));
        }
    }

    [Fact]
    public void DataSources_TheirSecrets_ComeFromGrafanasEnvironment()
    {
        var environment = Map(Service("grafana")["environment"]);
        var names = Sources
            .Where(source => source.ContainsKey("secureJsonData"))
            .SelectMany(source => Map(source["secureJsonData"]).Values)
            .Select(value => Variable().Match((string)value).Groups["name"].Value)
            .ToList();

        Assert.Equal(2, names.Count);
        Assert.All(names, name => Assert.Contains(name, environment.Keys));
    }

    [Fact]
    public void InfluxDb_IsReadInInfluxQlFromTheBucketThatTheWorkerWrites()
    {
        var influx = Map(Sources[0]["jsonData"]);
        var worker = Map(Service("worker")["environment"]);

        Assert.Equal("InfluxQL", influx["version"]);
        Assert.Equal(worker["Influx__Bucket"], influx["dbName"]);
        Assert.Equal(worker["Influx__Bucket"], Map(Service("influxdb")["environment"])["DOCKER_INFLUXDB_INIT_BUCKET"]);
    }

    [Fact]
    public void Boards_TheirFolder_IsMountedWhereTheProviderLooks()
    {
        var provider = Map(((List<object>)Read($"{Folder}/dashboards/kpimetrics.yaml")["providers"])[0]);

        Assert.Contains($"./dashboards:{Map(provider["options"])["path"]}:ro", Texts(Service("grafana")["volumes"]));
    }

    [GeneratedRegex(@"\$(?<name>[A-Z_]+)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Variable();

    [GeneratedRegex("^(http://)?(?<host>[a-z]+):[0-9]+$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Host();
}
