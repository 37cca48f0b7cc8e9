using KpiMetrics.Pipeline.Publishing;

namespace KpiMetrics.ServerTests.Servers;

/// <summary>
/// A server of InfluxDB's second API that runs already, as Debian has none: <c>KPIMETRICS_TEST_INFLUX_V2_URL</c> names it, <c>..._TOKEN</c>, <c>..._ORG</c>
/// and <c>..._BUCKET</c> say the rest. The bucket is made where it is missing and the token may make it.
/// </summary>
internal static class InfluxV2Place
{
    private const string Prefix = "KPIMETRICS_TEST_INFLUX_V2_";

    /// <summary>The server that is named; without one the test is skipped, on CI too, as nothing could be installed.</summary>
    public static InfluxOptions Options()
    {
        var url = Read("URL");
        if (url.Length == 0)
            Assert.Skip($"{Prefix}URL is not set: this test needs an InfluxDB 2.x that somebody runs.");
        return new()
        {
            Url = url.TrimEnd('/'),
            Version = 2,
            Org = Read("ORG") is { Length: > 0 } org ? org : "kpi",
            Bucket = Read("BUCKET") is { Length: > 0 } bucket ? bucket : "kpi-tests",
            Token = Read("TOKEN") is { Length: > 0 } token ? token : null,
        };
    }

    private static string Read(string name) => Environment.GetEnvironmentVariable(Prefix + name) ?? "";
}
