namespace KpiMetrics.Core.Catalog;

/// <summary>Reads one part of what something was on a day, in whatever order its former versions stand.</summary>
internal static class Former
{
    /// <summary>What the first version to end on or after the day says; null where none does, so that the newest holds.</summary>
    public static T? On<T>(IEnumerable<FormerVersion> was, DateOnly day, Func<FormerVersion, T?> part)
        where T : class =>
        was.Where(version => version.To >= day && part(version) is not null).MinBy(version => version.To) is { } found
            ? part(found)
            : null;
}
