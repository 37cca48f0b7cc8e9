using KpiMetrics.Pipeline.Publishing;

namespace KpiMetrics.Tests.Publishing;

public sealed class InfluxOptionsValidatorTests
{
    [Fact]
    public void Faults_NothingConfigured_AreNone() => Assert.Empty(InfluxOptionsValidator.Faults(new()));

    [Theory]
    [InlineData("http://127.0.0.1:8086")]
    [InlineData("https://influx.bacninh.gov.vn/db/")]
    public void Faults_Url_IsFine(string url) => Assert.Empty(InfluxOptionsValidator.Faults(new() { Url = url }));

    [Theory]
    [InlineData("", "no address")]
    [InlineData("influx:8086", "'influx:'")]
    [InlineData("127.0.0.1:8086", "no address")]
    [InlineData("ftp://influx", "'ftp:'")]
    [InlineData("http://admin:hush@influx:8086", "credentials")]
    [InlineData("http://influx:8086?u=admin&p=hush", "'?'")]
    public void Faults_UrlNotUsable_SaysWhyWithoutSecrets(string url, string expected)
    {
        var fault = Assert.Single(InfluxOptionsValidator.Faults(new() { Url = url }));

        Assert.StartsWith("Influx:Url ", fault, StringComparison.Ordinal);
        Assert.Contains(expected, fault, StringComparison.Ordinal);
        Assert.DoesNotContain("hush", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Faults_Several_AreReportedTogetherWithValueAndRange()
    {
        var options = new InfluxOptions
        {
            Url = "http://127.0.0.1:8086",
            Version = 2,
            Org = " ",
            Token = "hush hush",
            User = "a:b",
            BatchSize = 0,
            TimeoutSeconds = 601,
        };

        var faults = InfluxOptionsValidator.Faults(options);

        Assert.Equal(
            "Org Bucket User User Token BatchSize TimeoutSeconds",
            string.Join(' ', faults.Select(fault => fault.Split(':', ' ')[1]))
        );
        Assert.DoesNotContain(faults, fault => fault.Contains("hush", StringComparison.Ordinal));
        Assert.Contains("Influx:BatchSize is 0; allowed is 1..50000.", faults, StringComparer.Ordinal);
        Assert.Contains("Influx:TimeoutSeconds is 601; allowed is 1..600.", faults, StringComparer.Ordinal);
    }

    [Fact]
    public void Faults_UnknownVersion_NamesTheTwo() =>
        Assert.Equal(["Influx:Version is 3; allowed are 1 and 2."], InfluxOptionsValidator.Faults(new() { Version = 3 }));

    [Fact]
    public void Options_AsText_HoldNoSecret() =>
        Assert.DoesNotContain(
            "hush",
            new InfluxOptions { Token = "hush", Password = "hush" }.ToString(),
            StringComparison.Ordinal
        );

    [Fact]
    public void Create_OptionsWithFaults_NamesThemAll()
    {
        using var http = InfluxWriters.CreateClient();
        var options = new InfluxOptions { Url = "nowhere", BatchSize = -1 };

        var refused = Assert.Throws<ArgumentException>(() =>
            InfluxWriters.Create(http, options, Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance)
        );

        Assert.Contains("Influx:Url", refused.Message, StringComparison.Ordinal);
        Assert.Contains("Influx:BatchSize", refused.Message, StringComparison.Ordinal);
    }
}
