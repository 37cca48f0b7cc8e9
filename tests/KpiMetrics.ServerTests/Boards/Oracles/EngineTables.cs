using System.Globalization;
using System.Text.Json;

namespace KpiMetrics.ServerTests.Boards.Oracles;

/// <summary>The tables of the operations board.</summary>
internal static class EngineTables
{
    /// <summary>As the living worker's API lists them, and as what was imported was counted; offices that send have no duties.</summary>
    public static Task SourcesAsync(Sight sight)
    {
        var moment = sight.World.Moment;
        var table = Assert.Single(moment.Frames(sight.Panel.Title));
        var asked = moment
            .Sources.Where(source => source.GetProperty("asked").ValueKind == JsonValueKind.Object)
            .Select(source => (source, asked: source.GetProperty("asked")));
        string[] columns =
        [
            "Nguồn",
            "Bộ chỉ số",
            "Cách lấy",
            "Nhiệm vụ",
            "Đang hỏng",
            "Hỏng từ",
            "Hỏi lần cuối",
            "Trả lời lần cuối",
            "Báo cáo mới nhất",
            "Báo cáo",
            "Ghi",
            "Lặp",
            "Từ chối",
            "Kết quả lần hỏi cuối",
        ];
        Assert.Equal(columns, table.Columns);
        sight.Same(
            [
                .. asked.Select(one =>
                    Cells.Row(
                        one.source.GetProperty("name").GetString(),
                        one.source.GetProperty("set").GetString(),
                        "hệ thống hỏi",
                        one.asked.GetProperty("duties").GetInt64(),
                        one.asked.GetProperty("failing").GetInt64(),
                        Instant(one.asked, "last_asked_at"),
                        Instant(one.asked, "last_answered_at")
                    )
                ),
                .. sight.World.Imported.Select(one => Cells.Row(one.Source, one.Set, "cơ quan gửi", 0, 0, null, null)),
            ],
            [.. Sight.Rows(table, columns[..5].Append("Hỏi lần cuối").Append("Trả lời lần cuối").ToArray())]
        );
        sight.Same(
            [
                .. sight.World.Imported.Select(one =>
                    Cells.Row(one.Source, one.Set, one.Reports, one.Recorded, one.Repeated, one.Refused)
                ),
            ],
            [
                .. Sight.Rows(
                    table with
                    {
                        Rows = [.. table.Rows.Where(row => Cells.Text(row[2]) == "cơ quan gửi")],
                    },
                    "Nguồn",
                    "Bộ chỉ số",
                    "Báo cáo",
                    "Ghi",
                    "Lặp",
                    "Từ chối"
                ),
            ]
        );
        // The demo's two sets go by one name in the metrics.
        foreach (var (column, metric) in new[] { ("Ghi", "recorded"), ("Lặp", "repeated"), ("Từ chối", "refused") })
        {
            var shown = table
                .Records.Where(row => Cells.Text(row["Nguồn"]) == "demo")
                .Sum(row => Convert.ToDouble(row[column], CultureInfo.InvariantCulture));
            Assert.Equal(moment.Metric($"kpi_rows_total{{outcome=\"{metric}\",source=\"demo\"}}") ?? 0, shown);
        }
        // What failed has been failing since; what was asked left a word; what reported did so at some time.
        foreach (var row in table.Records)
        {
            Assert.Equal(Cells.Text(row["Đang hỏng"]) != "0", row["Hỏng từ"] is not null);
            Assert.Equal(row["Hỏi lần cuối"] is not null, row["Kết quả lần hỏi cuối"] is not null);
            Assert.Equal(Cells.Text(row["Báo cáo"]) != "0", row["Báo cáo mới nhất"] is not null);
            if (row["Báo cáo mới nhất"] is DateTime reported)
                Assert.InRange(reported, sight.World.Began.UtcDateTime.AddYears(-1), Sight.Now.UtcDateTime);
        }
        return Task.CompletedTask;
    }

    public static async Task AlertsAsync(Sight sight)
    {
        var table = await sight.TableAsync(await sight.OpenAsync());
        var expected = new List<string>();
        foreach (var set in sight.Decisions.Sets)
        {
            var alerts = await ExpectedAlert.OfAsync(sight, set);
            expected.AddRange(
                alerts
                    .Where(alert => alert.IsFiring)
                    .GroupBy(alert => (alert.Kind, alert.Severity))
                    .Select(of =>
                        Cells.Row(
                            of.Key.Kind,
                            of.Key.Severity,
                            set,
                            of.Count(),
                            (object?)of.Min(alert => alert.Since) ?? ExpectedAlert.Untold
                        )
                    )
            );
        }
        Assert.Equal(["Loại", "Mức", "Bộ chỉ số", "Số cảnh báo", "Cũ nhất từ"], table.Columns);
        sight.Same(
            expected,
            [
                .. table.Records.Select(row =>
                    Cells.Row(
                        row["Loại"],
                        row["Mức"],
                        row["Bộ chỉ số"],
                        row["Số cảnh báo"],
                        IsTimed(row) ? row["Cũ nhất từ"] : ExpectedAlert.Untold
                    )
                ),
            ]
        );
        Assert.All(
            table.Records.Where(row => !IsTimed(row)),
            row => Assert.InRange((DateTime)row["Cũ nhất từ"]!, sight.World.Began.UtcDateTime, Sight.Now.UtcDateTime)
        );

        static bool IsTimed(IReadOnlyDictionary<string, object?> row) =>
            Cells.Text(row["Loại"]) is "overdue" or "missing" or "incomplete" or "threshold";
    }

    public static async Task RefusedAsync(Sight sight)
    {
        var table = await sight.TableAsync(await sight.OpenAsync());
        Assert.Equal(["Mã", "Chỉ tiêu", "Địa bàn", "Kỳ", "Lý do", "Lúc"], table.Columns);
        sight.Same(
            [
                .. (await RefusedPoint.AllAsync(sight)).Select(point =>
                    Cells.Row(point.Measure, point.MeasureName, point.AreaName, point.Period, point.Reason)
                ),
            ],
            [.. Sight.Rows(table, "Mã", "Chỉ tiêu", "Địa bàn", "Kỳ", "Lý do")]
        );
        Assert.All(
            table.Records,
            row => Assert.InRange((DateTime)row["Lúc"]!, sight.World.Began.UtcDateTime, Sight.Now.UtcDateTime)
        );
    }

    /// <summary>A living worker holds what it says it holds, its own name among it; when none runs, only what a killed one held.</summary>
    public static async Task ClaimsAsync(Sight sight)
    {
        var moment = sight.World.Moment;
        var table = Assert.Single(moment.Frames(sight.Panel.Title));
        var holder = moment.Label("kpi_worker_info", "holder");
        Assert.Equal(["Việc", "Tiến trình", "Giữ đến", "Mất"], table.Columns);
        Assert.Equal(Cells.Text(moment.Metric("kpi_claims_held")), Cells.Text(table.Rows.Count));
        Assert.Contains(table.Records, row => Cells.Text(row["Việc"]) == $"worker/{holder}");
        Assert.All(table.Records, row => Assert.Equal($"{holder} | -", Cells.Row(row["Tiến trình"], row["Mất"])));
        sight.Counted(table.Rows.Count);
        var left = (await sight.TableAsync(await sight.OpenAsync())).Records.ToList();
        Assert.All(left, row => Assert.Contains(Cells.Text(row["Tiến trình"]), sight.World.Lost));
        Assert.All(left, row => Assert.Equal("đã mất", row["Mất"]));
        Assert.Superset(
            sight.World.Lost.Select(lost => $"worker/{lost}").ToHashSet(StringComparer.Ordinal),
            left.Select(row => Cells.Text(row["Việc"])).ToHashSet(StringComparer.Ordinal)
        );
    }

    public static async Task ChangesAsync(Sight sight)
    {
        var table = await sight.TableAsync(await sight.OpenAsync());
        var expected = new List<object?[]>();
        foreach (var indicator in BoardWorld.Rescheduled)
        {
            var told = await sight.Roads.AskAsync("schedule", "show", indicator);
            expected.AddRange(
                told.GetProperty("changes")
                    .EnumerateArray()
                    .Select(change =>
                        new object?[]
                        {
                            Instant(change, "at"),
                            change.GetProperty("target").GetString(),
                            change.GetProperty("who").GetString(),
                            change.GetProperty("action").GetString(),
                            change.GetProperty("why").GetString(),
                            change.GetProperty("after").GetProperty("cron").GetString(),
                        }
                    )
            );
        }
        sight.Same(expected, table, "Lúc", "Của", "Người đổi", "Việc", "Lý do", "Lịch mới");
        Assert.Equal(expected.Count, BoardWorld.Rescheduled.Count + 1);
    }

    private static DateTimeOffset? Instant(JsonElement of, string name) =>
        of.GetProperty(name) is { ValueKind: JsonValueKind.String } text ? text.GetDateTimeOffset() : null;
}
