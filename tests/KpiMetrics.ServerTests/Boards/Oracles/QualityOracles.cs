namespace KpiMetrics.ServerTests.Boards.Oracles;

/// <summary>The six words of the last twelve months, counted anew for every set.</summary>
internal static class QualityOracles
{
    private const string Uid = "kpi-chat-luong";
    private const string Road = "export, check --json, obligations --json, counted by the windows of the set files";
    private const int MostAlerts = 500;

    public static IEnumerable<(string Key, Oracle Oracle)> All =>
        [
            By("Chất lượng theo cơ quan", "Cơ quan", (_, _, one) => one.Agency),
            By("Chất lượng theo chỉ số", "Chỉ số", (sight, set, one) => sight.Decisions.Indicator(set, one.Indicator).Name),
            By("Chất lượng theo địa bàn", "Địa bàn", (sight, _, one) => sight.Decisions.AreaById(one.Area).FullName),
            Of("Việc phải làm để nâng điểm", ExpectedAlert.Road, ToDoAsync),
            Of("Số liệu mâu thuẫn, bất thường", ExpectedAlert.Road, FoundAsync),
        ];

    private static (string Key, Oracle Oracle) By(string title, string column, Func<Sight, string, QualityCount, string> name) =>
        Of(
            title,
            Road,
            async (sight, values, set) =>
            {
                var table = await sight.TableAsync(values);
                var counts = await QualityCount.AllAsync(sight, set);
                var agencies = sight.Decisions.Agencies(set);
                sight.Same(
                    counts
                        .Where(one => agencies.Contains(one.Agency))
                        .GroupBy(one => name(sight, set, one))
                        .Select(of => Row(of.Key, [.. of])),
                    table,
                    column,
                    "Đúng",
                    "Đủ",
                    "Sạch",
                    "Sống",
                    "Đồng bộ",
                    "Thống nhất"
                );
            }
        );

    private static object?[] Row(string name, IReadOnlyList<QualityCount> counts)
    {
        var figures = counts.Sum(one => one.Figures);
        return
        [
            name,
            Without(counts.Sum(one => one.Wrong)),
            Cells.Percent(counts.Sum(one => one.Received), counts.Sum(one => one.Expected)),
            Without(counts.Sum(one => one.Suspicious)),
            Cells.Percent(counts.Sum(one => one.Alive), counts.Sum(one => one.Duties)),
            Without(counts.Sum(one => one.Refused)),
            Without(counts.Sum(one => one.Disagreeing)),
        ];

        decimal? Without(int bad) => Cells.Percent(figures - bad, figures);
    }

    private static (string Key, Oracle Oracle) Of(string title, string road, Func<Sight, BoardValues, string, Task> compare) =>
        EachSet.Of(Uid, title, road, compare);

    private static async Task ToDoAsync(Sight sight, BoardValues values, string set) =>
        await AlertRows.CompareAsync(
            sight,
            values,
            (await OfAgenciesAsync(sight, set)).Where(alert => alert.State is "firing" or "acknowledged"),
            MostAlerts
        );

    private static async Task FoundAsync(Sight sight, BoardValues values, string set) =>
        await AlertRows.CompareAsync(
            sight,
            values,
            (await OfAgenciesAsync(sight, set)).Where(alert => alert.IsFound),
            MostAlerts,
            hasResolved: true
        );

    private static async Task<IEnumerable<ExpectedAlert>> OfAgenciesAsync(Sight sight, string set)
    {
        var agencies = sight.Decisions.Agencies(set);
        return (await ExpectedAlert.OfAsync(sight, set)).Where(alert => alert.Agency is { } agency && agencies.Contains(agency));
    }
}
