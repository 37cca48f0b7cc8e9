using KpiMetrics.ServerTests.Support;

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
            Of("Cảnh báo theo tình trạng", ExpectedAlert.Road, StatesAsync),
            Of("Hạn báo cáo sắp tới", Reporting.Road, NextAsync),
            ($"{Uid}: Tình trạng khẩn cấp", new("emergency list --json, areas", EmergenciesAsync)),
        ];

    private static (string Key, Oracle Oracle) Of(string title, string road, Func<Sight, BoardValues, string, Task> compare) =>
        EachSet.Of(Uid, title, road, compare);

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
        Assert.Equal(Cells.Text(alerts.Count(alert => alert is { IsCritical: true, IsFiring: true })), Cells.Text(shown));
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
        var alerts = await ExpectedAlert.OfAsync(sight, set);
        await AlertRows.CompareAsync(sight, values, alerts.Where(alert => alert.IsLive), MostAlerts);
    }

    private static async Task StatesAsync(Sight sight, BoardValues values, string set)
    {
        var table = await sight.TableAsync(values);
        var alerts = await ExpectedAlert.OfAsync(sight, set);
        sight.SameInOrder(
            alerts
                .GroupBy(alert => alert.Kind)
                .Select(kind =>
                    new object?[]
                    {
                        kind.Key,
                        kind.Count(alert => alert.IsFiring),
                        kind.Count(alert => alert.State == "acknowledged"),
                        kind.Count(alert => alert.State == "explained"),
                        kind.Count(alert => !alert.IsLive),
                    }
                ),
            table,
            row => -Convert.ToInt64(row["Đang mở"], System.Globalization.CultureInfo.InvariantCulture),
            "Loại",
            "Đang mở",
            "Đã tiếp nhận",
            "Đã giải trình",
            "Đã xong"
        );
        if (set == TestSet.Code)
            WorldAlerts.AreInEveryState(alerts);
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
