using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;

namespace KpiMetrics.Faults.Load;

/// <summary>
/// One clerk of an office: sends report after report, each again with the same key until it is answered; to a worker that did not answer at all only after a
/// while, as a load balancer would.
/// </summary>
internal sealed class Desk(
    string name,
    ReportMaker maker,
    string secret,
    IReadOnlyList<HttpClient> workers,
    Journal journal,
    Random random
)
{
    // Ten seconds for a try are in the clients; what takes longer than this altogether is said.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Avoided = TimeSpan.FromSeconds(30);

    private readonly TimeSpan[] avoided = new TimeSpan[workers.Count];
    private readonly Stopwatch since = Stopwatch.StartNew();
    private int sent;

    public ReportMaker Maker => maker;

    /// <summary>Sends one report now.</summary>
    public async Task SendOneAsync(CancellationToken giveUp)
    {
        var push = maker.Next(string.Create(CultureInfo.InvariantCulture, $"{name}-{++sent:000000}"));
        if (await SendAsync(push, giveUp))
            maker.Accept(push);
    }

    /// <param name="stop">No new report is begun; the one under way is sent until it is answered.</param>
    /// <param name="giveUp">Nothing more is sent.</param>
    public async Task RunAsync(Pace pace, CancellationToken stop, CancellationToken giveUp)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await pace.WaitAsync(stop);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            await SendOneAsync(giveUp);
        }
    }

    private async Task<bool> SendAsync(Push push, CancellationToken giveUp)
    {
        var clock = Stopwatch.StartNew();
        var worker = Other(random.Next(workers.Count));
        for (var attempt = 1; ; attempt++)
        {
            if (giveUp.IsCancellationRequested)
            {
                journal.GaveUp(push, attempt);
                return false;
            }
            var (status, said, isReplay, wait) = await TryAsync(workers[worker], push, giveUp);
            if (status == HttpStatusCode.OK)
                return journal.Answered(push, said, clock.Elapsed, attempt, isReplay);
            journal.Failed(status);
            // 4xx but 'in progress', 'too many' and what a torn request looks like will not get better.
            if ((int)status is >= 400 and < 500 and not (409 or 429 or 408 or 499))
                return journal.Refused(push, status, said);
            if (status == HttpStatusCode.Conflict && said.Contains("idempotency-key-reused", StringComparison.Ordinal))
                return journal.Refused(push, status, said);
            if (status == default)
                avoided[worker] = since.Elapsed + Avoided;
            worker = Other(worker + 1);
            await Task.WhenAny(Task.Delay(wait ?? Pause, giveUp));
        }
    }

    // The next that has answered of late; where none has, the next.
    private int Other(int first)
    {
        var order = Enumerable.Range(first, workers.Count).Select(number => number % workers.Count);
        return order.Where(number => avoided[number] <= since.Elapsed).Append(first % workers.Count).First();
    }

    private async Task<(HttpStatusCode Status, string Said, bool IsReplay, TimeSpan? Wait)> TryAsync(
        HttpClient worker,
        Push push,
        CancellationToken giveUp
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"api/v1/sets/{push.Set.Code}/observations");
        request.Headers.Authorization = new("Bearer", secret);
        request.Headers.Add("Idempotency-Key", push.Key);
        request.Content = new StringContent(push.Body, Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        try
        {
            using var response = await worker.SendAsync(request, giveUp);
            var said = await response.Content.ReadAsStringAsync(giveUp);
            var isReplay = response.Headers.Contains("Idempotent-Replay");
            return (response.StatusCode, said, isReplay, response.Headers.RetryAfter?.Delta);
        }
        catch (Exception fault)
            when (fault is HttpRequestException or IOException or SocketException or OperationCanceledException)
        {
            return (default, fault.Message, false, null);
        }
    }
}
