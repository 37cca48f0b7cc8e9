using KpiMetrics.Pipeline.Ledger;

namespace KpiMetrics.Pipeline.Publishing;

/// <summary>Sends rounds of points, two at a time, while the next is computed.</summary>
/// <remarks>
/// Two rounds under way never share a point: what is computed later must arrive later, and what a point may have is read only when nobody is
/// changing it (<see cref="SettleAsync"/>). Nor do they share a series where one of them deletes: with the last point of a series InfluxDB forgets the series, which
/// must not meet the first new one. Whatever fails is thrown when the next round is started or all are waited for.
/// </remarks>
internal sealed class RoundPipeline(
    IOutbox outbox,
    IPointWriter influx,
    PublishTurn turn,
    DateTimeOffset at,
    CancellationToken cancellationToken
)
{
    // More bring nothing: COMPONENTS, InfluxDB.
    private const int Connections = 2;

    private readonly List<Flying> underWay = [];
    private readonly Queue<(int Number, RebuildMark Mark)> marks = [];
    private int started;

    /// <summary>What all rounds that arrived did.</summary>
    public PublishResult Result { get; private set; } = new(0, 0, 0);

    /// <summary>Waits for the rounds that have points of one of these series.</summary>
    public Task SettleAsync(IReadOnlyCollection<int> series) => LandThoseOfAsync(series, mayShare: false);

    private async Task LandThoseOfAsync(IReadOnlyCollection<int> series, bool mayShare)
    {
        while (underWay.FindIndex(round => (round.Deletes || !mayShare) && round.Series.Overlaps(series)) is var at and >= 0)
            await LandAsync(at);
    }

    /// <summary>Sends a round as soon as there is room.</summary>
    public async Task StartAsync(PublishRound round)
    {
        if (round.Count == 0)
            return;
        HashSet<int> series = [.. round.Series];
        await LandThoseOfAsync(series, mayShare: !round.Deletes);
        while (underWay.Count >= Connections)
        {
            await Task.WhenAny(underWay.ConvertAll(one => one.Sending));
            await LandAsync(underWay.FindIndex(one => one.Sending.IsCompleted));
        }
        var flight = await round.IntendAsync(outbox, turn, cancellationToken);
        // On a thread of its own: making and compressing lines is work, and the next round is computed meanwhile.
        var sending = Task.Run(
            () => round.SendAsync(flight, outbox, influx, turn, at, cancellationToken),
            CancellationToken.None
        );
        underWay.Add(new(++started, sending, series, round.Deletes));
    }

    /// <summary>Keeps how far a rebuild came once all rounds that were started so far have arrived; does not wait for them.</summary>
    public Task KeepAsync(RebuildMark mark)
    {
        marks.Enqueue((started, mark));
        return AdvanceAsync();
    }

    /// <summary>Waits for all rounds.</summary>
    public async Task DrainAsync()
    {
        while (underWay.Count > 0)
            await LandAsync(0);
    }

    /// <summary>Waits for all rounds, whatever becomes of them, once something failed.</summary>
    public async Task AbandonAsync()
    {
        foreach (var round in underWay)
            await ((Task)round.Sending).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        underWay.Clear();
    }

    private async Task LandAsync(int place)
    {
        Result += await underWay[place].Sending;
        underWay.RemoveAt(place);
        await AdvanceAsync();
    }

    private async Task AdvanceAsync()
    {
        RebuildMark? reached = null;
        while (marks.TryPeek(out var next) && underWay.TrueForAll(round => round.Number > next.Number))
            reached = marks.Dequeue().Mark;
        if (reached is not null)
            await outbox.AdvanceRebuildAsync(turn.Lease, reached, cancellationToken);
    }

    private sealed record Flying(int Number, Task<PublishResult> Sending, HashSet<int> Series, bool Deletes);
}
