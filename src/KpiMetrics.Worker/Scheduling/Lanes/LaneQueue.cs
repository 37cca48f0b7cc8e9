using KpiMetrics.Core.Obligations;

namespace KpiMetrics.Worker.Scheduling.Lanes;

/// <summary>The duties that wait in a lane, each once, in order of their rank. Not safe for several threads.</summary>
internal sealed class LaneQueue
{
    private readonly SortedSet<LaneRing> order = [];
    private readonly Dictionary<Duty, LaneRing> waiting = [];
    private readonly SortedDictionary<long, long> since = []; // when each ring came, by its number
    private long rings;

    public int Count => waiting.Count;

    /// <summary>Adds a duty; one that waits keeps its place, or a better one where it rings with more urgency.</summary>
    public void Add(Duty duty, LaneRank rank, long now)
    {
        if (waiting.TryGetValue(duty, out var known))
        {
            if (rank >= known.Rank)
                return;
            order.Remove(known);
            var raised = known with { Rank = rank };
            waiting[duty] = raised;
            order.Add(raised);
            return;
        }
        var ring = new LaneRing(duty, rank, rings++);
        waiting[duty] = ring;
        order.Add(ring);
        since.Add(ring.Number, now);
    }

    public Duty? Take()
    {
        if (order.Min is not { } first)
            return null;
        order.Remove(first);
        waiting.Remove(first.Duty);
        since.Remove(first.Number);
        return first.Duty;
    }

    /// <summary>When the one that waits longest rang; null where none waits.</summary>
    public long? Oldest()
    {
        foreach (var (_, at) in since)
            return at;
        return null;
    }

    public void Clear()
    {
        order.Clear();
        waiting.Clear();
        since.Clear();
    }
}
