using System.Net;
using System.Net.Sockets;
using System.Text;
using KpiMetrics.Pipeline.Sources;
using KpiMetrics.Pipeline.Sources.Http;
using KpiMetrics.Tests.Support;
using static KpiMetrics.Tests.Support.LoopbackServer;

namespace KpiMetrics.Tests.Sources.Http;

/// <summary>Servers that are down, slow, hostile or elsewhere.</summary>
public sealed class HttpSourceFaultTests
{
    private const string Good = """{"data": [{"ma": "T-01.01", "giaTri": 1}]}""";
    private const string Secret = "s3cr3t-t0ken";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Ask_ServerFailsTwice_IsAskedAThirdTime()
    {
        await using var server = new LoopbackServer((_, number) => Json(Good, number <= 2 ? 500 : 200));

        Assert.Single(await Asking.AskAsync(Asking.Options($"{server.Address}/")));
        Assert.Equal(3, server.Requests.Count);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(2, 3)]
    public async Task Ask_ServerKeepsFailing_IsGivenUpAfterTheRetries(int retries, int asked)
    {
        await using var server = new LoopbackServer((_, _) => Json("", 503));
        var options = Asking.Options($"{server.Address}/chi-so");
        options.Retries = retries;

        var fault = await Assert.ThrowsAsync<SourceUnavailableException>(() => Asking.AskAsync(options));

        Assert.Equal($"{server.Address}/chi-so answered 503", fault.Message);
        Assert.Equal(asked, server.Requests.Count);
    }

    [Theory]
    [InlineData(404)]
    [InlineData(401)]
    public async Task Ask_Refused_IsSaidAtOnceWithoutSecrets(int status)
    {
        await using var server = new LoopbackServer((_, _) => Json("", status));
        var options = Asking.Options($"{server.Address}/chi-so/{{indicator}}?ky={{period}}&key={Secret}");
        options.Headers["Authorization"] = "Bearer ${SO_TAI_CHINH_TOKEN}";

        var fault = await Assert.ThrowsAsync<BrokenReportException>(() => Asking.AskAsync(options, _ => Secret));

        Assert.Equal(
            $"{server.Address}/chi-so/T-01 answered {status}: check the address and the token in so-tai-chinh's settings",
            fault.Message
        );
        var request = Assert.Single(server.Requests);
        Assert.StartsWith($"GET /chi-so/T-01?ky=2026-10&key={Secret} ", request, StringComparison.Ordinal);
        Assert.Contains($"Authorization: Bearer {Secret}\r\n", request, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ask_UserInTheAddress_IsNotShown()
    {
        await using var server = new LoopbackServer((_, _) => Json("", 404));
        var address = server.Address.Replace("http://", $"http://user:{Secret}@", StringComparison.Ordinal);

        var fault = await Assert.ThrowsAsync<BrokenReportException>(() => Asking.AskAsync(Asking.Options($"{address}/")));

        Assert.DoesNotContain(Secret, fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "header X-Key needs the environment variable KEY, which is not set")]
    [InlineData(Secret + "\r\nHost: elsewhere", "header X-Key holds a line end or a letter beyond ASCII")]
    [InlineData(Secret + "ệ", "header X-Key holds a line end or a letter beyond ASCII")]
    public async Task Ask_SecretThatCannotBeSent_IsNeitherSentNorShown(string? value, string message)
    {
        await using var server = new LoopbackServer((_, _) => Json(Good));
        var options = Asking.Options($"{server.Address}/");
        options.Headers["X-Key"] = "${KEY}";

        var fault = await Assert.ThrowsAsync<SourceUnavailableException>(() => Asking.AskAsync(options, _ => value));

        Assert.Contains(message, fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, fault.ToString(), StringComparison.Ordinal);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task Ask_SecretThatLooksLikeAVariable_IsSentAsItIs()
    {
        await using var server = new LoopbackServer((_, _) => Json(Good));
        var options = Asking.Options($"{server.Address}/");
        options.Headers["X-Key"] = "${KEY}";

        await Asking.AskAsync(options, name => name == "KEY" ? "${PATH}" : "wrong");

        Assert.Contains("X-Key: ${PATH}\r\n", Assert.Single(server.Requests), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ask_NobodyListens_IsSaidWithTheReason()
    {
        var server = new LoopbackServer((_, _) => "");
        var address = server.Address;
        await server.DisposeAsync();

        var fault = await Assert.ThrowsAsync<SourceUnavailableException>(() =>
            Asking.AskAsync(Asking.Options($"{address}/chi-so?key={Secret}"))
        );

        Assert.Equal($"{address}/chi-so cannot be reached: Connection refused", fault.Message);
    }

    [Fact]
    public async Task Ask_ConnectionIsResetAsSoonAsItStands_IsUnavailable()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var resetting = Task.Run(
            () =>
            {
                while (true)
                    listener.AcceptSocket().Close(timeout: 0);
            },
            Token
        );
        var options = Asking.Options($"http://{listener.LocalEndpoint}/");
        options.Retries = 0;

        // Now and then it is gone before the client has looked whom it speaks with, which is said in another way.
        for (var connection = 0; connection < 300; connection++)
            await Assert.ThrowsAsync<SourceUnavailableException>(() => Asking.AskAsync(options));

        listener.Stop();
        await Assert.ThrowsAsync<SocketException>(() => resetting);
    }

    [Fact]
    public async Task Ask_ServerHangs_IsLeftAfterTheTimeout()
    {
        var clock = new ManualClock(Asking.Now);
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = new LoopbackServer(
            async (_, _, stream, token) =>
            {
                await stream.WriteAsync("HTTP/1.1 200 -\r\nContent-Length: 99\r\n\r\n{"u8.ToArray(), token);
                asked.SetResult();
                await Task.Delay(Timeout.Infinite, token);
            }
        );
        var options = Asking.Options($"{server.Address}/");
        options.TimeoutSeconds = 30;
        options.Retries = 0;

        var asking = Asking.Source(options, clock: clock).AskAsync(Asking.October, Token);
        await asked.Task.WaitAsync(Token);
        clock.Advance(TimeSpan.FromSeconds(29));
        Assert.False(asking.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(1));

        var fault = await Assert.ThrowsAsync<SourceUnavailableException>(() => asking);
        Assert.Equal($"{server.Address}/ did not answer within 30 s", fault.Message);
    }

    [Fact]
    public async Task Ask_Cancelled_StopsAtOnce()
    {
        using var stop = new CancellationTokenSource();
        await using var server = new LoopbackServer(
            async (_, _, _, token) =>
            {
                await stop.CancelAsync();
                await Task.Delay(Timeout.Infinite, token);
            }
        );

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            Asking.Source(Asking.Options($"{server.Address}/")).AskAsync(Asking.October, stop.Token)
        );
    }

    [Fact]
    public async Task Ask_ConnectionBreaksInTheBody_IsAskedAgain()
    {
        await using var server = new LoopbackServer(
            (_, number) => number == 1 ? "HTTP/1.1 200 -\r\nContent-Length: 999\r\n\r\n{\"data\": [" : Json(Good)
        );

        Assert.Single(await Asking.AskAsync(Asking.Options($"{server.Address}/")));
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task Ask_ConnectionAlwaysBreaksInTheBody_IsUnavailable()
    {
        await using var server = new LoopbackServer((_, _) => "HTTP/1.1 200 -\r\nContent-Length: 999\r\n\r\n{\"data\": [");

        var fault = await Assert.ThrowsAsync<SourceUnavailableException>(() =>
            Asking.AskAsync(Asking.Options($"{server.Address}/"))
        );

        Assert.StartsWith($"{server.Address}/ cannot be reached: ", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ask_ServerSpeaksNoHttp_IsUnavailable()
    {
        await using var server = new LoopbackServer((_, _) => "SSH-2.0-OpenSSH_9.2\r\n");

        await Assert.ThrowsAsync<SourceUnavailableException>(() => Asking.AskAsync(Asking.Options($"{server.Address}/")));
    }

    [Theory]
    [InlineData("Content-Length: 104857600")]
    [InlineData("Connection: close")]
    public async Task Ask_HundredMegabytes_IsCutOffAtTheLimit(string header)
    {
        var sent = 0L;
        await using var server = new LoopbackServer(
            async (_, _, stream, token) =>
            {
                await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 200 -\r\n{header}\r\n\r\n"), token);
                var spaces = new byte[1 << 20];
                spaces.AsSpan().Fill((byte)' ');
                for (var i = 0; i < 100; i++, Interlocked.Add(ref sent, spaces.Length))
                    await stream.WriteAsync(spaces, token);
            }
        );
        var options = Asking.Options($"{server.Address}/");
        options.MaxBytes = 2 << 20;

        var fault = await Assert.ThrowsAsync<BrokenReportException>(() => Asking.AskAsync(options));

        Assert.Equal($"{server.Address}/ sent more than 2097152 bytes", fault.Message);
        Assert.Single(server.Requests);
        Assert.InRange(Interlocked.Read(ref sent), 0, 64 << 20);
    }

    [Fact]
    public async Task Ask_AnswerOfExactlyTheLimit_IsTaken()
    {
        await using var server = new LoopbackServer((_, _) => Json(Good.PadRight(2048)));
        var options = Asking.Options($"{server.Address}/");
        options.MaxBytes = 2048;

        Assert.Single(await Asking.AskAsync(options));
    }

    [Fact]
    public async Task Ask_WrongEncoding_IsSaid()
    {
        await using var server = new LoopbackServer(
            async (_, _, stream, token) =>
            {
                var body = Encoding.Latin1.GetBytes("""{"data": [{"ma": "T-01.05", "giaTri": "Sô"}]}""");
                await stream.WriteAsync(
                    Encoding.ASCII.GetBytes($"HTTP/1.1 200 -\r\nContent-Length: {body.Length}\r\n\r\n"),
                    token
                );
                await stream.WriteAsync(body, token);
            }
        );

        var fault = await Assert.ThrowsAsync<BrokenReportException>(() => Asking.AskAsync(Asking.Options($"{server.Address}/")));

        Assert.Equal($"{server.Address}/ sent text that is not UTF-8", fault.Message);
    }

    [Theory]
    [InlineData("other")]
    [InlineData("same")]
    public async Task Ask_Redirect_IsNotFollowed(string host)
    {
        await using var elsewhere = new LoopbackServer((_, _) => Json(Good));
        var target = host == "other" ? elsewhere.Address : "";
        await using var server = new LoopbackServer((_, _) => Answer("", 302, $"Location: {target}/moi?key={Secret}"));
        var options = Asking.Options($"{server.Address}/cu");

        var fault = await Assert.ThrowsAsync<BrokenReportException>(() => Asking.AskAsync(options));

        var shown = host == "other" ? elsewhere.Address : server.Address;
        Assert.Equal(
            $"{server.Address}/cu answered 302 and points to {shown}/moi, which is not followed: set the address in so-tai-chinh's settings",
            fault.Message
        );
        Assert.Empty(elsewhere.Requests);
        Assert.Single(server.Requests);
    }

    [Fact]
    public void Address_AllPlaces_AreFilledAndEscaped()
    {
        var question = Asking.Question("2026-10") with { Indicator = "T-01 &" };

        Assert.Equal(
            "http://h/T-01%20%26/M?ky=2026-10&tu=2026-10-01&den=2026-10-31",
            HttpAddress.Of("http://h/{indicator}/{frequency}?ky={period}&tu={from}&den={to}", question, 1).AbsoluteUri
        );
        Assert.Equal(
            "http://h/2026-11-20T14/2026-11-20/2026-11-20",
            HttpAddress.Of("http://h/{period}/{from}/{to}", Asking.Question("2026-11-20T14"), 1).AbsoluteUri
        );
    }
}
