using KpiMetrics.Pipeline.Publishing;
using KpiMetrics.ServerTests.Servers;
using Microsoft.Extensions.Logging.Abstractions;

namespace KpiMetrics.ServerTests.Publishing;

/// <summary>Against a real VictoriaMetrics, which takes the writes of InfluxDB 2 but knows no buckets and deletes no single points.</summary>
public sealed class InfluxV2WriterTests
{
    private static readonly HttpClient Http = InfluxWriters.CreateClient();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Write_ToVictoriaMetrics_IsReadBack()
    {
        await using var server = await VictoriaServer.StartAsync(Token);
        var writer = Writer(server);

        await writer.PrepareAsync(Token);
        var hostile = new Point(new(Given.Tags("xã A, B = \"C\" 🌾", "lua"), Given.October), 1234.5m, Pop: -0.25m);
        Assert.Empty(await writer.WriteAsync([hostile, .. Given.Points(5001)], Token));

        var values = await server.ExportAsync("kpi_value", Token);
        Assert.Equal(5002, values.Count);
        var found = Assert.Single(values, series => series.GetProperty("metric").GetProperty("subject").GetString() == "lua");
        var labels = found.GetProperty("metric");
        Assert.Equal("xã A, B = \"C\" 🌾", labels.GetProperty("area").GetString());
        Assert.Equal("bac-ninh", labels.GetProperty("set").GetString());
        Assert.Equal("BN-A01.01", labels.GetProperty("measure").GetString());
        Assert.Equal(1234.5, found.GetProperty("values")[0].GetDouble());
        Assert.Equal(Given.October * 1000, found.GetProperty("timestamps")[0].GetInt64());
        var pop = Assert.Single(await server.ExportAsync("kpi_pop", Token));
        Assert.Equal(-0.25, pop.GetProperty("values")[0].GetDouble());
    }

    [Fact]
    public async Task Delete_StoreThatCannot_RefusesEachWithItsReason()
    {
        await using var server = await VictoriaServer.StartAsync(Token);

        var refused = await Writer(server).DeleteAsync(Given.Points(2).ConvertAll(point => point.Address), Token);

        Assert.Equal([0, 1], refused.Select(refusal => refusal.Index));
        Assert.All(refused, refusal => Assert.Contains("unsupported path", refusal.Reason, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Look_StoreWithoutInfluxQl_SaysThatItCannotBeAsked()
    {
        await using var server = await VictoriaServer.StartAsync(Token);
        var writer = Writer(server);
        await writer.WriteAsync([Given.Point(1m)], Token);

        Assert.Null(await writer.LookAsync([Given.Point(1m).Address], Token));
    }

    private static IPointWriter Writer(VictoriaServer server) =>
        InfluxWriters.Create(
            Http,
            new()
            {
                Url = server.Url,
                Version = 2,
                Org = "province",
                Bucket = "kpi",
                Token = "any",
            },
            NullLogger.Instance
        );
}
