namespace KpiMetrics.ServerTests.Boards.Oracles;

/// <summary>Tables of what is due next, held against <c>obligations --json</c>.</summary>
internal static class Upcoming
{
    public static async Task CompareAsync(Sight sight, Frame table, string set, int limit, Func<Owed, bool> isMeant)
    {
        var at = Sight.Now;
        var next = (await sight.Roads.OwedAsync(set, at))
            .Where(one => isMeant(one) && at < one.PastDueAt && !one.IsReceived && !one.IsWaived)
            .OrderBy(one => one.DueAt)
            .ToList();
        sight.SameUpTo(
            limit,
            [
                .. next.Select(one =>
                    new object?[]
                    {
                        one.Agency,
                        sight.Decisions.Indicator(set, one.Indicator).Name,
                        sight.Decisions.Area(one.Area).FullName,
                        one.Period,
                        one.DueAt,
                    }
                ),
            ],
            table,
            "Cơ quan",
            "Chỉ số",
            "Địa bàn",
            "Kỳ",
            "Hạn"
        );
        Assert.Equal(next.Take(limit).Select(one => Cells.Text(one.DueAt)), table.Records.Select(row => Cells.Text(row["Hạn"])));
    }
}
