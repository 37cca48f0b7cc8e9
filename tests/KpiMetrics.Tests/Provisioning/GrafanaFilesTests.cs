using System.Text.RegularExpressions;
using KpiMetrics.Tests.Support;
using static KpiMetrics.Tests.Provisioning.ComposeFile;
using static KpiMetrics.Tests.Provisioning.GrafanaFiles;

namespace KpiMetrics.Tests.Provisioning;

/// <summary>provisioning/grafana, docker-compose.yml and dashboards name the same things.</summary>
public sealed partial class GrafanaFilesTests
{
    [Fact]
    public void DataSources_AreTheTwoThatBoardsName()
    {
        // Not Alertmanager: a silence made there would reach neither the ledger nor its audit trail.
        Assert.Equal(["kpi-influxdb", "kpi-postgres"], DataSources.Select(source => (string)source["uid"]));
        Assert.All(DataSources, source => Assert.Equal("false", source["editable"]));
        Assert.Single(DataSources, source => source.GetValueOrDefault("isDefault") is "true");
    }

    [Fact]
    public void DataSources_TheirAddresses_AreServicesInGrafanasNetwork()
    {
        var own = Texts(Service("grafana")["networks"]);
        foreach (var source in DataSources)
        {
            var host = Host().Match(WrittenOut((string)source["url"])).Groups["host"].Value;
            Assert.Contains(host, ServiceNames);
            Assert.NotEmpty(own.Intersect(Texts(Service(host)["networks"])));
        }
    }

    [Fact]
    public void InfluxDb_IsReadInInfluxQlByItsOwnLoginFromTheBucketThatTheWorkerWrites()
    {
        var influx = DataSources[0];
        var settings = Map(influx["jsonData"]);
        var bucket = WrittenOut((string)settings["dbName"]);
        var setup = File.ReadAllText(Path.Combine(Repository.Root, "provisioning/influxdb/setup.sh"));

        Assert.Equal("InfluxQL", settings["version"]);
        Assert.Equal(Map(Service("worker")["environment"])["Influx__Bucket"], bucket);
        Assert.Equal(Map(Service("influxdb")["environment"])["DOCKER_INFLUXDB_INIT_BUCKET"], bucket);
        Assert.Contains($"v1 auth create --username {WrittenOut((string)influx["user"])} ", setup, StringComparison.Ordinal);
        Assert.Contains($"bucket={bucket}\n", setup.ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }

    [Fact]
    public void Boards_EachFolderOfThem_IsMountedAndHasAFolderInGrafana()
    {
        const string mounted = "/var/lib/grafana/dashboards/";
        var folders = Providers.Select(provider => (string)Map(provider["options"])["path"]).ToList();

        Assert.Contains($"./dashboards:{mounted[..^1]}:ro", Texts(Service("grafana")["volumes"]));
        Assert.Equal(
            ["lanh-dao", "bac-ninh", "lao-cai", "cchc", "van-hanh"],
            folders.Select(path =>
            {
                Assert.StartsWith(mounted, path, StringComparison.Ordinal);
                return path[mounted.Length..];
            })
        );
        foreach (var provider in Providers)
        {
            Assert.Equal("kpi-" + ((string)Map(provider["options"])["path"])[mounted.Length..], provider["folderUid"]);
            Assert.Equal("false", provider["allowUiUpdates"]);
        }
        // A board elsewhere would never be seen.
        var dashboards = Path.Combine(Repository.Root, "dashboards");
        Assert.All(
            Directory.EnumerateFiles(dashboards, "*.json", SearchOption.AllDirectories),
            board => Assert.Contains(mounted + Path.GetRelativePath(dashboards, Path.GetDirectoryName(board) ?? ""), folders)
        );
    }

    [Theory]
    [InlineData("name")]
    [InlineData("folder")]
    [InlineData("folderUid")]
    public void Providers_AllOfThem_DifferIn(string key) =>
        Assert.Equal(Providers.Count, Providers.Select(provider => provider[key]).Distinct().Count());

    /// <summary>As Grafana sees it in the container.</summary>
    private static string WrittenOut(string text) =>
        VariablesIn(text)
            .Aggregate(
                text,
                (soFar, name) => soFar.Replace("$" + name, (string)GrafanaFiles.Environment[name], StringComparison.Ordinal)
            );

    [GeneratedRegex("^(http://)?(?<host>[a-z]+):[0-9]+$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Host();
}
