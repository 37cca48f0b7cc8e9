namespace KpiMetrics.Core.Derivation.Plans;

/// <summary>Which of all statements about one plan counts; the same whatever order they arrived in.</summary>
/// <remarks>
/// The adjusted before the assigned, whenever each was received: an assigned plan sent again is no new adjustment. Of those the newest received; of one
/// instant the greater value, then the later text of the decision.
/// A statement that repeats the one before of its kind, or one of a decision known before, counts from its first time on: a file
/// of January sent again in November does not undo the adjustment of July.
/// </remarks>
public static class PlanVersions
{
    private static readonly Comparer<PlanVersion> ByTime = Comparer<PlanVersion>.Create(Compare);

    /// <summary>The version that counts of those of one scheme and period; null where there are none.</summary>
    public static PlanVersion? Current(IEnumerable<PlanVersion> versions)
    {
        var news = News(versions);
        return news.FindLast(version => version.Kind == PlanKind.Adjusted) ?? news.LastOrDefault();
    }

    /// <summary>True where <paramref name="next"/> says nothing new after <paramref name="before"/>, all received no later than it.</summary>
    public static bool IsRepetition(PlanVersion next, IEnumerable<PlanVersion> before) => Repeats(next, News(before));

    private static List<PlanVersion> News(IEnumerable<PlanVersion> versions)
    {
        var news = new List<PlanVersion>();
        foreach (var version in versions.Order(ByTime))
        {
            if (!Repeats(version, news))
                news.Add(version);
        }
        return news;
    }

    private static bool Repeats(PlanVersion next, List<PlanVersion> news) =>
        news.FindLast(version => version.Kind == next.Kind) is { } last
        && (last.SaysTheSameAs(next) || !string.IsNullOrEmpty(next.Decision) && news.Exists(next.SaysTheSameAs));

    private static int Compare(PlanVersion left, PlanVersion right)
    {
        var order = left.ReceivedAt.CompareTo(right.ReceivedAt);
        if (order == 0)
            order = left.Kind.CompareTo(right.Kind);
        if (order == 0)
            order = left.Value.CompareTo(right.Value);
        return order != 0 ? order : string.CompareOrdinal(left.Decision ?? "", right.Decision ?? "");
    }
}
