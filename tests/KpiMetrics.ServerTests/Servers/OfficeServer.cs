using System.Net;
using System.Net.Sockets;

namespace KpiMetrics.ServerTests.Servers;

/// <summary>An office's web server on 127.0.0.1 that answers as well or as ill as the test wants, down to the bytes; every connection serves one request.</summary>
internal sealed class OfficeServer : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly Func<OfficeRequest, Task> answer;
    private readonly Task serving;
    private int asked;

    /// <param name="answer">May be at several requests at once.</param>
    public OfficeServer(Func<OfficeRequest, Task> answer)
    {
        this.answer = answer;
        listener.Start();
        serving = ServeAsync();
    }

    public string Url => $"http://{listener.LocalEndpoint}";

    /// <summary>How many requests came.</summary>
    public int Asked => Volatile.Read(ref asked);

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await serving;
        listener.Dispose();
        stop.Dispose();
    }

    private async Task ServeAsync()
    {
        var answering = new List<Task>();
        try
        {
            while (true)
            {
                var client = await listener.AcceptTcpClientAsync(stop.Token);
                answering.RemoveAll(task => task.IsCompleted);
                answering.Add(AnswerAsync(client));
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(answering);
        }
    }

    private async Task AnswerAsync(TcpClient client)
    {
        using var connection = client;
        try
        {
            var stream = connection.GetStream();
            using var reader = new StreamReader(stream, leaveOpen: true);
            var first = await reader.ReadLineAsync(stop.Token) ?? "";
            while (await reader.ReadLineAsync(stop.Token) is { Length: > 0 })
            {
                // Headers say nothing that matters here.
            }
            Interlocked.Increment(ref asked);
            await answer(new(first.Split(' ')[1], stream, stop.Token));
        }
        catch (Exception fault) when (fault is IOException or OperationCanceledException)
        {
            // Who asked has gone, or the test is over.
        }
    }
}
