using System.Text.RegularExpressions;
using KpiMetrics.Tests.Support;
using static KpiMetrics.Tests.Provisioning.ComposeFile;
using static KpiMetrics.Tests.Provisioning.GrafanaFiles;

namespace KpiMetrics.Tests.Provisioning;

/// <summary>What Grafana's files and settings take from the environment, from .env.example to the place where it is used.</summary>
public sealed partial class GrafanaVariablesTests
{
    // Places that Grafana does not write out: .../provision-alerting-resources/file-provisioning/#template-variable-interpolation
    private static readonly string[] TakenAsTheyAre = [".annotations.", ".model.", ".relativeTimeRange.", "templates[]."];

    private static readonly string[] SecretSettings = ["password", "bottoken", "authorization_credentials", "url"];

    private static readonly List<(string Path, string Text)> Written =
    [
        .. Paths
            .SelectMany(path => Scalars(Read(path)))
            .Where(scalar => !TakenAsTheyAre.Any(place => scalar.Path.Contains(place, StringComparison.Ordinal))),
    ];

    [Fact]
    public void Variables_OfTheFiles_AreInGrafanasEnvironmentAndNoneIsThereForNothing()
    {
        var used = Written.SelectMany(scalar => VariablesIn(scalar.Text)).Distinct().Order(StringComparer.Ordinal);
        var given = GrafanaFiles.Environment.Keys.Where(name =>
            name is not "TZ" && !name.StartsWith("GF_", StringComparison.Ordinal)
        );

        Assert.Equal(given.Order(StringComparer.Ordinal), used);
    }

    [Fact]
    public void Dollars_InTheFiles_AreVariablesWithoutBraces()
    {
        // ${NAME} is written out twice, so that a '$' in a password would be lost; $NAME once.
        foreach (var (path, text) in Written)
            Assert.True(text.Count(sign => sign == '$') == VariablesIn(text).Count(), $"{path}: {text}");
    }

    [Fact]
    public void Variables_ThatComposeTakesFromEnv_AreNamedInTheExample()
    {
        var taken = GrafanaFiles
            .Environment.Values.SelectMany(value => Taken().Matches((string)value))
            .Select(match => match.Groups["name"].Value)
            .ToHashSet(StringComparer.Ordinal);
        var example = File.ReadAllLines(Path.Combine(Repository.Root, ".env.example"))
            .Select(line => Named().Match(line))
            .Where(match => match.Success)
            .Select(match => match.Groups["name"].Value)
            .ToList();

        Assert.Empty(taken.Except(example, StringComparer.Ordinal));
        Assert.Equal(example.Count, example.Distinct().Count());
        // What the example offers is used somewhere.
        var compose = File.ReadAllText(Path.Combine(Repository.Root, "docker-compose.yml"));
        Assert.All(example, name => Assert.Matches($@"(?m)(\$\{{{name}\b|^ +{name}:)", compose));
    }

    [Fact]
    public void Secrets_InTheFiles_AreVariablesAndNothingElse()
    {
        var secrets = Written.Where(scalar => IsSecret(scalar.Path)).ToList();

        Assert.Equal(6, secrets.Count); // two logins, a bot, a webhook with its token, the address of a monitor
        Assert.All(secrets, secret => Assert.Matches(@"^\$[A-Z_]+$", secret.Text));
    }

    [Theory]
    [InlineData("MAIL", "TO")]
    [InlineData("TELEGRAM", "CHAT")]
    [InlineData("WEBHOOK", "URL")]
    public void Channel_WithoutAnAddress_HasOneThatLeadsNowhereAndGetsNothing(string channel, string address)
    {
        var name = $"GRAFANA_{channel}_{address}";

        Assert.Matches($@"^\$\{{{name}:-[a-z0-9.:/@-]+\}}$", (string)GrafanaFiles.Environment[name]);
        Assert.Equal($"none${{{name}:+|critical|warning}}", GrafanaFiles.Environment[$"GRAFANA_{channel}_SEVERITIES"]);
    }

    [Theory]
    [InlineData("GF_AUTH_ANONYMOUS_ENABLED", "false")]
    [InlineData("GF_USERS_ALLOW_SIGN_UP", "false")]
    [InlineData("GF_USERS_ALLOW_ORG_CREATE", "false")]
    [InlineData("GF_USERS_AUTO_ASSIGN_ORG_ROLE", "Viewer")]
    [InlineData("GF_USERS_VIEWERS_CAN_EDIT", "false")]
    [InlineData("GF_PUBLIC_DASHBOARDS_ENABLED", "false")]
    [InlineData("GF_SNAPSHOTS_ENABLED", "false")]
    [InlineData("GF_SECURITY_ALLOW_EMBEDDING", "false")]
    public void Setting_ThatKeepsOthersOut_IsSet(string name, string value) =>
        Assert.Equal(value, GrafanaFiles.Environment[name]);

    private static bool IsSecret(string path) =>
        path.Contains("secureJsonData", StringComparison.Ordinal)
        || (
            path.StartsWith("contactPoints", StringComparison.Ordinal)
            && SecretSettings.Contains(path.Split('.')[^1], StringComparer.Ordinal)
        );

    [GeneratedRegex(@"\$\{(?<name>[A-Z_]+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Taken();

    [GeneratedRegex("^#?(?<name>[A-Z_]+)=", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Named();
}
