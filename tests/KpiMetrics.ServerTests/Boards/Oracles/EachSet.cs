namespace KpiMetrics.ServerTests.Boards.Oracles;

/// <summary>Panels of boards on which one set is chosen: all of them in turn.</summary>
internal static class EachSet
{
    public static (string Key, Oracle Oracle) Of(
        string uid,
        string title,
        string road,
        Func<Sight, BoardValues, string, Task> compare
    ) =>
        (
            $"{uid}: {title}",
            new(
                road,
                async sight =>
                {
                    foreach (var set in sight.Decisions.Sets)
                        await compare(sight, await sight.OpenAsync(("bo", set)), set);
                }
            )
        );
}
