using System.Text.Json;
using KpiMetrics.Pipeline.Publishing;
using KpiMetrics.ServerTests.Servers;
using Microsoft.Extensions.Logging.Abstractions;

namespace KpiMetrics.ServerTests.Publishing;

/// <summary>Against a real InfluxDB 1.x.</summary>
public sealed class InfluxV1WriterTests
{
    private static readonly HttpClient Http = InfluxWriters.CreateClient();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Prepare_NewDatabase_HasShardsOfTenYearsAndKeepsForEver()
    {
        await using var server = await InfluxServer.StartAsync(Token);
        var writer = Writer(server.Options());

        await writer.PrepareAsync(Token);
        await writer.PrepareAsync(Token);
        await writer.WriteAsync([Given.Point(1m)], Token);

        var policy = Assert.Single(await server.QueryAsync($"SHOW RETENTION POLICIES ON \"{server.Database}\"", Token));
        Assert.Equal("87360h0m0s", policy["shardGroupDuration"].GetString());
        Assert.Equal("0s", policy["duration"].GetString());
        Assert.True(policy["default"].GetBoolean());
        var shards = await server.QueryAsync("SHOW SHARD GROUPS", Token);
        var shard = Assert.Single(shards, row => row["database"].GetString() == server.Database);
        var span = shard["end_time"].GetDateTimeOffset() - shard["start_time"].GetDateTimeOffset();
        Assert.Equal(TimeSpan.FromDays(520 * 7), span);
    }

    [Fact]
    public async Task Prepare_DatabaseWithOtherShards_LeavesThemAndGoesOn()
    {
        await using var server = await InfluxServer.StartAsync(Token);
        await server.QueryAsync($"CREATE DATABASE \"{server.Database}\"", Token);
        var writer = Writer(server.Options());

        await writer.PrepareAsync(Token);

        Assert.Empty(await writer.WriteAsync([Given.Point(1m)], Token));
        var policy = Assert.Single(await server.QueryAsync($"SHOW RETENTION POLICIES ON \"{server.Database}\"", Token));
        Assert.Equal("168h0m0s", policy["shardGroupDuration"].GetString());
    }

    [Fact]
    public async Task Write_PointsWithEveryField_AreReadBackEqual()
    {
        await using var server = await InfluxServer.StartAsync(Token);
        var writer = await PreparedAsync(server);
        var figure = new Point(
            new(Given.Tags(subject: "lua"), Given.October),
            1234567.891m,
            -0.1m,
            33.333333333333333333333333333m,
            5m,
            -2.5m,
            41.6m,
            1m / 3m
        );
        var bulletin = new Point(new(Given.Tags("15@2025-07-01"), -2208988800), Text: "Mưa to, \"gió\" cấp 6\\7\nngập 🌧 = 3 xã");

        Assert.Empty(await writer.WriteAsync([figure, bulletin], Token));

        var rows = await server.QueryAsync("SELECT * FROM kpi", Token);
        Assert.Equal(2, rows.Count);
        var (text, number) = (rows[0], rows[1]);
        Assert.Equal(-2208988800, text["time"].GetInt64());
        Assert.Equal("_T", text["subject"].GetString());
        Assert.Equal("15@2025-07-01", text["area"].GetString());
        Assert.Equal(bulletin.Text, text["text"].GetString());
        Assert.Equal(JsonValueKind.Null, text["value"].ValueKind);
        Assert.Equal(Given.October, number["time"].GetInt64());
        Assert.Equal("lua", number["subject"].GetString());
        Assert.Equal("bac-ninh", number["set"].GetString());
        Assert.Equal("BN-A01", number["indicator"].GetString());
        Assert.Equal("BN-A01.01", number["measure"].GetString());
        Assert.Equal("M", number["freq"].GetString());
        Assert.Equal(1234567.891, number["value"].GetDouble());
        Assert.Equal(-0.1, number["pop"].GetDouble());
        Assert.Equal(33.333333333333336, number["yoy"].GetDouble());
        Assert.Equal(5.0, number["ytd"].GetDouble());
        Assert.Equal(-2.5, number["ytd_yoy"].GetDouble());
        Assert.Equal(41.6, number["plan"].GetDouble());
        Assert.Equal(0.3333333333333333, number["coverage"].GetDouble());
        var types = await server.QueryAsync("SHOW FIELD KEYS FROM kpi", Token);
        Assert.All(
            types,
            type => Assert.Equal(type["fieldKey"].GetString() == "text" ? "string" : "float", type["fieldType"].GetString())
        );
    }

    [Fact]
    public async Task Look_AtManyPoints_SaysWhichFieldsEachHas()
    {
        await using var server = await InfluxServer.StartAsync(Token);
        var writer = await PreparedAsync(server);
        var points = Given.Points(600);
        points[7] = points[7] with { Pop = 1m, Coverage = 0.5m };
        points[8] = points[8] with { Value = null, Text = "bản tin" };
        var absent = points[9].Address;
        points.RemoveAt(9);
        await writer.WriteAsync(points, Token);
        await PokeAsync(server, $"kpi,area=00010@2025-07-01,more=x pop=1 {Given.October}");

        var asked = points.ConvertAll(point => point.Address);
        var found = await writer.LookAsync([.. asked, absent, asked[0] with { Seconds = Given.October + 1 }], Token);

        Assert.Equal([.. points.Select(point => point.Fields), PointFields.None, PointFields.None], found);
    }

    [Fact]
    public async Task Look_DatabaseIsNotThere_FindsNothing()
    {
        await using var server = await InfluxServer.StartAsync(Token);

        Assert.Equal([PointFields.None], await Writer(server.Options()).LookAsync([Given.Point(1m).Address], Token));
    }

    [Fact]
    public async Task Write_SeveralBatches_AllArrive()
    {
        await using var server = await InfluxServer.StartAsync(Token);
        var writer = await PreparedAsync(server);

        Assert.Empty(await writer.WriteAsync(Given.Points(12_001), Token));

        var count = Assert.Single(await server.QueryAsync("SELECT count(value), sum(value) FROM kpi", Token));
        Assert.Equal(12_001, count["count"].GetInt64());
        Assert.Equal(Given.Points(12_001).Sum(point => (double)(point.Value ?? 0m)), count["sum"].GetDouble());
    }

    [Fact]
    public async Task Write_LinesInConflictWithAType_AreRefusedAloneWithInfluxsReason()
    {
        await using var server = await InfluxServer.StartAsync(Token);
        var writer = await PreparedAsync(server);
        await PokeAsync(server, $"kpi,area=x text=5 {Given.October}");
        var points = Given.Points(1000);
        foreach (var bad in new[] { 0, 417, 418, 999 })
            points[bad] = points[bad] with { Value = null, Text = "bản tin" };

        var refused = await writer.WriteAsync(points, Token);

        Assert.Equal([0, 417, 418, 999], refused.Select(refusal => refusal.Index).Order());
        Assert.All(refused, refusal => Assert.Contains("field type conflict", refusal.Reason, StringComparison.Ordinal));
        var count = Assert.Single(await server.QueryAsync("SELECT count(value) FROM kpi", Token));
        Assert.Equal(996, count["count"].GetInt64());
    }

    [Fact]
    public async Task Write_WholeBatchInConflict_IsRefusedWhole()
    {
        await using var server = await InfluxServer.StartAsync(Token);
        var writer = await PreparedAsync(server);
        await PokeAsync(server, $"kpi,area=x value=\"text\" {Given.October}");

        var refused = await writer.WriteAsync(Given.Points(500), Token);

        Assert.Equal(Enumerable.Range(0, 500), refused.Select(refusal => refusal.Index));
    }

    [Theory]
    [InlineData("xã Tân Lập, huyện cũ = Lục Yên")]
    [InlineData("it's \"quoted\"")]
    [InlineData("back\\slash and \\, comma")]
    [InlineData("🌾 lúa")]
    [InlineData("a=b,c d")]
    [InlineData("x' OR 'a'='a")]
    [InlineData("#")]
    public async Task WriteAndDelete_HostileTag_NamesExactlyItsPoint(string area)
    {
        await using var server = await InfluxServer.StartAsync(Token);
        var writer = await PreparedAsync(server);
        var hostile = Given.Point(1m, area);

        Assert.Empty(await writer.WriteAsync([hostile, Given.Point(2m)], Token));
        var stored = await server.QueryAsync("SELECT value FROM kpi GROUP BY area", Token);
        Assert.Equal(2, stored.Count);
        Assert.Equal(1.0, Assert.Single(stored, row => row["area"].GetString() == area)["value"].GetDouble());

        Assert.Empty(await writer.DeleteAsync([hostile.Address], Token));
        var left = Assert.Single(await server.QueryAsync("SELECT value FROM kpi GROUP BY area", Token));
        Assert.Equal(2.0, left["value"].GetDouble());
    }

    [Fact]
    public async Task Delete_ThenRewriteWithFewerFields_TheFieldIsGoneAndNeighboursStay()
    {
        await using var server = await InfluxServer.StartAsync(Token);
        var writer = await PreparedAsync(server);
        var full = new Point(new(Given.Tags(), Given.October), 7m, 1m, 2m);
        var later = Given.Point(8m, seconds: Given.October + 86400);
        var elsewhere = Given.Point(9m, "15@2025-07-01");
        var subject = new Point(new(Given.Tags(subject: "lua"), Given.October), 10m);
        await writer.WriteAsync([full, later, elsewhere, subject], Token);

        for (var times = 0; times < 2; times++)
        {
            Assert.Empty(await writer.DeleteAsync([full.Address], Token));
            Assert.Empty(await writer.WriteAsync([full with { Yoy = null }], Token));
        }

        var rows = await server.QueryAsync("SELECT value, pop, yoy FROM kpi", Token);
        Assert.Equal([7.0, 8.0, 9.0, 10.0], rows.Select(row => row["value"].GetDouble()).Order());
        var rewritten = Assert.Single(rows, row => row["value"].GetDouble() == 7.0);
        Assert.Equal(1.0, rewritten["pop"].GetDouble());
        Assert.Equal(JsonValueKind.Null, rewritten["yoy"].ValueKind);
    }

    [Fact]
    public async Task Delete_ManyPointsAtSeveralInstants_RemovesThemAllAndNoOthers()
    {
        await using var server = await InfluxServer.StartAsync(Token);
        var writer = await PreparedAsync(server);
        var points = Given.Points(600).Concat(Given.Points(600).Select(Later)).ToList();
        await writer.WriteAsync(points, Token);
        var chosen = points.Where((_, index) => index % 3 != 0).Select(point => point.Address).ToList();

        Assert.Empty(await writer.DeleteAsync(chosen, Token));

        var count = Assert.Single(await server.QueryAsync("SELECT count(value) FROM kpi", Token));
        Assert.Equal(points.Count - chosen.Count, count["count"].GetInt64());
    }

    [Fact]
    public async Task Write_ServerStoppedInBetween_IsUnavailableAndAllArrivesAfterTheRestart()
    {
        await using var server = await InfluxServer.StartAsync(Token);
        var writer = await PreparedAsync(server);
        var points = Given.Points(7000);
        await writer.WriteAsync(points.Take(3000).ToList(), Token);

        await server.StopAsync();
        var outage = await Assert.ThrowsAsync<InfluxUnavailableException>(() => writer.WriteAsync(points, Token));
        Assert.Contains(server.Url, outage.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<InfluxUnavailableException>(() => writer.PrepareAsync(Token));
        await Assert.ThrowsAsync<InfluxUnavailableException>(() => writer.DeleteAsync([points[0].Address], Token));

        await server.StartAgainAsync(Token);
        await writer.PrepareAsync(Token);
        Assert.Empty(await writer.WriteAsync(points, Token));
        var count = Assert.Single(await server.QueryAsync("SELECT count(value) FROM kpi", Token));
        Assert.Equal(7000, count["count"].GetInt64());
    }

    [Fact]
    public async Task WriteAndDelete_DatabaseMissing_AreRefusedInOneLine()
    {
        await using var server = await InfluxServer.StartAsync(Token);
        var writer = Writer(server.Options() with { Database = "no such" });

        var write = await Assert.ThrowsAsync<InfluxRefusedException>(() => writer.WriteAsync([Given.Point(1m)], Token));
        var delete = await Assert.ThrowsAsync<InfluxRefusedException>(() => writer.DeleteAsync([Given.Point(1m).Address], Token));

        Assert.All(
            [write.Message, delete.Message],
            message =>
            {
                Assert.Contains("database not found", message, StringComparison.Ordinal);
                Assert.DoesNotContain("\n", message, StringComparison.Ordinal);
            }
        );
    }

    [Fact]
    public async Task Everything_WithPasswords_WorksWithThemAndNamesTheFaultButNoSecretWithout()
    {
        const string Password = "m@t-khẩu: s3cret&+%";
        await using var server = await InfluxServer.StartAsync(Token, authenticated: true);
        await server.QueryAsync($"CREATE USER admin WITH PASSWORD '{Password}' WITH ALL PRIVILEGES", Token);
        var options = server.Options() with { User = "admin", Password = Password };
        var writer = Writer(options);

        await writer.PrepareAsync(Token);
        Assert.Empty(await writer.WriteAsync([Given.Point(1m)], Token));
        Assert.Empty(await writer.DeleteAsync([Given.Point(1m).Address], Token));

        foreach (var wrong in new[] { options with { Password = "guess-123" }, options with { User = null, Password = null } })
        {
            var stranger = Writer(wrong);
            foreach (
                var attempt in new Func<Task>[]
                {
                    () => stranger.PrepareAsync(Token),
                    () => stranger.WriteAsync([Given.Point(1m)], Token),
                }
            )
            {
                var refused = await Assert.ThrowsAsync<InfluxRefusedException>(attempt);
                Assert.Contains("credentials", refused.Message, StringComparison.Ordinal);
                Assert.DoesNotContain("guess-123", refused.Message, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task Prepare_UserMayOnlyWrite_IsNoFault()
    {
        await using var server = await InfluxServer.StartAsync(Token, authenticated: true);
        await server.QueryAsync("CREATE USER admin WITH PASSWORD 'a' WITH ALL PRIVILEGES", Token);
        var grants =
            $"CREATE DATABASE \"{server.Database}\"; CREATE USER pen WITH PASSWORD 'b'; GRANT ALL ON \"{server.Database}\" TO pen";
        await server.QueryAsync(grants, Token, "&u=admin&p=a");
        var writer = Writer(server.Options() with { User = "pen", Password = "b" });

        await writer.PrepareAsync(Token);

        Assert.Empty(await writer.WriteAsync([Given.Point(1m)], Token));
    }

    private static IPointWriter Writer(InfluxOptions options) => InfluxWriters.Create(Http, options, NullLogger.Instance);

    private static async Task<IPointWriter> PreparedAsync(InfluxServer server)
    {
        var writer = Writer(server.Options());
        await writer.PrepareAsync(Token);
        return writer;
    }

    private static async Task PokeAsync(InfluxServer server, string line)
    {
        using var body = new StringContent(line);
        var address = new Uri($"{server.Url}/write?db={server.Database}&precision=s");
        using var response = await Http.PostAsync(address, body, Token);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync(Token));
    }

    private static Point Later(Point point) =>
        point with
        {
            Address = point.Address with { Seconds = point.Address.Seconds + 86400 },
        };
}
