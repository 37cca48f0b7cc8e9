using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using KpiMetrics.Pipeline.Ledger;
using static KpiMetrics.Tests.Api.ApiWorker;

namespace KpiMetrics.Tests.Api;

public sealed class PushTests : IAsyncLifetime
{
    private ApiWorker? started;

    private ApiWorker Worker => started ?? throw new InvalidOperationException("Not started.");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => started = await StartAsync("--Api:MaxBodyMegabytes=32");

    public ValueTask DisposeAsync() => Worker.DisposeAsync();

    [Fact]
    public async Task Push_GoodBadAndForeignRows_AreAnsweredOneByOneInOrder()
    {
        var secret = await Worker.TokenAsync();
        var body =
            $"[{Row("1155106.50")},{Row("\"1.234\"", "2026-09")},{Row("5", measure: "DY-A02.01")},{Row("7", "2199-01", area: "99")},{Row("1155106.50")},3]";

        var response = await Worker.PushAsync(secret, body);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var answer = await JsonAsync(response);
        Assert.Equal((6, 1), (answer.GetProperty("rows").GetInt32(), answer.GetProperty("recorded").GetInt32()));
        Assert.Equal((1, 4), (answer.GetProperty("repeated").GetInt32(), answer.GetProperty("refused").GetInt32()));
        var rows = answer.GetProperty("results").EnumerateArray().ToList();
        Assert.Equal(Enumerable.Range(1, 6), rows.Select(row => row.GetProperty("row").GetInt32()));
        Assert.Equal(
            ["recorded", "refused", "refused", "refused", "repeated", "refused"],
            rows.Select(row => row.GetProperty("outcome").GetString())
        );
        Assert.Equal(
            ["bad-number", "wrong-agency", "period-not-begun", "unreadable-row"],
            rows.Where(row => row.TryGetProperty("code", out _)).Select(row => row.GetProperty("code").GetString())
        );
        Assert.Equal(
            ["period-not-begun", "unknown-area"],
            rows[3].GetProperty("errors").EnumerateArray().Select(error => error.GetProperty("code").GetString())
        );
        Assert.Equal("value", rows[1].GetProperty("field").GetString());
        var series = await Worker.Client.GetStringAsync($"/api/v1/sets/{Set}/series", Token);
        Assert.Contains("1155106.50", series, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Push_Csv_IsReadByTheHeaderOrTheDeclaredLocale()
    {
        var secret = await Worker.TokenAsync();
        using var body = new StringContent(
            "indicator;measure;area;period;value\nDY-A01;DY-A01.01;24;2026-10;1.234\n",
            Encoding.UTF8,
            "text/csv"
        );

        var answer = await JsonAsync(await Worker.PushAsync(secret, body, "key-of-csv", "?locale=vi"));

        Assert.Equal(1, answer.GetProperty("recorded").GetInt32());
        Assert.Equal(2, answer.GetProperty("results")[0].GetProperty("row").GetInt32());
        Assert.Contains(",1234,", await SeriesCsvAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Push_HundredThousandRows_AreAnsweredOneByOne()
    {
        const int Rows = 100_000;
        var secret = await Worker.TokenAsync();
        var first = new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Unspecified);
        var body = new StringBuilder("[");
        for (var at = 0; at < Rows; at++)
        {
            var hour = first.AddHours(at / 2);
            var measure = at % 2 == 0 ? "DY-A01.01" : "DY-A01.02";
            body.Append(at > 0 ? "," : "")
                .Append(Row($"{at}.5", $"{hour:yyyy-MM-dd'T'HH}", at % 1000 == 999 ? "DY-A02.01" : measure));
        }
        body.Append(']');
        var clock = TimeProvider.System;
        var start = clock.GetTimestamp();

        var response = await Worker.PushAsync(secret, body.ToString());
        var answer = await JsonAsync(response);

        var took = clock.GetElapsedTime(start);
        TestContext.Current.TestOutputHelper?.WriteLine($"{Rows} rows in {took.TotalSeconds:0.0} s");
        Assert.True(took < TimeSpan.FromSeconds(60), $"{took.TotalSeconds} s");
        Assert.Equal(Rows, answer.GetProperty("results").GetArrayLength());
        Assert.Equal(Rows - 100, answer.GetProperty("recorded").GetInt32());
        Assert.Equal(100, answer.GetProperty("refused").GetInt32());
        Assert.Equal(Rows - 100, await Worker.FiguresAsync());
    }

    [Fact]
    public async Task Push_TheSameAgain_IsAnsweredTheSameAndNothingIsTakenAnew()
    {
        var secret = await Worker.TokenAsync();
        var first = await Worker.PushAsync(secret, $"[{Row("1")}]");
        await Worker.PushAsync(secret, $"[{Row("2")}]", "another-key");

        var again = await Worker.PushAsync(secret, $"[{Row("1")}]");

        Assert.Equal("true", Assert.Single(again.Headers.GetValues("Idempotent-Replay")));
        Assert.False(first.Headers.Contains("Idempotent-Replay"));
        Assert.Equal(await first.Content.ReadAsStringAsync(Token), await again.Content.ReadAsStringAsync(Token));
        Assert.Equal(2, await Worker.FiguresAsync());
    }

    /// <summary>16 KiB: what is shorter stays in memory and finds out at its end that it was taken; the others are asked for first.</summary>
    [Theory]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData(1)]
    public async Task Push_AboutAsLongAsStaysInMemory_IsTakenOnceAndAnsweredTheSame(int more)
    {
        var secret = await Worker.TokenAsync();
        var body = $"[{Row("1")},{Row("2", "2026-09")}]".PadRight(16 * 1024 + more);

        var first = await Worker.PushAsync(secret, body);
        var again = await Worker.PushAsync(secret, body);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (first.StatusCode, again.StatusCode));
        Assert.False(first.Headers.Contains("Idempotent-Replay"));
        Assert.True(again.Headers.Contains("Idempotent-Replay"));
        Assert.Equal(2, (await JsonAsync(first)).GetProperty("recorded").GetInt32());
        Assert.Equal(await first.Content.ReadAsStringAsync(Token), await again.Content.ReadAsStringAsync(Token));
        Assert.Equal(2, await Worker.FiguresAsync());
        Assert.Single(await Worker.Ledger.ReadAuditAsync(10, Token), entry => entry.Action == "report");
    }

    [Fact]
    public async Task Push_KeyUsedWithAnotherBody_IsAConflict()
    {
        var secret = await Worker.TokenAsync();
        await Worker.PushAsync(secret, $"[{Row("1")}]");

        await ProblemAsync(await Worker.PushAsync(secret, $"[{Row("2")}]"), 409, "idempotency-key-reused");
        await ProblemAsync(await Worker.PushAsync(secret, $"[{Row("1")}]", query: "?locale=vi"), 409, "idempotency-key-reused");
        await ProblemAsync(await Worker.PushAsync(secret, "[1] [2]"), 409, "idempotency-key-reused");
        var foreign = $"[{Row("1", measure: "DY-A02.01")}]";
        await ProblemAsync(await Worker.PushAsync(secret, foreign), 409, "idempotency-key-reused");
        await ProblemAsync(await Worker.PushAsync(secret, foreign, "key-00002"), 403, "agency-mismatch");

        // A key belongs to its token.
        var other = await Worker.PushAsync(await Worker.TokenAsync(), $"[{Row("2")}]");
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
    }

    [Fact]
    public async Task Push_TwoAtOnceWithOneKey_AreTakenOnce()
    {
        var secret = await Worker.TokenAsync();
        var body =
            $"[{string.Join(',', Enumerable.Range(0, 5000).Select(at => Row("1", $"{new DateTime(2025, 1, 1).AddHours(at):yyyy-MM-dd'T'HH}")))}]";

        var both = await Task.WhenAll(Worker.PushAsync(secret, body), Worker.PushAsync(secret, body));

        Assert.Contains(both, response => response.StatusCode == HttpStatusCode.OK);
        foreach (var response in both.Where(response => response.StatusCode != HttpStatusCode.OK))
            await ProblemAsync(response, 409, "in-progress");
        Assert.Equal(5000, await Worker.FiguresAsync());
        Assert.Single(await Worker.Ledger.ReadAuditAsync(10, Token), entry => entry.Action == "report");
    }

    [Theory]
    [InlineData("{\"indicator\":", 1)]
    [InlineData("", 1)]
    [InlineData("null", 1)]
    [InlineData("{}", 1)]
    [InlineData("[1] [2]", 1)]
    [InlineData("[\n{},\n{\"a\":1,\"a\":2}]", 3)]
    public async Task Push_NoJsonArray_IsRefusedAsAWholeWithThePlace(string body, int line)
    {
        var problem = await ProblemAsync(await Worker.PushAsync(await Worker.TokenAsync(), body), 400, "unreadable-body");

        Assert.StartsWith($"body:{line}:", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Push_JsonBreaksOffInTheMiddle_NothingIsWrittenAndTheKeyStaysFree()
    {
        var secret = await Worker.TokenAsync();
        var rows = Enumerable
            .Range(0, 3000)
            .Select(at => Row("1", $"{new DateTime(2025, 1, 1).AddHours(at):yyyy-MM-dd'T'HH}"))
            .ToList();

        await ProblemAsync(await Worker.PushAsync(secret, $"[{string.Join(",\n", rows)},]"), 400, "unreadable-body");

        Assert.Equal(0, await Worker.FiguresAsync());
        Assert.DoesNotContain(await Worker.Ledger.ReadAuditAsync(10, Token), entry => entry.Action == "report");
        Assert.Equal(HttpStatusCode.OK, (await Worker.PushAsync(secret, $"[{rows[0]}]")).StatusCode);
    }

    [Fact]
    public async Task Push_Gzip_IsUnpacked()
    {
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            await gzip.WriteAsync(Encoding.UTF8.GetBytes($"[{Row("1")}]"), Token);

        var response = await Worker.PushAsync(await Worker.TokenAsync(), Json(packed.ToArray(), "gzip"), "key-of-gzip");

        Assert.Equal(1, (await JsonAsync(response)).GetProperty("recorded").GetInt32());
    }

    [Theory]
    [InlineData(400, -1)]
    [InlineData(400, -9)] // before the checksum: each row is there
    [InlineData(400, -60)] // in the middle of the rows
    [InlineData(400, 1)]
    [InlineData(600, -1)] // longer than what stays in memory
    [InlineData(600, -9)]
    [InlineData(600, -60)]
    [InlineData(600, 1)]
    public async Task Push_GzipBreaksOffOrGoesOn_NothingIsTaken(int hours, int more)
    {
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            await gzip.WriteAsync(Encoding.UTF8.GetBytes(Csv(hours)), Token);
        var whole = packed.ToArray();
        var body = new ByteArrayContent(more < 0 ? whole[..^-more] : [.. whole, .. new byte[more]]);
        body.Headers.ContentType = new("text/csv");
        body.Headers.ContentEncoding.Add("gzip");

        await ProblemAsync(await Worker.PushAsync(await Worker.TokenAsync(), body, "key-of-part"), 400, "unreadable-body");

        Assert.Equal(0, await Worker.FiguresAsync());
    }

    [Fact]
    public async Task Push_GzipBomb_IsTooLarge()
    {
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            for (var at = 0; at < 40; at++)
                await gzip.WriteAsync(new byte[1024 * 1024], Token);
        }

        var response = await Worker.PushAsync(await Worker.TokenAsync(), Json(packed.ToArray(), "gzip"), "key-of-bomb");

        await ProblemAsync(response, 413, "body-too-large");
    }

    [Fact]
    public async Task Push_BodyTooLarge_Is413()
    {
        var response = await Worker.PushAsync(await Worker.TokenAsync(), Json(new byte[33 * 1024 * 1024], null), "key-of-huge");

        await ProblemAsync(response, 413, "body-too-large");
        Assert.Equal(0, await Worker.FiguresAsync());
    }

    [Theory]
    [InlineData("br", 415, "unsupported-content-encoding")]
    [InlineData("gzip", 400, "unreadable-body")]
    public async Task Push_PackedOtherwise_IsRefused(string encoding, int status, string code)
    {
        var response = await Worker.PushAsync(await Worker.TokenAsync(), Json("[]"u8.ToArray(), encoding), "key-of-packed");

        await ProblemAsync(response, status, code);
    }

    [Theory]
    [InlineData("application/xml")]
    [InlineData("application/json; charset=utf-16")]
    [InlineData(null)]
    public async Task Push_OtherMediaType_Is415(string? type)
    {
        using var body = new ByteArrayContent("[]"u8.ToArray());
        body.Headers.ContentType = type is null ? null : MediaTypeHeaderValue.Parse(type);

        await ProblemAsync(await Worker.PushAsync(await Worker.TokenAsync(), body, "key-00001"), 415, "unsupported-media-type");
    }

    [Theory]
    [InlineData("short", "", "bad-idempotency-key")]
    [InlineData(null, "", "bad-request")]
    [InlineData("key-00001", "?locale=fr", "bad-locale")]
    [InlineData("key-00001", "?dry_run=maybe", "bad-request")]
    public async Task Push_HeaderOrQueryIsWrong_Is400(string? key, string query, string code)
    {
        using var body = Json("[]"u8.ToArray(), null);

        await ProblemAsync(await Worker.PushAsync(await Worker.TokenAsync(), body, key, query), 400, code);
    }

    [Fact]
    public async Task Push_DryRun_SaysWhatWouldBeTakenAndKeepsNothing()
    {
        var secret = await Worker.TokenAsync();

        var answer = await JsonAsync(await Worker.PushAsync(secret, $"[{Row("1")}]", query: "?dry_run=true"));

        Assert.Equal((1, null), (answer.GetProperty("recorded").GetInt32(), answer.GetProperty("report").GetString()));
        Assert.Equal(0, await Worker.FiguresAsync());
        Assert.False((await Worker.PushAsync(secret, $"[{Row("2")}]")).Headers.Contains("Idempotent-Replay"));
    }

    [Fact]
    public async Task Push_OperatorForAnOffice_TakesThatOfficesFiguresOnly()
    {
        var secret = await Worker.TokenAsync(TokenRole.Operator);
        var body = $"[{Row("1")},{Row("1", measure: "DY-A02.01")}]";

        await ProblemAsync(await Worker.PushAsync(secret, body), 400, "agency-missing");
        await ProblemAsync(await Worker.PushAsync(secret, body, query: "?agency=Nobody"), 400, "unknown-agency");
        var answer = await JsonAsync(await Worker.PushAsync(secret, body, query: $"?agency={Uri.EscapeDataString(Other)}"));

        Assert.Equal((1, 1), (answer.GetProperty("recorded").GetInt32(), answer.GetProperty("refused").GetInt32()));
        Assert.Equal("wrong-agency", answer.GetProperty("results")[0].GetProperty("code").GetString());
    }

    [Fact]
    public async Task Push_UnknownSet_Is404()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/sets/nix/observations") { Content = Json([], null) };
        request.Headers.Authorization = new("Bearer", await Worker.TokenAsync());
        request.Headers.Add("Idempotency-Key", "key-00001");

        var problem = await ProblemAsync(await Worker.Client.SendAsync(request, Token), 404, "unknown-set");

        Assert.Contains(Set, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    private static string Csv(int hours) =>
        string.Concat(
            Enumerable
                .Range(0, hours)
                .Select(at => $"DY-A01,DY-A01.01,24,2026-10-{1 + at / 24:00}T{at % 24:00},{at * 7919 % 1000 + 100}\n")
                .Prepend("indicator,measure,area,period,value\n")
        );

    private static ByteArrayContent Json(byte[] body, string? encoding)
    {
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = new("application/json");
        if (encoding is not null)
            content.Headers.ContentEncoding.Add(encoding);
        return content;
    }

    private async Task<string> SeriesCsvAsync()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/sets/{Set}/series");
        request.Headers.Accept.ParseAdd("text/csv");
        return await (await Worker.Client.SendAsync(request, Token)).Content.ReadAsStringAsync(Token);
    }
}
