namespace KpiMetrics.Worker.Scheduling.Lanes;

/// <summary>What is taken first of a lane: emergencies, then the higher priority, then who rang first.</summary>
/// <param name="Priority">0..9.</param>
public readonly record struct LaneRank(bool IsEmergency, int Priority) : IComparable<LaneRank>
{
    /// <summary>Less than zero where this one goes first.</summary>
    public int CompareTo(LaneRank other) =>
        IsEmergency == other.IsEmergency ? other.Priority.CompareTo(Priority) : other.IsEmergency.CompareTo(IsEmergency);

    public static bool operator <(LaneRank left, LaneRank right) => left.CompareTo(right) < 0;

    public static bool operator >(LaneRank left, LaneRank right) => left.CompareTo(right) > 0;

    public static bool operator <=(LaneRank left, LaneRank right) => left.CompareTo(right) <= 0;

    public static bool operator >=(LaneRank left, LaneRank right) => left.CompareTo(right) >= 0;
}
