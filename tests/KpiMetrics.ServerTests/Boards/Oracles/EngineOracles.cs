using System.Globalization;

namespace KpiMetrics.ServerTests.Boards.Oracles;

/// <summary>The engine itself: when no worker runs, by what commands say; of one that lives, by what its API said at that moment.</summary>
internal static class EngineOracles
{
    public const string Uid = "kpi-van-hanh";

    private const string Nobody = "none of the test's workers runs";
    private const string Api = "/metrics and /api/v1/sources of a living worker";

    public static IEnumerable<(string Key, Oracle Oracle)> All =>
        [
            Of("Tiến trình đang chạy", $"{Api}; {Nobody}", WorkersAsync),
            Of(
                "Tiến trình mất liên lạc",
                "the workers that the test killed",
                async sight => await sight.NumberIsAsync(await sight.OpenAsync(), sight.World.Lost.Count)
            ),
            Of("Số liệu chờ lên bảng", "publish status --json", WaitingAsync),
            Of("Chờ lâu nhất", "publish status --json", LongestAsync),
            Of("Số liệu bị InfluxDB từ chối", "publish status --json", RefusedCountAsync),
            Of("Báo cáo mới nhất", "export of all sets", NewestAsync),
            Of("Đang hỏi nguồn", Nobody, sight => NoneAsync(sight)),
            Of("Còn phải dựng lại", "no rebuild was asked for", sight => NoneAsync(sight)),
            Of("Đang trên đường", Nobody, sight => NoneAsync(sight)),
            Of("Báo cáo quá hạn", Reporting.Road, sight => LateAsync(sight, (one, _) => one.IsOpenAndLate)),
            Of("Quá gia hạn", Reporting.Road, sight => LateAsync(sight, (one, at) => one.IsOpenAndLate && at >= one.PastGraceAt)),
            Of("Số liệu minh họa", "export", Reporting.Demo.CompareAsync),
            .. EngineCourses.All.Select(one => Of(one.Title, Api, one.CompareAsync)),
            Of("Nguồn dữ liệu", $"{Api}; files that were imported", EngineTables.SourcesAsync),
            Of("Cảnh báo theo loại", ExpectedAlert.Road, EngineTables.AlertsAsync),
            Of("Số liệu InfluxDB từ chối", "publish status", EngineTables.RefusedAsync),
            Of("Việc đang làm", Api, EngineTables.ClaimsAsync),
            Of("Thay đổi lịch", "schedule show --json", EngineTables.ChangesAsync),
        ];

    private static (string Key, Oracle Oracle) Of(string title, string road, Func<Sight, Task> compare) =>
        ($"{Uid}: {title}", new(road, compare));

    private static async Task WorkersAsync(Sight sight)
    {
        var moment = sight.World.Moment;
        Assert.Equal("1", Cells.Text(moment.Metric("kpi_workers")));
        Assert.Equal("1", Cells.Text(moment.Number(sight.Panel.Title)));
        await NoneAsync(sight);
    }

    private static async Task NoneAsync(Sight sight) => await sight.NumberIsAsync(await sight.OpenAsync(), 0);

    private static async Task WaitingAsync(Sight sight)
    {
        var waiting = (await sight.Roads.AskAsync("publish", "status")).GetProperty("waiting").GetInt64();
        Assert.NotEqual(0, waiting);
        await sight.NumberIsAsync(await sight.OpenAsync(), waiting);
    }

    private static async Task LongestAsync(Sight sight)
    {
        var oldest = (await sight.Roads.AskAsync("publish", "status")).GetProperty("oldest").GetDateTimeOffset();
        var before = Sight.Now - oldest;
        var shown = Convert.ToDouble(await sight.NumberAsync(await sight.OpenAsync()), CultureInfo.InvariantCulture);
        Assert.InRange(shown, before.TotalSeconds - 1, (Sight.Now - oldest).TotalSeconds + 1);
        sight.Counted();
    }

    private static async Task RefusedCountAsync(Sight sight)
    {
        var refused = (await sight.Roads.AskAsync("publish", "status")).GetProperty("refused").GetInt64();
        Assert.NotEqual(0, refused);
        await sight.NumberIsAsync(await sight.OpenAsync(), refused);
    }

    private static async Task NewestAsync(Sight sight)
    {
        DateTimeOffset? newest = null;
        foreach (var set in sight.Decisions.Sets)
        {
            var of = (await sight.Roads.FiguresAsync(set))
                .All.Where(figure => figure.IsReported)
                .Max(figure => ExportedFigures.ReceivedAt(figure));
            newest = newest is null || of > newest ? of : newest;
        }
        await sight.NumberIsAsync(await sight.OpenAsync(), newest?.ToUnixTimeMilliseconds());
    }

    private static async Task LateAsync(Sight sight, Func<Owed, DateTimeOffset, bool> isMeant)
    {
        var shown = await sight.NumberAsync(await sight.OpenAsync());
        var at = Sight.Now;
        var late = 0;
        foreach (var set in sight.Decisions.Sets)
            late += (await sight.Roads.OwedAsync(set, at)).Count(one => isMeant(one, at));
        Assert.Equal(Cells.Text(late), Cells.Text(shown));
        sight.Counted();
    }
}
