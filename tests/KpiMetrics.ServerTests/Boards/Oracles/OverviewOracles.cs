namespace KpiMetrics.ServerTests.Boards.Oracles;

/// <summary>The chairman's board, with every set chosen in turn.</summary>
internal static class OverviewOracles
{
    private const string Uid = "kpi-tong-quan";
    private const int MostAlerts = 100;
    private const int MostNext = 50;

    public static IEnumerable<(string Key, Oracle Oracle)> All =>
        [
            Of("Báo cáo quá hạn", Reporting.Road, (sight, values, set) => Reporting.LateAsync(sight, values, set, _ => true)),
            Of("Quá cả thời gian gia hạn", Reporting.Road, MissingAsync),
            Of(
                "Đúng hạn 90 ngày qua (%)",
                Reporting.Road,
                (sight, values, set) => Reporting.OnTimeAsync(sight, values, set, Reporting.NinetyDays, _ => true)
            ),
            Of("Cảnh báo nghiêm trọng", ExpectedAlert.Road, CriticalAsync),
            Of("Báo cáo mới nhất", "export: the newest that any figure was received", FreshAsync),
            ($"{Uid}: Số liệu minh họa", Reporting.Demo),
            Of("Các chỉ số chính", LatestFigures.Road, KeyFiguresAsync),
            Of("Cơ quan chậm báo cáo", Reporting.Road, LateOfficesAsync),
            Of("Việc phải xử lý", ExpectedAlert.Road, WrongAsync),
            Of("Hạn báo cáo sắp tới", Reporting.Road, NextAsync),
            ($"{Uid}: Tình trạng khẩn cấp", new("emergency list --json, areas", EmergenciesAsync)),
        ];

    private static (string Key, Oracle Oracle) Of(string title, string road, Func<Sight, BoardValues, string, Task> compare) =>
        (
            $"{Uid}: {title}",
            new(
                road,
                async sight =>
                {
                    foreach (var set in sight.Decisions.Sets)
                        await compare(sight, await sight.OpenAsync(("bo", set)), set);
                }
            )
        );

    private static async Task MissingAsync(Sight sight, BoardValues values, string set)
    {
        var shown = await sight.NumberAsync(values);
        var owed = await sight.Roads.OwedAsync(set, Sight.Now);
        Assert.Equal(Cells.Text(owed.Count(one => one.State == "missing")), Cells.Text(shown));
        sight.Counted();
    }

    private static async Task CriticalAsync(Sight sight, BoardValues values, string set)
    {
        var shown = await sight.NumberAsync(values);
        var alerts = await ExpectedAlert.OfAsync(sight, set);
        Assert.Equal(Cells.Text(alerts.Count(alert => alert.IsCritical)), Cells.Text(shown));
        sight.Counted();
    }

    // A report that only repeats what is known leaves nothing to export: it may be newer, but not than now.
    private static async Task FreshAsync(Sight sight, BoardValues values, string set)
    {
        var newest = (await sight.Roads.FiguresAsync(set))
            .All.Where(figure => figure.IsReported)
            .Max(figure => ExportedFigures.ReceivedAt(figure));
        var shown = await sight.NumberAsync(values);
        Assert.NotNull(newest);
        Assert.InRange(
            Convert.ToInt64(shown, System.Globalization.CultureInfo.InvariantCulture),
            newest.Value.ToUnixTimeMilliseconds(),
            Sight.Now.ToUnixTimeMilliseconds()
        );
        sight.Counted();
    }

    private static async Task KeyFiguresAsync(Sight sight, BoardValues values, string set)
    {
        await CompareAsync(values);
        if (set == "lao-cai")
        {
            var commune = sight.Decisions.Area(BoardWorld.Commune).Id;
            await CompareAsync(await sight.OpenAsync(("bo", set), ("dia_ban", commune)));
        }

        Task CompareAsync(BoardValues of) =>
            LatestFigures.CompareAsync(
                sight,
                of,
                set,
                of["dia_ban"][0],
                (_, indicator, measure) => measure.Code == indicator.Measures.Select(one => one.Code).Min(StringComparer.Ordinal)
            );
    }

    private static async Task LateOfficesAsync(Sight sight, BoardValues values, string set)
    {
        var table = await sight.TableAsync(values);
        var at = Sight.Now;
        var owed = await sight.Roads.OwedAsync(set, at);
        var offices = owed.Where(one => !one.IsComplete && !one.IsWaived).ToLookup(one => one.Agency);
        sight.SameInOrder(
            from office in offices
            let late = office.Where(one => one.IsLate).ToList()
            where late.Count > 0
            select new object?[]
            {
                office.Key,
                late.Count,
                office.Count(one => one.State == "missing"),
                late.Min(one => one.DueAt),
                Earliest(office.Where(one => at < one.PastDueAt).Select(one => one.DueAt)),
            },
            table,
            row => -Convert.ToInt64(row["Quá hạn"], System.Globalization.CultureInfo.InvariantCulture),
            "Cơ quan",
            "Quá hạn",
            "Quá gia hạn",
            "Chậm từ",
            "Hạn tới"
        );
    }

    private static async Task WrongAsync(Sight sight, BoardValues values, string set)
    {
        var table = await sight.TableAsync(values);
        var alerts = await ExpectedAlert.OfAsync(sight, set);
        var untimed = alerts.Where(alert => alert.Since is null).Select(alert => alert.Title).ToHashSet(StringComparer.Ordinal);
        sight.SameUpTo(
            MostAlerts,
            [
                .. alerts.Select(alert =>
                    new object?[]
                    {
                        alert.IsCritical ? "nghiêm trọng" : "chú ý",
                        alert.Title,
                        (object?)alert.Since ?? ExpectedAlert.Untold,
                        alert.Agency,
                    }
                ),
            ],
            ExpectedAlert.Untimed(sight, table, "Nội dung", "Từ", untimed),
            "Mức",
            "Nội dung",
            "Từ",
            "Cơ quan"
        );
        // What is grave stands first, what is old before what is new.
        var known = alerts
            .Where(alert => alert is { IsCritical: true, Since: not null })
            .Select(alert => Cells.Text(alert.Since))
            .Order(StringComparer.Ordinal);
        Assert.Equal(
            known.Take(MostAlerts),
            table
                .Records.Where(row => Cells.Text(row["Mức"]) == "nghiêm trọng" && !untimed.Contains(Cells.Text(row["Nội dung"])))
                .Select(row => Cells.Text(row["Từ"]))
        );
        Assert.Equal(
            table.Records.OrderByDescending(row => Cells.Text(row["Mức"]) == "nghiêm trọng").Select(row => row["Nội dung"]),
            table.Records.Select(row => row["Nội dung"])
        );
    }

    private static async Task NextAsync(Sight sight, BoardValues values, string set)
    {
        var table = await sight.TableAsync(values);
        await Upcoming.CompareAsync(sight, table, set, MostNext, _ => true);
    }

    private static async Task EmergenciesAsync(Sight sight)
    {
        var table = await sight.TableAsync(await sight.OpenAsync());
        var declared = await sight.Roads.EmergenciesAsync();
        sight.Same(
            declared.SelectMany(one =>
                one.Areas.Select(area => new object?[] { one.Order, sight.Decisions.Area(area).FullName, one.From, one.Until })
            ),
            table,
            "Lệnh số",
            "Địa bàn",
            "Từ",
            "Đến"
        );
    }

    private static DateTimeOffset? Earliest(IEnumerable<DateTimeOffset> instants) =>
        instants.Select(at => (DateTimeOffset?)at).Min();
}
