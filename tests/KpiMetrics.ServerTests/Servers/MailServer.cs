using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace KpiMetrics.ServerTests.Servers;

/// <summary>Takes mail on 127.0.0.1, with as much of SMTP as Alertmanager speaks without TLS and passwords.</summary>
internal sealed class MailServer : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly ConcurrentQueue<Mail> mails = new();
    private readonly Task serving;

    public MailServer()
    {
        listener.Start();
        serving = ServeAsync();
    }

    /// <summary>Host and port.</summary>
    public string Place => $"{listener.LocalEndpoint}";

    /// <summary>All that came, in order.</summary>
    public IReadOnlyList<Mail> Mails => [.. mails];

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await serving;
        listener.Dispose();
        stop.Dispose();
    }

    private async Task ServeAsync()
    {
        var taking = new List<Task>();
        try
        {
            while (true)
            {
                var client = await listener.AcceptTcpClientAsync(stop.Token);
                taking.Add(TakeAsync(client));
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(taking);
        }
    }

    private async Task TakeAsync(TcpClient client)
    {
        using var connection = client;
        try
        {
            var stream = connection.GetStream();
            using var reader = new StreamReader(stream, leaveOpen: true);
            await using var writer = new StreamWriter(stream, leaveOpen: true);
            writer.NewLine = "\r\n";
            writer.AutoFlush = true;
            await writer.WriteLineAsync("220 mail");
            var to = "";
            while (await reader.ReadLineAsync(stop.Token) is { } line)
            {
                var verb = line.Split(' ', ':')[0].ToUpperInvariant();
                if (verb == "RCPT")
                    to = line.Split('<', '>')[1];
                if (verb == "DATA")
                {
                    await writer.WriteLineAsync("354 go on");
                    mails.Enqueue(Mail.Of(to, await LinesAsync(reader)));
                }
                await writer.WriteLineAsync(verb == "QUIT" ? "221 bye" : "250 well");
            }
        }
        catch (Exception fault) when (fault is IOException or OperationCanceledException)
        {
            // Who sent has gone, or the test is over.
        }
    }

    // Up to the line that is a dot alone; of others that begin with one it is doubled.
    private async Task<List<string>> LinesAsync(StreamReader reader)
    {
        var lines = new List<string>();
        while (await reader.ReadLineAsync(stop.Token) is { } line && line != ".")
            lines.Add(line.StartsWith('.') ? line[1..] : line);
        return lines;
    }
}
