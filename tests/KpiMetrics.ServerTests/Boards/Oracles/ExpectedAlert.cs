namespace KpiMetrics.ServerTests.Boards.Oracles;

/// <summary>What must be acted on, as it follows from what commands say.</summary>
/// <param name="Since">Null where no command says since when: of a finding.</param>
internal sealed record ExpectedAlert(string Kind, string Severity, string Title, DateTimeOffset? Since, string? Agency)
{
    public const string Road = "obligations --json, check --json, export of what InfluxDB refused";

    /// <summary>Stands for an instant that no command says.</summary>
    public const string Untold = "since it was found";

    public bool IsCritical => Severity == "critical";

    public static async Task<IReadOnlyList<ExpectedAlert>> OfAsync(Sight sight, string set)
    {
        var at = Sight.Now;
        var owed = await sight.Roads.OwedAsync(set, at);
        var found = await sight.Roads.FindingsAsync(set);
        return
        [
            .. owed.Where(one => one.IsOpenAndLate).Select(one => Of(sight, set, one, at)),
            .. found.Select(one => new ExpectedAlert(
                one.Code == "sources-differ" ? "disagreement" : "contradiction",
                "warning",
                one.Sentence,
                null,
                sight.Decisions.AgencyOf(set, one.Measure)
            )),
            .. (await RefusedPoint.AllAsync(sight)).Where(point => point.Set == set).Select(Of),
        ];
    }

    /// <summary>The table with a word for the instants that no command says, which lie between the beginning of the world and now.</summary>
    public static Frame Untimed(Sight sight, Frame table, string title, string since, IReadOnlySet<string> titles)
    {
        var (titleAt, sinceAt) = (table.Columns.ToList().IndexOf(title), table.Columns.ToList().IndexOf(since));
        return table with { Rows = [.. table.Rows.Select(Row)] };

        IReadOnlyList<object?> Row(IReadOnlyList<object?> row)
        {
            if (!titles.Contains(Cells.Text(row[titleAt])))
                return row;
            var at = Assert.IsType<DateTime>(row[sinceAt]).ToUniversalTime();
            Assert.InRange(at, sight.World.Began.UtcDateTime, Sight.Now.UtcDateTime);
            return [.. row.Select((cell, place) => place == sinceAt ? Untold : cell)];
        }
    }

    private static ExpectedAlert Of(Sight sight, string set, Owed one, DateTimeOffset at)
    {
        var isPastGrace = at >= one.PastGraceAt;
        var (kind, words) =
            one.State == "partial" ? ("incomplete", "Chưa đủ chỉ tiêu")
            : isPastGrace ? ("missing", "Thiếu báo cáo")
            : ("overdue", "Quá hạn báo cáo");
        var indicator = sight.Decisions.Indicator(set, one.Indicator).Name;
        var area = sight.Decisions.Area(one.Area).FullName;
        return new(
            kind,
            isPastGrace ? "critical" : "warning",
            $"{words}: {indicator}, {area}, kỳ {one.Period} ({one.Agency})",
            one.DueAt,
            one.Agency
        );
    }

    private static ExpectedAlert Of(RefusedPoint point) =>
        new(
            "point-refused",
            "warning",
            $"InfluxDB từ chối số liệu: {point.MeasureName}, {point.AreaName}, kỳ {point.Period}: {point.Reason}",
            null,
            null
        );
}
