using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json;
using KpiMetrics.Tests.Support;

namespace KpiMetrics.ServerTests.Servers;

/// <summary>A program that takes Alertmanager's messages, as <c>ALERT_WEBHOOK_URL</c> names one.</summary>
internal sealed class WebhookServer : IAsyncDisposable
{
    private const string Length = "Content-Length: ";

    private readonly ConcurrentQueue<JsonElement> messages = new();
    private readonly LoopbackServer server;

    public WebhookServer() => server = new((head, _, stream, token) => TakeAsync(head, stream, token));

    public string Url => $"{server.Address}/canh-bao";

    /// <summary>The heads of all requests.</summary>
    public IReadOnlyList<string> Heads => server.Requests;

    /// <summary>All that came, in order.</summary>
    public IReadOnlyList<JsonElement> Messages => [.. messages];

    public ValueTask DisposeAsync() => server.DisposeAsync();

    private async Task TakeAsync(string head, Stream stream, CancellationToken cancellationToken)
    {
        var line = head.Split("\r\n").First(one => one.StartsWith(Length, StringComparison.OrdinalIgnoreCase));
        var body = new byte[int.Parse(line.AsSpan(Length.Length), CultureInfo.InvariantCulture)];
        await stream.ReadExactlyAsync(body, cancellationToken);
        messages.Enqueue(JsonElement.Parse(Encoding.UTF8.GetString(body)));
        await stream.WriteAsync(Encoding.UTF8.GetBytes(LoopbackServer.Answer("", 200, "Connection: close")), cancellationToken);
    }
}
