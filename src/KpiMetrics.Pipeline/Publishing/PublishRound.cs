using KpiMetrics.Core.Periods;
using KpiMetrics.Pipeline.Ledger;

namespace KpiMetrics.Pipeline.Publishing;

/// <summary>Points to be written and deleted together, and the changes that are then done.</summary>
internal sealed class PublishRound
{
    private readonly List<PublishedPoint> written = [];
    private readonly List<Point> points = [];
    private readonly List<PublishedPoint> gained = [];
    private readonly HashSet<(int SeriesId, Period Period)> narrowed = [];
    private readonly List<PublishedPoint> cleared = [];
    private readonly List<PointAddress> clearedAt = [];
    private readonly List<ChangedKey> done = [];
    private readonly List<RefusedPoint> refused = [];

    public int Count => points.Count + cleared.Count + done.Count;

    public void Add(PointChange change)
    {
        var (seriesId, period, address, had, point) = change;
        if (change.NeedsDeletion)
        {
            narrowed.Add((seriesId, period));
            cleared.Add(new(seriesId, period, 0));
            clearedAt.Add(address);
        }
        if (point is null)
            return;
        var entry = new PublishedPoint(seriesId, period, (int)change.Has);
        written.Add(entry);
        points.Add(point);
        if ((change.Has & ~had) != PointFields.None)
            gained.Add(entry);
    }

    /// <summary>Takes over the points of another round, which is not sent itself.</summary>
    public void AddPointsOf(PublishRound other)
    {
        written.AddRange(other.written);
        points.AddRange(other.points);
        gained.AddRange(other.gained);
        narrowed.UnionWith(other.narrowed);
        cleared.AddRange(other.cleared);
        clearedAt.AddRange(other.clearedAt);
    }

    public void Done(IReadOnlyList<ChangedKey> changes) => done.AddRange(changes);

    /// <summary>Gives the changes up, with the reason recorded for each.</summary>
    public void Refuse(IReadOnlyList<ChangedKey> changes, string reason)
    {
        done.AddRange(changes);
        refused.AddRange(changes.Select(change => new RefusedPoint(change.SeriesId, change.Period, reason)));
    }

    /// <summary>The series whose points are in it.</summary>
    public IEnumerable<int> Series => written.Concat(cleared).Select(point => point.SeriesId).Distinct();

    public bool Deletes => cleared.Count > 0;

    /// <summary>Tells the ledger what is about to be written; whoever reads what points may have then sees this too.</summary>
    public async Task<PublishFlight> IntendAsync(IOutbox outbox, PublishTurn turn, CancellationToken cancellationToken)
    {
        var flight = turn.Flight([.. written.Concat(cleared).Distinct()], cleared);
        if (flight.Points.Count > 0)
            await turn.RenewingAsync(() => outbox.IntendAsync(flight, gained, cancellationToken));
        return flight;
    }

    /// <summary>Deletes, writes, confirms, in this order.</summary>
    public async Task<PublishResult> SendAsync(
        PublishFlight flight,
        IOutbox outbox,
        IPointWriter influx,
        PublishTurn turn,
        DateTimeOffset at,
        CancellationToken cancellationToken
    )
    {
        turn.Check();
        var kept = clearedAt.Count > 0 ? await influx.DeleteAsync(clearedAt, cancellationToken) : [];
        turn.Check();
        var turnedAway = points.Count > 0 ? await influx.WriteAsync(points, cancellationToken) : [];

        // By series and period, as a point that could be neither deleted nor written is still one refused point.
        var reasons = refused.ToDictionary(point => (point.SeriesId, point.Period));
        foreach (var (entry, reason) in kept.Select(refusal => (cleared[refusal.Index], refusal.Reason)))
            reasons[(entry.SeriesId, entry.Period)] = new(entry.SeriesId, entry.Period, reason);
        foreach (var (entry, reason) in turnedAway.Select(refusal => (written[refusal.Index], refusal.Reason)))
            reasons[(entry.SeriesId, entry.Period)] = new(entry.SeriesId, entry.Period, reason);

        // What was refused keeps the fields it may have; what was rewritten is confirmed with those it now has.
        var rewritten = written.Select(entry => (entry.SeriesId, entry.Period)).ToHashSet();
        var arrived = written.Where(entry => !reasons.ContainsKey((entry.SeriesId, entry.Period))).ToList();
        var gone = cleared
            .Where(entry => !rewritten.Contains((entry.SeriesId, entry.Period)))
            .Where(entry => !reasons.ContainsKey((entry.SeriesId, entry.Period)))
            .ToList();
        // What a point gained was kept before it was written; only what it lost is news.
        var changed = arrived.Where(entry => narrowed.Contains((entry.SeriesId, entry.Period)));
        await turn.RenewingAsync(() =>
            outbox.ConfirmAsync(flight, [.. changed, .. gone], done, [.. reasons.Values], at, cancellationToken)
        );
        turn.Landed(flight);
        return new(arrived.Count, gone.Count, reasons.Count) { OldestMarkedAt = done.Min(change => change.MarkedAt) };
    }
}
