namespace KpiMetrics.Pipeline.Alerting.Alertmanager;

/// <summary>Sends alerts to one Alertmanager in parts. A part that it refuses is halved until the one to blame is found: what is wrong with one holds up no other.</summary>
/// <remarks>What was refused by itself is sent by itself the next time, after all others. Not for use by two at once.</remarks>
internal sealed class AlertmanagerParts(AlertmanagerClient client)
{
    private const int AtOnce = 500;

    // Some of 500 are found at once, more with the next round; where all is refused there is nothing to be found.
    private const int MostHalvings = 32;
    private const int MostAlone = 50;

    private HashSet<string> alone = new(StringComparer.Ordinal);

    /// <param name="onTaken">Told of each that was taken.</param>
    /// <returns>What was refused; null: nothing.</returns>
    /// <exception cref="AlertmanagerException">It is away; what was taken before was taken.</exception>
    public async Task<AlertsRefused?> SendAsync(
        IReadOnlyList<TimedPost> posts,
        Action<TimedPost> onTaken,
        CancellationToken cancellationToken
    )
    {
        var parts = posts
            .Where(one => !alone.Contains(one.Post.Identity))
            .Chunk(AtOnce)
            .Concat(posts.Where(one => alone.Contains(one.Post.Identity)).Chunk(1));
        var waiting = new Stack<TimedPost[]>(parts.Reverse());
        var refused = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var blamed = new HashSet<string>(StringComparer.Ordinal);
        var halvings = 0;
        while (waiting.TryPop(out var some))
        {
            if (await RefusalAsync(some, cancellationToken) is not { } words)
            {
                foreach (var one in some)
                    onTaken(one);
            }
            else if (some.Length > 1 && halvings < MostHalvings)
            {
                halvings++;
                waiting.Push(some[(some.Length / 2)..]);
                waiting.Push(some[..(some.Length / 2)]);
            }
            else
            {
                foreach (var one in some)
                    refused.TryAdd(one.Post.Labels[AlertLabels.Alert], words);
                if (some.Length == 1 && blamed.Count < MostAlone)
                    blamed.Add(some[0].Post.Identity);
            }
        }
        alone = blamed;
        return refused.Count == 0 ? null : new AlertsRefused([.. refused.Keys], refused.Values.First());
    }

    // What it says against them; null: it took them.
    private async Task<string?> RefusalAsync(TimedPost[] posts, CancellationToken cancellationToken)
    {
        try
        {
            await client.PostAsync(posts, cancellationToken);
            return null;
        }
        catch (AlertmanagerException fault) when (fault.IsRefusal)
        {
            return fault.Message;
        }
    }
}
