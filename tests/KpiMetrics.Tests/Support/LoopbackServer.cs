using System.Net;
using System.Net.Sockets;
using System.Text;

namespace KpiMetrics.Tests.Support;

/// <summary>A server on 127.0.0.1 that answers each request, byte for byte, as a script says, and then closes the connection.</summary>
internal sealed class LoopbackServer : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly List<string> requests = [];
    private readonly Task serving;

    /// <param name="script">Given the head of a request and its number, counted from 1; writes the answer.</param>
    public LoopbackServer(Func<string, int, Stream, CancellationToken, Task> script)
    {
        listener.Start();
        serving = ServeAsync(script);
    }

    public LoopbackServer(Func<string, int, string> script)
        : this((head, number, stream, token) => stream.WriteAsync(Encoding.UTF8.GetBytes(script(head, number)), token).AsTask())
    { }

    /// <summary>Without a slash at the end.</summary>
    public string Address => $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";

    /// <summary>The heads of all requests so far.</summary>
    public IReadOnlyList<string> Requests
    {
        get
        {
            lock (requests)
                return [.. requests];
        }
    }

    public static string Json(string body, int status = 200) => Answer(body, status, "Content-Type: application/json");

    public static string Answer(string body, int status, params string[] headers) =>
        string.Join(
            "\r\n",
            [$"HTTP/1.1 {status} -", .. headers, $"Content-Length: {Encoding.UTF8.GetByteCount(body)}", "", body]
        );

    public async ValueTask DisposeAsync()
    {
        // The listener goes last: accepting on one that was stopped is no SocketException but a fault of ours.
        await stop.CancelAsync();
        await serving;
        listener.Stop();
        stop.Dispose();
    }

    private async Task ServeAsync(Func<string, int, Stream, CancellationToken, Task> script)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                using var connection = await listener.AcceptTcpClientAsync(stop.Token);
                await using var stream = connection.GetStream();
                var head = await HeadAsync(stream, stop.Token);
                lock (requests)
                    requests.Add(head);
                await script(head, Requests.Count, stream, stop.Token);
            }
            catch (Exception fault) when (fault is IOException or SocketException or OperationCanceledException)
            {
                // The client has gone, or the test has ended.
            }
        }
    }

    private static async Task<string> HeadAsync(NetworkStream stream, CancellationToken cancellationToken)
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            if (await stream.ReadAsync(one, cancellationToken) == 0)
                throw new IOException("The request ended early.");
            head.Append((char)one[0]);
        }
        return head.ToString();
    }
}
