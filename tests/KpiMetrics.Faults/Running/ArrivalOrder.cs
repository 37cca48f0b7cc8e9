namespace KpiMetrics.Faults.Running;

/// <summary>Whether a backlog arrived oldest first, and an emergency's figure ahead of it.</summary>
public static class ArrivalOrder
{
    /// <summary>So many seconds after InfluxDB is back nobody asks what came first.</summary>
    public const double AtOnce = 2;

    /// <summary>Of a backlog the oldest go in one piece, several requests of it side by side: which of them arrives so many seconds before another nobody asks either.</summary>
    public const double Together = 0.4;

    /// <param name="ordinary">Of figures of the backlog in the order in which they were reported: after how many seconds of InfluxDB's return each was there.</param>
    /// <param name="urgent">The same of an emergency's figure, reported last of all.</param>
    public static IEnumerable<string> FindFaults(IReadOnlyList<double> ordinary, double urgent)
    {
        if (ordinary.Index().Any(one => ordinary.Take(one.Index).Any(earlier => one.Item < earlier - Together)))
            yield return $"what was reported first did not arrive first: {Text()}";
        // Those that one look sees are of the same second: which of them was first cannot be told.
        if (urgent > ordinary.Min() && urgent > AtOnce)
            yield return FormattableString.Invariant($"an emergency's figure came after {urgent} s, the others after {Text()}");

        string Text() => string.Join(", ", ordinary.Select(second => FormattableString.Invariant($"{second}")));
    }
}
