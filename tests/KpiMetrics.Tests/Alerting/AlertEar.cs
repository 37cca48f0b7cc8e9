using System.Globalization;
using System.Text;
using System.Text.Json;
using KpiMetrics.Tests.Support;

namespace KpiMetrics.Tests.Alerting;

/// <summary>Takes alerts as Alertmanager's API does and counts, by a clock that the test moves, what is news to it: an alert that did not hold when it was told.</summary>
/// <remarks>A month cannot be played to a real one, which has a clock of its own; what real ones do is in the server tests.</remarks>
internal sealed class AlertEar : IAsyncDisposable
{
    private const string Length = "Content-Length: ";

    private readonly LoopbackServer server;
    private readonly Lock gate = new();
    private readonly Dictionary<string, DateTimeOffset> ends = new(StringComparer.Ordinal);
    private readonly List<string> news = [];
    private readonly List<DateTimeOffset> begins = [];
    private readonly List<string> endsOfNothing = [];

    public AlertEar() => server = new((head, _, stream, token) => TakeAsync(head, stream, token));

    public string Address => server.Address;

    public DateTimeOffset Now { get; set; }

    /// <summary>Of the text of a request: whether it is not taken, with all that is in it.</summary>
    public Func<string, bool> Refuses { get; set; } = _ => false;

    /// <summary>How many there were so far, taken or not.</summary>
    public int Requests => server.Requests.Count;

    /// <summary>Each time that an alert began, as <c>alert kind to</c>.</summary>
    public IReadOnlyList<string> News
    {
        get
        {
            lock (gate)
                return [.. news];
        }
    }

    /// <summary>When each of <see cref="News"/> began, as it was told then.</summary>
    public IReadOnlyList<DateTimeOffset> Begins
    {
        get
        {
            lock (gate)
                return [.. begins];
        }
    }

    /// <summary>How many alerts it was told of that have not ended.</summary>
    public int Holding
    {
        get
        {
            lock (gate)
                return ends.Values.Count(end => end > Now);
        }
    }

    /// <summary>What was said to have ended that was never told before.</summary>
    public IReadOnlyList<string> EndsOfNothing
    {
        get
        {
            lock (gate)
                return [.. endsOfNothing];
        }
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();

    private async Task TakeAsync(string head, Stream stream, CancellationToken cancellationToken)
    {
        var line = head.Split("\r\n").First(one => one.StartsWith(Length, StringComparison.OrdinalIgnoreCase));
        var body = new byte[int.Parse(line.AsSpan(Length.Length), CultureInfo.InvariantCulture)];
        await stream.ReadExactlyAsync(body, cancellationToken);
        var isRefused = Refuses(Encoding.UTF8.GetString(body));
        if (!isRefused)
            Hear(body);
        var answer = isRefused
            ? LoopbackServer.Answer("no such label is allowed", 400, "Connection: close")
            : LoopbackServer.Answer("", 200, "Connection: close");
        await stream.WriteAsync(Encoding.UTF8.GetBytes(answer), cancellationToken);
    }

    private void Hear(byte[] body)
    {
        using var json = JsonDocument.Parse(body);
        lock (gate)
        {
            foreach (var alert in json.RootElement.EnumerateArray())
            {
                var labels = alert.GetProperty("labels");
                var identity = string.Join(
                    '\n',
                    labels
                        .EnumerateObject()
                        .Select(label => $"{label.Name}={label.Value.GetString()}")
                        .Order(StringComparer.Ordinal)
                );
                var told = $"{Text(labels, "alert")} {Text(labels, "kind")} {Text(labels, "to")}";
                var end = alert.GetProperty("endsAt").GetDateTimeOffset();
                var isKnown = ends.TryGetValue(identity, out var before);
                if (end > Now && !(isKnown && before > Now))
                {
                    news.Add(told);
                    begins.Add(alert.GetProperty("startsAt").GetDateTimeOffset());
                }
                if (end <= Now && !isKnown)
                    endsOfNothing.Add(told);
                ends[identity] = end;
            }
        }
    }

    private static string Text(JsonElement labels, string name) => labels.GetProperty(name).GetString() ?? "";
}
