using System.IO.Compression;
using System.Text;
using KpiMetrics.Pipeline.Sources;
using KpiMetrics.Pipeline.Sources.Http;
using KpiMetrics.Tests.Support;
using static KpiMetrics.Tests.Support.LoopbackServer;

namespace KpiMetrics.Tests.Sources.Http;

/// <summary>Sources that are better left alone, and what is kept of what they said.</summary>
public sealed class HttpSourceResilienceTests
{
    private const string Good = """{"data": [{"ma": "T-01.01", "giaTri": 1}]}""";

    private readonly ManualClock clock = new(Asking.Now);
    private readonly KeptAnswers kept = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Ask_FailedTooOftenInARow_IsLeftAloneThenTriedOnce()
    {
        var answer = Json("", 500);
        await using var server = new LoopbackServer((_, _) => answer);
        var source = Source(server, options => options.BreakAfter = 3);

        for (var i = 0; i < 3; i++)
        {
            await FaultAsync<SourceUnavailableException>(source);
            clock.Advance(TimeSpan.FromSeconds(10));
        }
        var left = await FaultAsync<SourceUnavailableException>(source);
        Assert.Equal(
            $"source so-tai-chinh has failed 3 times in a row since 2026-11-20T07:00:00Z and is left alone until 2026-11-20T07:01:20Z; the last time: {server.Address}/ answered 500",
            left.Message
        );
        Assert.Equal(3, server.Requests.Count);

        clock.Advance(TimeSpan.FromSeconds(50));
        Assert.EndsWith(
            " answered 500",
            (await FaultAsync<SourceUnavailableException>(source)).Message,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "4 times in a row",
            (await FaultAsync<SourceUnavailableException>(source)).Message,
            StringComparison.Ordinal
        );
        Assert.Equal(4, server.Requests.Count);

        clock.Advance(TimeSpan.FromSeconds(60));
        answer = Json(Good);
        await source.AskAsync(Asking.October, Token);
        answer = Json("", 500);
        await FaultAsync<SourceUnavailableException>(source);
        Assert.EndsWith(
            " answered 500",
            (await FaultAsync<SourceUnavailableException>(source)).Message,
            StringComparison.Ordinal
        );
        Assert.Equal(7, server.Requests.Count);
    }

    [Fact]
    public async Task Ask_TheOneTryAfterABreakIsUnderWay_OthersAreStillTurnedAway()
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var answer = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = new LoopbackServer(
            async (_, number, stream, token) =>
            {
                if (number == 2)
                {
                    asked.SetResult();
                    await answer.Task.WaitAsync(token);
                }
                await stream.WriteAsync(Encoding.UTF8.GetBytes(number == 1 ? Json("", 500) : Json(Good)), token);
            }
        );
        var source = Source(server, options => options.BreakAfter = 1);
        await FaultAsync<SourceUnavailableException>(source);
        clock.Advance(TimeSpan.FromSeconds(60));

        var trying = source.AskAsync(Asking.October, Token);
        await asked.Task.WaitAsync(Token);
        await FaultAsync<SourceUnavailableException>(source);
        answer.SetResult();
        await trying;

        await source.AskAsync(Asking.October, Token);
        Assert.Equal(3, server.Requests.Count);
    }

    [Fact]
    public async Task Ask_TryAfterABreakIsCancelled_TheNextMayTry()
    {
        using var stop = new CancellationTokenSource();
        await using var server = new LoopbackServer(
            async (_, number, stream, token) =>
            {
                if (number == 2)
                {
                    await stop.CancelAsync();
                    return;
                }
                await stream.WriteAsync(Encoding.UTF8.GetBytes(number == 1 ? Json("", 500) : Json(Good)), token);
            }
        );
        var source = Source(server, options => options.BreakAfter = 1);
        await FaultAsync<SourceUnavailableException>(source);
        clock.Advance(TimeSpan.FromSeconds(60));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => source.AskAsync(Asking.October, stop.Token));

        await source.AskAsync(Asking.October, Token);
    }

    [Fact]
    public async Task Ask_BrokenAnswers_DoNotOpenTheBreaker()
    {
        await using var server = new LoopbackServer((_, _) => Json("<html>"));
        var source = Source(server, options => options.BreakAfter = 1);

        await FaultAsync<BrokenReportException>(source);
        await FaultAsync<BrokenReportException>(source);

        Assert.Equal(2, server.Requests.Count);
    }

    [Theory]
    [InlineData("Retry-After: 40", 40)]
    [InlineData("Retry-After: Fri, 20 Nov 2026 07:00:30 GMT", 30)]
    public async Task Ask_RetryAfter_IsWaitedFor(string header, int seconds)
    {
        var moving = new ManualClock(Asking.Now, patience: TimeSpan.FromMinutes(5));
        await using var server = new LoopbackServer((_, number) => number == 1 ? Answer("", 429, header) : Json(Good));

        await Asking.Source(Asking.Options($"{server.Address}/"), clock: moving).AskAsync(Asking.October, Token);

        Assert.Equal(Asking.Now.AddSeconds(seconds), moving.GetUtcNow());
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task Ask_RetryAfterTooLong_IsLeftToTheNextTick()
    {
        await using var server = new LoopbackServer((_, _) => Answer("", 429, "Retry-After: 3600"));

        var fault = await Assert.ThrowsAsync<SourceUnavailableException>(() =>
            Asking.AskAsync(Asking.Options($"{server.Address}/"))
        );

        Assert.Equal($"{server.Address}/ answered 429 and wants 3600 s of rest", fault.Message);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Ask_BodyComesDropByDrop_IsLeftAfterTheTimeout()
    {
        await using var server = new LoopbackServer(
            async (_, _, stream, token) =>
            {
                await stream.WriteAsync("HTTP/1.1 200 -\r\nConnection: close\r\n\r\n["u8.ToArray(), token);
                while (!token.IsCancellationRequested)
                {
                    await stream.WriteAsync(" "u8.ToArray(), token);
                    clock.Advance(TimeSpan.FromSeconds(1));
                    await Task.Yield();
                }
            }
        );
        var source = Source(server, options => options.TimeoutSeconds = 30);

        var fault = await FaultAsync<SourceUnavailableException>(source);

        Assert.Equal($"{server.Address}/ did not answer within 30 s", fault.Message);
    }

    [Fact]
    public async Task Ask_AllAttemptsTogetherTakeTooLong_EndsWithTheBudget()
    {
        await using var server = new LoopbackServer(
            (_, _, _, token) =>
            {
                clock.Advance(TimeSpan.FromSeconds(45));
                return Task.Delay(Timeout.Infinite, token);
            }
        );
        var source = Source(server, options => (options.TimeoutSeconds, options.Retries, options.BudgetSeconds) = (60, 10, 45));

        var fault = await FaultAsync<SourceUnavailableException>(source);

        Assert.Equal($"{server.Address}/ did not answer within the 45 s that one question may take", fault.Message);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    public async Task Ask_PackedAnswer_IsUnpacked(string encoding)
    {
        await using var server = Packed(encoding, Encoding.UTF8.GetBytes(Good));

        Assert.Single(await Asking.AskAsync(Asking.Options($"{server.Address}/")));
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    public async Task Ask_PackedBomb_IsCutOffAtTheLimitOfWhatItUnpacksTo(string encoding)
    {
        await using var server = Packed(encoding, new byte[64 << 20]);
        var options = Asking.Options($"{server.Address}/");
        options.MaxBytes = 1 << 20;

        var fault = await Assert.ThrowsAsync<BrokenReportException>(() => Asking.AskAsync(options));

        Assert.Equal($"{server.Address}/ sent more than 1048576 bytes", fault.Message);
    }

    [Fact]
    public async Task Ask_PackedNonsense_IsRefused()
    {
        await using var server = new LoopbackServer((_, _) => Answer("no gzip", 200, "Content-Encoding: gzip"));

        await Assert.ThrowsAsync<BrokenReportException>(() => Asking.AskAsync(Asking.Options($"{server.Address}/")));
    }

    [Theory]
    [InlineData(200, "<html>Bảo trì</html>", "the answer is not JSON")]
    [InlineData(200, """{"data": [{"ma": "T-01""", "the answer is not JSON")]
    [InlineData(403, """{"loi": "hết hạn"}""", "answered 403")]
    [InlineData(500, "<h1>Lỗi</h1>", "answered 500")]
    public async Task Ask_AnswerNotUnderstood_IsKeptOnce(int status, string body, string why)
    {
        await using var server = new LoopbackServer((_, _) => Json(body, status));
        var source = Asking.Source(Asking.Options($"{server.Address}/?key=s3cr3t"), failed: kept);

        await Assert.ThrowsAnyAsync<Exception>(() => source.AskAsync(Asking.October, Token));

        var (name, question, reason, answer) = Assert.Single(kept.All);
        Assert.Equal(("so-tai-chinh", "T-01 2026-10", body), (name, question, answer));
        Assert.Contains(why, reason, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cr3t", reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ask_GoodAnswerOrNone_KeepsNothing()
    {
        await using var server = new LoopbackServer((_, number) => number == 1 ? Json(Good) : Json("", 500));
        var source = Asking.Source(Asking.Options($"{server.Address}/"), failed: kept);

        await source.AskAsync(Asking.October, Token);
        await FaultAsync<SourceUnavailableException>(source);

        Assert.Empty(kept.All);
    }

    private static LoopbackServer Packed(string encoding, byte[] content)
    {
        using var packed = new MemoryStream();
        using (
            Stream packer =
                encoding == "gzip"
                    ? new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true)
                    : new BrotliStream(packed, CompressionLevel.Fastest, leaveOpen: true)
        )
            packer.Write(content);
        var body = packed.ToArray();
        var head = $"HTTP/1.1 200 -\r\nContent-Encoding: {encoding}\r\nContent-Length: {body.Length}\r\n\r\n";
        return new(
            async (_, _, stream, token) =>
            {
                await stream.WriteAsync(Encoding.ASCII.GetBytes(head), token);
                await stream.WriteAsync(body, token);
            }
        );
    }

    private static Task<T> FaultAsync<T>(HttpSource source)
        where T : Exception => Assert.ThrowsAsync<T>(() => source.AskAsync(Asking.October, Token));

    private HttpSource Source(LoopbackServer server, Action<HttpSourceOptions> change)
    {
        var options = Asking.Options($"{server.Address}/");
        options.Retries = 0;
        change(options);
        return Asking.Source(options, clock: clock, failed: kept);
    }
}
