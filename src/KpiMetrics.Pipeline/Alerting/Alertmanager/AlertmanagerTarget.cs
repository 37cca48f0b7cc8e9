namespace KpiMetrics.Pipeline.Alerting.Alertmanager;

/// <summary>What one Alertmanager was told, and is still to be told. Not for use by two at once.</summary>
/// <remarks>
/// Alertmanager forgets: an alert that is not sent again before its <c>endsAt</c> ends by itself, and a restart loses all. So everything that holds is sent again
/// and again, and all at once after it was away; what ended is sent until it was taken, and twice more: an end that lies ahead by the clock of an Alertmanager
/// that is slow by seconds is none to it, and the alert would stand there as long as it was said to hold. And to Alertmanager what holds began when it is told:
/// a group is sent at once when one of it began longer ago than the group may wait, and what else an office is late with minutes later. It keeps the earliest beginning
/// that it was told; since when it really is stands in the message.
/// </remarks>
internal sealed class AlertmanagerTarget(AlertmanagerClient client, TimeSpan resend, TimeSpan hold)
{
    private readonly AlertmanagerParts parts = new(client);
    private readonly Dictionary<string, AlertPost> holding = new(StringComparer.Ordinal);
    private readonly Dictionary<string, TimedPost> ending = new(StringComparer.Ordinal);
    private readonly Dictionary<string, TimedPost> ended = new(StringComparer.Ordinal);
    private DateTimeOffset? allSentAt;

    /// <param name="current">All that holds.</param>
    /// <param name="over">What ended of late, told by this process or by another before.</param>
    /// <returns>What it does not take, which is sent again the next time; null: it took all.</returns>
    /// <exception cref="AlertmanagerException">It is away; what was taken is remembered.</exception>
    public async Task<AlertsRefused?> SendAsync(
        IReadOnlyCollection<AlertPost> current,
        IReadOnlyCollection<TimedPost> over,
        DateTimeOffset at,
        CancellationToken cancellationToken
    )
    {
        Note(current, over, at);
        var last = allSentAt;
        var isDue = last is null || at < last || at >= last + resend;
        allSentAt = null; // until all of it went through
        var posts = current
            .Where(post => isDue || !(holding.TryGetValue(post.Identity, out var known) && known.SaysTheSame(post)))
            // What is new to it does not wait for a hundred thousand that are only said again.
            .OrderBy(post => holding.ContainsKey(post.Identity))
            .Select(post => new TimedPost(post with { StartsAt = at }, at + hold));
        var again = ended.Values.Where(one => isDue && one.EndsAt >= at - 2 * resend);
        var refused = await parts.SendAsync([.. posts, .. ending.Values, .. again], Remember, cancellationToken);
        allSentAt = isDue ? at : last;
        return refused;
    }

    private void Remember(TimedPost taken)
    {
        var identity = taken.Post.Identity;
        // What holds is in neither of them.
        if (!ending.Remove(identity) && !ended.ContainsKey(identity))
        {
            holding[identity] = taken.Post;
            return;
        }
        holding.Remove(identity);
        ended[identity] = taken;
    }

    private void Note(IReadOnlyCollection<AlertPost> current, IReadOnlyCollection<TimedPost> over, DateTimeOffset at)
    {
        var identities = current.Select(post => post.Identity).ToHashSet(StringComparer.Ordinal);
        foreach (var (identity, post) in holding)
        {
            if (!identities.Contains(identity))
                ending.TryAdd(identity, new(post, at));
        }
        foreach (var one in over)
        {
            var identity = one.Post.Identity;
            var isTold = ended.TryGetValue(identity, out var told) && told.EndsAt >= one.EndsAt;
            if (!isTold && !identities.Contains(identity))
                ending.TryAdd(identity, one);
        }
        foreach (var identity in identities)
        {
            ending.Remove(identity);
            ended.Remove(identity);
        }
        foreach (var old in ended.Where(one => one.Value.EndsAt < at - 2 * hold).Select(one => one.Key).ToList())
            ended.Remove(old);
    }
}
