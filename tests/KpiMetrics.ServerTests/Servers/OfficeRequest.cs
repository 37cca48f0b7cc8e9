using System.Globalization;
using System.Text;

namespace KpiMetrics.ServerTests.Servers;

/// <summary>One request to an <see cref="OfficeServer"/>, and ways to answer it.</summary>
/// <param name="Target">Path and query.</param>
/// <param name="Stopping">The test is over.</param>
internal sealed record OfficeRequest(string Target, Stream Stream, CancellationToken Stopping)
{
    /// <summary>The last segment of the path.</summary>
    public string Name => Target.Split('?')[0].Split('/')[^1];

    /// <summary>What stands after <c>?ky=</c>.</summary>
    public string Period => Target.Split('=')[^1];

    /// <summary>A whole answer.</summary>
    public Task SayAsync(string body, string status = "200 OK", string type = "application/json")
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        return SendAsync(Head(status, type, bytes.Length), bytes);
    }

    /// <summary>Half of a JSON answer, and then the end of the connection that its length does not promise.</summary>
    public Task BreakOffAsync(string body) => SayAsync(body[..(body.Length / 2)]);

    /// <summary>Nothing, as long as the test lasts.</summary>
    public Task HangAsync() => Task.Delay(Timeout.InfiniteTimeSpan, Stopping);

    /// <summary>One byte each second.</summary>
    public async Task DripAsync()
    {
        await SendAsync(Head("200 OK", "application/json", 1_000_000), []);
        using var second = new PeriodicTimer(TimeSpan.FromSeconds(1));
        while (await second.WaitForNextTickAsync(Stopping))
            await SendAsync("", "["u8.ToArray());
    }

    /// <param name="megabytes">How much of one long JSON array; null: without end.</param>
    public async Task FloodAsync(int? megabytes)
    {
        var block = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("""{"ma":1},""", 1024 * 1024 / 9)));
        await SendAsync("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n", "["u8.ToArray());
        for (var sent = 0; megabytes is null || sent < megabytes; sent++)
            await SendAsync("", block);
    }

    private static string Head(string status, string type, int length) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"HTTP/1.1 {status}\r\nContent-Type: {type}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n"
        );

    private async Task SendAsync(string head, byte[] body)
    {
        await Stream.WriteAsync(Encoding.ASCII.GetBytes(head), Stopping);
        await Stream.WriteAsync(body, Stopping);
        await Stream.FlushAsync(Stopping);
    }
}
