using KpiMetrics.Pipeline.Sources.Http;
using KpiMetrics.Tests.Support;

namespace KpiMetrics.Tests.Sources.Http;

public sealed class HttpSourceOptionsCheckTests
{
    private const string Url = "http://127.0.0.1:8090/{indicator}?ky={period}";

    [Fact]
    public void Faults_GoodSources_HasNone() =>
        Assert.Empty(HttpSourceOptionsCheck.Faults([Asking.Options(Url), Asking.Options(Url, "so-y-te")], TestCatalog.Snapshot));

    [Fact]
    public void Faults_EverythingWrong_AreAllSaidAtOnce()
    {
        var options = new HttpSourceOptions
        {
            Name = "Sở Tài chính",
            Set = "tets",
            Url = "ftp://s3cr3t",
            Rows = "$[",
            Locale = "fr",
            Lookback = 25,
            TimeoutSeconds = 0,
            Retries = -1,
            MaxBytes = 1,
            Columns = Asking.Columns(("indicatr", "$.a"), ("measure", "$.["), ("area", "")),
            Headers = new Dictionary<string, string> { ["X Y"] = "s3cr3t", ["Content-Type"] = "s3cr3t" },
        };

        var faults = HttpSourceOptionsCheck.Faults([Asking.Options(Url), options], TestCatalog.Snapshot).ToList();

        string[] places =
        [
            "Name is 'Sở Tài chính'",
            "Url: ",
            "Rows is '$['",
            "Locale is 'fr'",
            "Lookback is '25'",
            "TimeoutSeconds is '0'",
            "Retries is '-1'",
            "MaxBytes is '1'",
            "Columns:indicatr is unknown; allowed: indicator, measure, area, period, value, subject, status, vintage, note, unit, agency.",
            "Columns:measure is '$.['",
            "Columns:area is empty",
            "Columns:value is not mapped.",
            "Headers:X Y cannot be sent",
            "Headers:Content-Type cannot be sent",
            "Set 'tets' is unknown; allowed: test.",
        ];
        Assert.All(
            places,
            place => Assert.Single(faults, fault => fault.StartsWith($"Sources:Http:1:{place}", StringComparison.Ordinal))
        );
        Assert.Equal(places.Length, faults.Count);
        Assert.DoesNotContain(faults, fault => fault.Contains("s3cr3t", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("http://[::1", "Url is no address; write http://HOST/PATH or https://HOST/PATH.")]
    [InlineData(
        "http://h/{thang}",
        "Url has an unknown place in braces; allowed: {indicator}, {frequency}, {period}, {from_period}, {to_period}, {from}, {to}."
    )]
    [InlineData("https://user:s3cr3t@h/", "Url holds credentials; they belong in a header, as ${NAME}.")]
    public void Faults_Address_IsNamedWithoutBeingQuoted(string url, string fault) =>
        Assert.Equal([$"Sources:Http:0:{fault}"], HttpSourceOptionsCheck.Faults([Asking.Options(url)], TestCatalog.Snapshot));

    [Fact]
    public void Faults_NothingGiven_SaysWhatIsNeeded()
    {
        // As bound from {"Name": null, ...}.
        var options = new HttpSourceOptions
        {
            Name = null!,
            Set = null!,
            Url = null!,
            Rows = null!,
            Locale = null!,
            Columns = Asking.Columns(("value", null!)),
            Indicators = [null!],
            Headers = new Dictionary<string, string> { ["X-Key"] = null! },
        };

        var faults = HttpSourceOptionsCheck.Faults([options], TestCatalog.Snapshot).ToList();

        Assert.All(
            (string[])
                ["Name is ''", "Set is ''", "Url: ", "Rows is ''", "Columns:value is empty", "Headers:X-Key cannot be sent"],
            place => Assert.Single(faults, fault => fault.StartsWith($"Sources:Http:0:{place}", StringComparison.Ordinal))
        );
    }

    [Theory]
    [InlineData("Sở Y tế", "Sources:Http:0:Agency 'Sở Y tế' is no office of set test; allowed: Sở Tài chính.")]
    [InlineData("sở tài chính", null)]
    public void Faults_Agency_MustBeAnOfficeOfTheSet(string agency, string? fault)
    {
        var options = Asking.Options(Url);
        options.Agency = agency;

        Assert.Equal(fault is null ? [] : [fault], HttpSourceOptionsCheck.Faults([options], TestCatalog.Snapshot));
    }

    [Fact]
    public void Faults_IndicatorOfAnotherSetAndNameGivenTwice_AreSaid()
    {
        var options = Asking.Options(Url);
        options.Indicators = ["T-01", "T-99"];

        Assert.Equal(
            [
                "Sources:Http:0:Indicators: 'T-99' is not in set test.",
                "Sources:Http: the name 'so-tai-chinh' is given 2 times; each source needs its own.",
            ],
            HttpSourceOptionsCheck.Faults([options, Asking.Options(Url)], TestCatalog.Snapshot)
        );
    }
}
