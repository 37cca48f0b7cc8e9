using KpiMetrics.Core.Obligations;

namespace KpiMetrics.Worker.Scheduling.Lanes;

/// <summary>A duty that waits in a lane.</summary>
/// <param name="Number">Counts the rings of the lane.</param>
internal sealed record LaneRing(Duty Duty, LaneRank Rank, long Number) : IComparable<LaneRing>
{
    public int CompareTo(LaneRing? other)
    {
        if (other is null)
            return 1;
        var byRank = Rank.CompareTo(other.Rank);
        return byRank != 0 ? byRank : Number.CompareTo(other.Number);
    }

    public static bool operator <(LaneRing left, LaneRing right) => left.CompareTo(right) < 0;

    public static bool operator >(LaneRing left, LaneRing right) => left.CompareTo(right) > 0;

    public static bool operator <=(LaneRing left, LaneRing right) => left.CompareTo(right) <= 0;

    public static bool operator >=(LaneRing left, LaneRing right) => left.CompareTo(right) >= 0;
}
