namespace KpiMetrics.ServerTests.Boards.Oracles;

/// <summary>Tables of alerts: every column, which rows stand first, and how many of each state.</summary>
internal static class AlertRows
{
    private static readonly string[] States = ["firing", "acknowledged", "explained", "resolved"];
    private static readonly string[] Severities = ["critical", "warning", "info"];
    private static readonly string[] Columns =
    [
        "Mức",
        "Loại",
        "Nội dung",
        "Từ",
        "Xử lý",
        "Người phụ trách",
        "Giải trình",
        "Cơ quan",
        "Bảng",
    ];
    private static readonly string[] WithResolved = [.. Columns, "Xong lúc"];

    /// <param name="limit">How many of one state are shown at most.</param>
    /// <param name="hasResolved">The table has a column of when an alert was resolved.</param>
    public static async Task CompareAsync(
        Sight sight,
        BoardValues values,
        IEnumerable<ExpectedAlert> alerts,
        int limit,
        bool hasResolved = false
    )
    {
        var table = await sight.TableAsync(values);
        var expected = alerts.ToList();
        var ranks = table.Records.Select(Rank).ToList();
        Assert.Equal(ranks.Order(), ranks);
        var columns = hasResolved ? WithResolved : Columns;
        var comparable = Comparable(sight, table, expected);
        foreach (var state in States)
        {
            var of = expected.FindAll(alert => alert.State == state);
            var shown = comparable with { Rows = [.. Of(comparable, state)] };
            sight.SameUpTo(limit, [.. of.Select(alert => Row(alert, hasResolved))], shown, columns);
            // Those that are left out are no worse than those that are shown.
            Assert.Equal(
                of.Select(alert => Array.IndexOf(Severities, alert.Severity)).Order().Take(limit),
                shown.Records.Select(row => Array.IndexOf(Severities, Cells.Text(row["Mức"])))
            );
        }
    }

    private static IEnumerable<IReadOnlyList<object?>> Of(Frame table, string state)
    {
        var place = table.Columns.ToList().IndexOf("Xử lý");
        return table.Rows.Where(row => Cells.Text(row[place]) == state);
    }

    private static object?[] Row(ExpectedAlert alert, bool hasResolved)
    {
        object?[] cells =
        [
            alert.Severity,
            alert.Kind,
            alert.Title,
            (object?)alert.Since ?? ExpectedAlert.Untold,
            alert.State,
            alert.Holder,
            alert.Explanation,
            alert.Agency,
            alert.Way,
        ];
        return hasResolved ? [.. cells, alert.ResolvedAt] : cells;
    }

    // By state, then by need; a river before a report.
    private static (int State, int Severity, bool IsReport, DateTime Since) Rank(IReadOnlyDictionary<string, object?> row) =>
        (
            Array.IndexOf(States, Cells.Text(row["Xử lý"])),
            Array.IndexOf(Severities, Cells.Text(row["Mức"])),
            Cells.Text(row["Loại"]) != "threshold",
            Assert.IsType<DateTime>(row["Từ"])
        );

    // A word for instants that no command says, which lie between the beginning of the world and now; of resolved ones the way without what no command says.
    private static Frame Comparable(Sight sight, Frame table, List<ExpectedAlert> expected)
    {
        var untold = expected
            .Where(alert => alert.IsLive && alert.Since is null)
            .Select(alert => alert.Title)
            .ToHashSet(StringComparer.Ordinal);
        return table with { Rows = [.. table.Records.Select(Told)] };

        IReadOnlyList<object?> Told(IReadOnlyDictionary<string, object?> row)
        {
            var isResolved = Cells.Text(row["Xử lý"]) == "resolved";
            var isUntold = !isResolved && untold.Contains(Cells.Text(row["Nội dung"]));
            if (isUntold)
            {
                var since = Assert.IsType<DateTime>(row["Từ"]).ToUniversalTime();
                Assert.InRange(since, sight.World.Began.UtcDateTime, Sight.Now.UtcDateTime);
            }
            return
            [
                .. table.Columns.Select(column =>
                    column switch
                    {
                        "Từ" when isUntold => ExpectedAlert.Untold,
                        "Bảng" when isResolved => Cells.Text(row[column]).Split("&var-phan_to=")[0],
                        _ => row[column],
                    }
                ),
            ];
        }
    }
}
