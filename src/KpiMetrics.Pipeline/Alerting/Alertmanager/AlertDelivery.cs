using KpiMetrics.Core.Alerting;
using KpiMetrics.Core.Catalog;

namespace KpiMetrics.Pipeline.Alerting.Alertmanager;

/// <summary>Tells every Alertmanager what holds and what ended. One that is away, or slow, holds up neither the others nor the caller.</summary>
public sealed class AlertDelivery : IAsyncDisposable
{
    // So long the caller waits for those that answer as they should.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly AlertmanagerOptions options;
    private readonly AlertPosts posts;
    private readonly TimeProvider clock;
    private readonly HttpClient http = new(
        new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        }
    )
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };
    private readonly CancellationTokenSource stop = new();
    private readonly List<Place> places = [];
    private readonly Dictionary<string, AlertPost> told = new(StringComparer.Ordinal); // digests of this morning
    private readonly Lock gate = new();
    private readonly List<Task> news = [];

    /// <param name="onAway">Told of an Alertmanager that is away, once; of the address and what is wrong.</param>
    /// <param name="onBack">Told once it is back.</param>
    public AlertDelivery(
        AlertmanagerOptions options,
        CatalogSnapshot catalog,
        TimeZoneInfo zone,
        TimeProvider clock,
        Action<string, string> onAway,
        Action<string> onBack
    )
    {
        ArgumentNullException.ThrowIfNull(options);
        (this.options, this.clock, OnAway, OnBack) = (options, clock, onAway, onBack);
        posts = new(catalog, options.BoardUrl is { Length: > 0 } board ? board.TrimEnd('/') : null, zone);
        foreach (var address in options.Alertmanagers)
            places.Add(new(address, NewTarget(address)));
    }

    /// <summary>Told of alerts that an Alertmanager does not take though it takes others, once as long as they are the same; of the address, and what they are and why. Null: nobody is.</summary>
    public Action<string, string>? OnRefused { get; init; }

    /// <summary>False where there is nobody to tell.</summary>
    public bool IsNeeded => places.Count > 0;

    /// <summary>How far back what was resolved is told: as long as an Alertmanager may believe that it holds.</summary>
    public TimeSpan Memory => TimeSpan.FromSeconds(options.HoldSeconds);

    private Action<string, string> OnAway { get; }

    private Action<string> OnBack { get; }

    /// <summary>Returns once all have taken it, or after two seconds; the slower ones go on, and are given the next news when they are done.</summary>
    /// <param name="live">All alerts that are open.</param>
    /// <param name="resolved">Those that were resolved within <see cref="Memory"/>.</param>
    /// <param name="digests">Those that are told now; one that was told goes on as long as its morning is told.</param>
    public async Task SendAsync(
        IReadOnlyCollection<Alert> live,
        IReadOnlyCollection<Alert> resolved,
        IReadOnlyCollection<Digest> digests,
        DateTimeOffset at
    )
    {
        if (places.Count == 0)
            return;
        var open = live.Where(alert => alert.IsTold && IsSettled(alert, at)).SelectMany(alert => posts.Of(alert));
        var current = open.Concat(MorningPosts(digests, at)).ToList();
        // What an outage held back to its end was never told, nor a source that was back within minutes.
        var over = resolved
            .Where(alert => alert.Concern.HeldBy is null && IsSettled(alert, alert.ResolvedAt ?? at))
            .SelectMany(alert => posts.Of(alert).Select(post => new TimedPost(post, alert.ResolvedAt ?? at)))
            .ToList();
        foreach (var place in places.Where(place => place.Sending.IsCompleted))
            place.Sending = SendAsync(place, current, over, at);
        try
        {
            await Task.WhenAll(places.Select(place => place.Sending)).WaitAsync(Patience, clock);
        }
        catch (TimeoutException)
        {
            // It goes on by itself.
        }
    }

    /// <summary>
    /// Tells what just came about and cannot wait until all that holds is told again, whoever does that. Of others it says nothing, so it may be done by any
    /// process and at any time; what does not arrive is told with all the rest.
    /// </summary>
    /// <param name="changed">Alerts as they are now, open or resolved.</param>
    public async Task SendNewsAsync(IReadOnlyCollection<Alert> changed, DateTimeOffset at)
    {
        var current = changed.Where(alert => alert.IsTold).SelectMany(alert => posts.Of(alert)).ToList();
        var over = changed
            .Where(alert => !alert.IsLive)
            .SelectMany(alert => posts.Of(alert).Select(post => new TimedPost(post, alert.ResolvedAt ?? at)))
            .ToList();
        if (current.Count + over.Count == 0)
            return;
        // Targets of its own: those of the places know all that holds, and end what they are not told of.
        var sending = Task.WhenAll(places.Select(place => TrySendAsync(NewTarget(place.Address), current, over, at)));
        lock (gate)
        {
            news.RemoveAll(one => one.IsCompleted);
            news.Add(sending);
        }
        try
        {
            await sending.WaitAsync(Patience, clock);
        }
        catch (TimeoutException)
        {
            // It goes on by itself.
        }
    }

    /// <summary>Another process tells them now: what this one told is nobody's any more.</summary>
    public void Forget()
    {
        foreach (var place in places.Where(place => place.Sending.IsCompleted))
            place.Target = NewTarget(place.Address);
        told.Clear();
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        Task[] ending;
        lock (gate)
            ending = [.. places.Select(place => place.Sending), .. news];
        await Task.WhenAll(ending);
        http.Dispose();
        stop.Dispose();
    }

    private AlertmanagerTarget NewTarget(string address) =>
        new(
            new(http, new(address), TimeSpan.FromSeconds(options.TimeoutSeconds)),
            TimeSpan.FromSeconds(options.ResendSeconds),
            TimeSpan.FromSeconds(options.HoldSeconds)
        );

    // One of which nothing is left goes on in its last words: ended and begun again it would be a second message of the same morning.
    private List<AlertPost> MorningPosts(IReadOnlyCollection<Digest> digests, DateTimeOffset at)
    {
        var over = told.Values.Where(post => at < post.StartsAt || at >= post.StartsAt + MorningDigests.Told);
        foreach (var post in over.ToList())
            told.Remove(post.Identity);
        foreach (var digest in digests)
        {
            var post = posts.Of(digest);
            told[post.Identity] = post;
        }
        return [.. told.Values];
    }

    // A source that answers again within minutes is nobody's night call; it is in the ledger all the same.
    private bool IsSettled(Alert alert, DateTimeOffset at)
    {
        var opened = alert.CountsFrom > alert.FiredAt ? alert.CountsFrom : alert.FiredAt;
        return alert.Concern.Kind != AlertKind.SourceFailing || at >= opened + TimeSpan.FromSeconds(options.SettleSeconds);
    }

    private async Task SendAsync(Place place, List<AlertPost> current, List<TimedPost> over, DateTimeOffset at)
    {
        try
        {
            var refused = await place.Target.SendAsync(current, over, at, stop.Token);
            if (place.IsAway)
                OnBack(place.Address);
            place.IsAway = false;
            if (refused is not null && !refused.Alerts.SequenceEqual(place.Refused, StringComparer.Ordinal))
                OnRefused?.Invoke(place.Address, refused.Text);
            place.Refused = refused?.Alerts ?? [];
        }
        catch (AlertmanagerException fault)
        {
            if (!place.IsAway)
                OnAway(place.Address, fault.Message);
            place.IsAway = true;
        }
        catch (OperationCanceledException)
        {
            // The process ends.
        }
    }

    // Whether it is away is found out by who tells it everything.
    private async Task TrySendAsync(AlertmanagerTarget target, List<AlertPost> current, List<TimedPost> over, DateTimeOffset at)
    {
        try
        {
            await target.SendAsync(current, over, at, stop.Token);
        }
        catch (Exception fault) when (fault is AlertmanagerException or OperationCanceledException)
        {
            // Told with all the rest, or the process ends.
        }
    }

    private sealed class Place(string address, AlertmanagerTarget target)
    {
        public string Address => address;

        public AlertmanagerTarget Target { get; set; } = target;

        public Task Sending { get; set; } = Task.CompletedTask;

        public bool IsAway { get; set; }

        /// <summary>What it did not take the last time.</summary>
        public IReadOnlyList<string> Refused { get; set; } = [];
    }
}
