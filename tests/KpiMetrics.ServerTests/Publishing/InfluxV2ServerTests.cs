using System.Globalization;
using KpiMetrics.Pipeline.Publishing;
using KpiMetrics.Pipeline.Publishing.Verifying;
using KpiMetrics.ServerTests.Servers;
using Microsoft.Extensions.Logging.Abstractions;

namespace KpiMetrics.ServerTests.Publishing;

/// <summary>Against an InfluxDB 2.x that somebody runs (<see cref="InfluxV2Place"/>); none can be installed, so these are run by name (CONTRIBUTING.md).</summary>
/// <remarks>Each names series of its own, so that a bucket serves for many runs; the points stay in it.</remarks>
public sealed class InfluxV2ServerTests
{
    private static readonly HttpClient Http = InfluxWriters.CreateClient();

    private readonly string own = $"{Guid.NewGuid():N}";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact(Explicit = true)]
    public async Task Write_PointsWithEveryField_AreReadBackDigitForDigit()
    {
        var options = InfluxV2Place.Options();
        var writer = await PreparedAsync(options);
        var figure = new Point(
            new(Given.Tags(own, "lua"), Given.October),
            1234567.891m,
            -0.1m,
            33.333333333333333333333333333m,
            5m,
            -2.5m,
            41.6m,
            1m / 3m
        );
        var bulletin = new Point(
            new(Given.Tags($"xã A, B = \"C\" 🌾 {own}"), -2208988800),
            Text: "Mưa to, \"gió\" cấp 6\\7\nngập 🌧 = 3 xã"
        );

        Assert.Empty(await writer.WriteAsync([figure, bulletin], Token));

        Assert.Equal([PointHash.Of(figure)], await HashesAsync(options, figure.Address.Tags));
        Assert.Equal([PointHash.Of(bulletin)], await HashesAsync(options, bulletin.Address.Tags));
    }

    [Fact(Explicit = true)]
    public async Task Write_MoreThanABatch_AllArrive()
    {
        var writer = await PreparedAsync(InfluxV2Place.Options());
        var points = Points(5001, Given.October);

        Assert.Empty(await writer.WriteAsync(points, Token));

        var found = await writer.LookAsync(points.ConvertAll(point => point.Address), Token);
        Assert.Equal(points.Select(point => point.Fields), found);
    }

    [Fact(Explicit = true)]
    public async Task Write_LinesInConflictWithAType_AreRefusedAloneWithInfluxsReason()
    {
        const long InAShardOfItsOwn = -631152000; // where 'text' is a number from now on
        var options = InfluxV2Place.Options();
        var writer = await PreparedAsync(options);
        await PokeAsync(options, $"kpi,area={own} text=5 {InAShardOfItsOwn}");
        var points = Points(1000, InAShardOfItsOwn);
        foreach (var bad in new[] { 0, 417, 418, 999 })
            points[bad] = points[bad] with { Value = null, Text = "bản tin" };

        var refused = await writer.WriteAsync(points, Token);

        Assert.Equal([0, 417, 418, 999], refused.Select(refusal => refusal.Index).Order());
        Assert.All(refused, refusal => Assert.Contains("field type conflict", refusal.Reason, StringComparison.Ordinal));
    }

    [Fact(Explicit = true)]
    public async Task Delete_ThenRewriteWithFewerFields_TheFieldIsGoneAndNeighboursStay()
    {
        var writer = await PreparedAsync(InfluxV2Place.Options());
        var full = new Point(new(Given.Tags(own), Given.October), 7m, 1m, 2m);
        var later = Given.Point(8m, own, Given.October + 86400);
        var elsewhere = Given.Point(9m, $"{own}-b");
        var subject = new Point(new(Given.Tags(own, "lua"), Given.October), 10m);
        Assert.Empty(await writer.WriteAsync([full, later, elsewhere, subject], Token));
        var less = full with { Yoy = null };

        for (var times = 0; times < 2; times++)
        {
            Assert.Empty(await writer.DeleteAsync([full.Address], Token));
            Assert.Empty(await writer.WriteAsync([less], Token));
        }

        List<Point> left = [less, later, elsewhere, subject];
        var found = await writer.LookAsync(left.ConvertAll(point => point.Address), Token);
        Assert.Equal(left.Select(point => point.Fields), found);
    }

    [Theory(Explicit = true)]
    [InlineData("xã Tân Lập, huyện cũ = Lục Yên")]
    [InlineData("it's \"quoted\"")]
    [InlineData("back\\slash and \\, comma")]
    [InlineData("x\" OR area=\"a")]
    public async Task Delete_HostileTag_NamesExactlyItsPoint(string area)
    {
        var writer = await PreparedAsync(InfluxV2Place.Options());
        var (hostile, other) = (Given.Point(1m, $"{area} {own}"), Given.Point(2m, own));
        Assert.Empty(await writer.WriteAsync([hostile, other], Token));

        Assert.Empty(await writer.DeleteAsync([hostile.Address], Token));

        Assert.Equal([PointFields.None, PointFields.Value], await writer.LookAsync([hostile.Address, other.Address], Token));
    }

    private static async Task<IPointWriter> PreparedAsync(InfluxOptions options)
    {
        var writer = InfluxWriters.Create(Http, options, NullLogger.Instance);
        await writer.PrepareAsync(Token);
        return writer;
    }

    private static async Task<List<ulong>> HashesAsync(InfluxOptions options, PointTags tags)
    {
        var hashes = new List<ulong>();
        await foreach (var point in new StoredPoints(Http, options).ReadAsync(tags.All, Token))
            hashes.Add(point.Hash);
        return hashes;
    }

    private static async Task PokeAsync(InfluxOptions options, string line)
    {
        var place = $"org={Uri.EscapeDataString(options.Org ?? "")}&bucket={Uri.EscapeDataString(options.Bucket ?? "")}";
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"{options.Url}/api/v2/write?{place}&precision=s"));
        request.Content = new StringContent(line);
        if (options.Token is { } secret)
            request.Headers.Authorization = new("Token", secret);
        using var response = await Http.SendAsync(request, Token);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync(Token));
    }

    /// <summary>One point of each of many areas of this run.</summary>
    private List<Point> Points(int count, long seconds) =>
        Enumerable
            .Range(0, count)
            .Select(number => Given.Point(number, string.Create(CultureInfo.InvariantCulture, $"{own}-{number:00000}"), seconds))
            .ToList();
}
