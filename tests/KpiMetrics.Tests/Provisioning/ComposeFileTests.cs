using System.Text.RegularExpressions;
using KpiMetrics.Tests.Support;
using static KpiMetrics.Tests.Provisioning.ComposeFile;

namespace KpiMetrics.Tests.Provisioning;

/// <summary>What holds for every service of docker-compose.yml, so that the next one added keeps to it.</summary>
public sealed partial class ComposeFileTests
{
    private const string OneShot = "no"; // of 'restart': runs to its end at every start

    public static TheoryData<string> Services => [.. ServiceNames];

    [Theory, MemberData(nameof(Services))]
    public void Service_Any_IsConfined(string name)
    {
        var service = Service(name);

        Assert.Equal(["ALL"], Texts(service["cap_drop"]));
        Assert.Equal(["no-new-privileges:true"], Texts(service["security_opt"]));
        Assert.Equal("true", service["read_only"]);
        Assert.DoesNotContain("privileged", service.Keys);
        Assert.DoesNotContain("cap_add", service.Keys);
        Assert.Matches("^(?!root|0)[a-z0-9:]+$", (string)service["user"]);
    }

    [Theory, MemberData(nameof(Services))]
    public void Service_Any_HasLimitsOfMemoryAndLogs(string name)
    {
        var service = Service(name);
        var logs = Map(Map(service["logging"])["options"]);

        Assert.Matches("^[0-9]+[mg]$", (string)service["mem_limit"]);
        Assert.Equal(["max-file", "max-size"], logs.Keys.Order(StringComparer.Ordinal));
        Assert.Equal("Asia/Ho_Chi_Minh", Environment(service).GetValueOrDefault("TZ", "Asia/Ho_Chi_Minh"));
        Assert.DoesNotContain("container_name", service.Keys); // two of one kind could not run
    }

    [Theory, MemberData(nameof(Services))]
    public void Service_ThatStaysUp_IsAskedForItsHealthAndHasTimeToEnd(string name)
    {
        var service = Service(name);
        if (service["restart"] is OneShot)
            return;

        Assert.Equal("CMD", Texts(Map(service["healthcheck"])["test"])[0]); // no shell needed
        Assert.InRange(int.Parse(((string)service["stop_grace_period"])[..^1], null), 11, 600);
        Assert.Equal("Asia/Ho_Chi_Minh", Environment(service)["TZ"]);
    }

    [Theory, MemberData(nameof(Services))]
    public void Service_ThatWaitsForOthers_SaysUntilWhen(string name)
    {
        if (!Service(name).TryGetValue("depends_on", out var others))
            return;
        foreach (var (other, how) in Map(others))
        {
            var expected = Service(other)["restart"] is OneShot ? "service_completed_successfully" : "service_healthy";
            Assert.Equal(expected, Map(how)["condition"]);
        }
    }

    [Theory, MemberData(nameof(Services))]
    public void Image_Any_HasAnExactVersionOrIsBuiltHere(string name)
    {
        var service = Service(name);
        if (!service.ContainsKey("build"))
            Assert.Matches(ExactTag(), (string)service["image"]);
    }

    [Fact]
    public void BaseImages_OfTheDockerfile_HaveExactVersions()
    {
        var images = DefaultOfAnArgument()
            .Matches(File.ReadAllText(Path.Combine(Repository.Root, "Dockerfile")))
            .Select(match => match.Groups["image"].Value)
            .ToList();

        Assert.Equal(2, images.Count);
        Assert.All(images, image => Assert.Matches(ExactTag(), image));
    }

    [Fact]
    public void Ports_Published_AreOfApiAndGrafanaAndOfThisMachineUnlessSetOtherwise()
    {
        var published = ServiceNames
            .Where(name => Service(name).ContainsKey("ports"))
            .ToDictionary(name => name, name => Assert.Single(Texts(Service(name)["ports"])), StringComparer.Ordinal);

        Assert.Equal(["grafana", "worker"], published.Keys.Order(StringComparer.Ordinal));
        Assert.All(published.Values, port => Assert.Matches(@"^\$\{[A-Z_]+:-127\.0\.0\.1\}:", port));
        Assert.DoesNotContain("network_mode", ServiceNames.SelectMany(name => Service(name).Keys));
    }

    [Fact]
    public void Stores_AreOnANetworkWithoutAWayOut()
    {
        Assert.Equal("true", Map(Map(Whole["networks"])["stores"])["internal"]);
        Assert.All(
            (string[])["postgres", "influxdb", "influxdb-setup"],
            name => Assert.Equal(["stores"], Texts(Service(name)["networks"]))
        );
    }

    [Fact]
    public void Alertmanager_WhereAnybodyMaySilence_IsReachedByWorkersAlone()
    {
        var own = Texts(Service("alertmanager")["networks"]);

        Assert.Equal(
            ["alertmanager", "worker", "worker-more"],
            ServiceNames
                .Where(name => Texts(Service(name)["networks"]).Intersect(own, StringComparer.Ordinal).Any())
                .Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public void Passwords_AllOfTheFile_AreDemandedAndEmptyInTheExample()
    {
        var compose = File.ReadAllText(Path.Combine(Repository.Root, "docker-compose.yml"));
        var demanded = Demanded().Matches(compose).Select(match => match.Groups["name"].Value).ToHashSet(StringComparer.Ordinal);
        var optional = Optional().Matches(compose).Select(match => match.Groups["name"].Value).Where(IsSecret).ToList();
        var secrets = Variable().Matches(compose).Select(match => match.Groups["name"].Value).Where(IsSecret);
        var example = File.ReadAllLines(Path.Combine(Repository.Root, ".env.example"));

        Assert.Equal(demanded.Concat(optional).Order(StringComparer.Ordinal), secrets.Distinct().Order(StringComparer.Ordinal));
        Assert.Equal(
            demanded.Order(StringComparer.Ordinal),
            example.Where(line => line.EndsWith('=')).Select(line => line[..^1]).Order(StringComparer.Ordinal)
        );
        Assert.All(optional, name => Assert.Contains($"#{name}=...", example));
        Assert.Contains(".env", File.ReadAllLines(Path.Combine(Repository.Root, ".gitignore")));
    }

    [Fact]
    public void Worker_TheOnesBesidesTheFirst_DifferInPortsAndNumberAlone()
    {
        var (first, more) = (Service("worker"), Service("worker-more"));

        Assert.Equal(["ports"], first.Keys.Except(more.Keys));
        Assert.Equal(["deploy"], more.Keys.Except(first.Keys));
        Assert.Equal(Environment(first), Environment(more));
        Assert.Equal("${MORE_WORKERS:-0}", Map(more["deploy"])["replicas"]);
    }

    [Fact]
    public void Files_MountedFromTheRepository_AreThere()
    {
        var sources = ServiceNames
            .Where(name => Service(name).ContainsKey("volumes"))
            .SelectMany(name => Texts(Service(name)["volumes"]))
            .Where(volume => volume.StartsWith('.'))
            .ToList();

        Assert.NotEmpty(sources);
        Assert.All(sources, volume => Assert.EndsWith(":ro", volume, StringComparison.Ordinal));
        Assert.All(sources, volume => Assert.True(Path.Exists(Path.Combine(Repository.Root, volume.Split(':')[0])), volume));
    }

    [Fact]
    public void Readme_ServicesVolumesAndImagesOfItsCommands_AreThoseOfTheFile()
    {
        var readme = File.ReadAllText(Path.Combine(Repository.Root, "README.md"));
        var services = CommandOn().Matches(readme).Select(match => match.Groups["name"].Value).ToList();
        var volumes = VolumeOf().Matches(readme).Select(match => match.Groups["name"].Value).ToList();
        var images = PostgresImage().Matches(readme).Select(match => match.Value).ToList();

        Assert.NotEmpty(services);
        Assert.All(services, name => Assert.Contains(name, ServiceNames));
        Assert.NotEmpty(volumes);
        Assert.All(volumes, name => Assert.Contains(name, Map(Whole["volumes"]).Keys));
        Assert.NotEmpty(images);
        Assert.All(images, image => Assert.Equal(Service("postgres")["image"], image));
    }

    private static bool IsSecret(string name) =>
        name.EndsWith("PASSWORD", StringComparison.Ordinal) || name.EndsWith("TOKEN", StringComparison.Ordinal);

    private static Dictionary<string, object> Environment(Dictionary<string, object> service) => Map(service["environment"]);

    [GeneratedRegex(
        @"^[a-z0-9./_-]+:v?[0-9]+\.[0-9]+\.?[0-9]*(-[a-z0-9-]+)?(@sha256:[0-9a-f]{64})?$",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex ExactTag();

    [GeneratedRegex(@"^ARG [A-Z]+_IMAGE=(?<image>\S+)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex DefaultOfAnArgument();

    [GeneratedRegex(
        @"\$\{(?<name>[A-Z_]+):\?is not set; copy \.env\.example to \.env and fill in every password\}",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Demanded();

    /// <summary>Of a channel that need not be used: nothing by default.</summary>
    [GeneratedRegex(@"\$\{(?<name>[A-Z_]+):-(none)?\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Optional();

    [GeneratedRegex(@"\$\{(?<name>[A-Z_]+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Variable();

    /// <summary>A command of <c>docker compose</c>, up to the service that it names.</summary>
    [GeneratedRegex(
        @"docker compose (exec|run|stop|restart|create)( -[A-Za-z-]+)*( --volume \S+)? (?<name>[a-z][a-z-]+)",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex CommandOn();

    [GeneratedRegex(@"\bkpimetrics_(?<name>[a-z-]+):", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex VolumeOf();

    [GeneratedRegex(@"\bpostgres:[0-9][0-9a-z.-]+", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex PostgresImage();
}
