using System.Text.Json;
using KpiMetrics.ServerTests.Boards.Oracles;
using KpiMetrics.ServerTests.Support;

namespace KpiMetrics.ServerTests.Boards.Changes;

/// <summary>Alerts are dealt with by command: a late report and a contradiction are taken on, and what somebody had taken on before is explained.</summary>
internal sealed class AlertDealtWith : Story
{
    private const string Reform = "cchc";
    private const string Emergency = "lao-cai";
    private const string Holder = "Trần Thị Bình";
    private const string Explanation = "Xã và bệnh viện đếm vào hai giờ khác nhau";

    private static readonly (string State, string Holder, string Explanation)[] Open =
    [
        ("firing", "-", "-"),
        ("none", "none", "none"),
    ];

    private JsonElement late;
    private JsonElement found;
    private JsonElement explained;

    public override async Task ChooseAsync(BoardWorld world)
    {
        late = await LateAsync(world);
        found = await FoundAsync(world);
        var different = await AlertsAsync(world, "--set", Emergency, "--state", "acknowledged", "--kind", "disagreement");
        explained = different.Single();
        Witnesses = [.. OfLate(world), .. OfFound(world), .. OfExplained()];
    }

    public override async Task HappenAsync(BoardWorld world)
    {
        var installation = world.Installation;
        await installation.DoAsync("alerts", "ack", Text(late, "alert"), "--who", Holder, "--why", "gọi xã");
        await installation.DoAsync("alerts", "ack", Text(found, "alert"), "--who", Holder, "--why", "hỏi lại sở");
        await installation.DoAsync("alerts", "explain", Text(explained, "alert"), "--who", Holder, "--text", Explanation);
        world.Roads.Forget();
    }

    public override async Task CheckAsync(BoardWorld world)
    {
        foreach (var (alert, state) in new[] { (late, "acknowledged"), (explained, "explained") })
        {
            var told = await world.Roads.AskAsync("alerts", "show", Text(alert, "alert"));
            Assert.Equal(state, Text(told, "state"));
            Assert.Single(
                told.GetProperty("events").EnumerateArray(),
                one => Text(one, "step") == state && Text(one, "who") == Holder
            );
        }
    }

    private IEnumerable<Witness> OfLate(BoardWorld world)
    {
        (string, string)[] set = [("bo", TestSet.Code)];
        (string, string) title = ("Nội dung", Text(late, "title"));
        (string, string) kind = ("Loại", Text(late, "kind"));
        var (indicator, period) = (Text(late, "indicator"), Text(late, "period"));
        var area = world.Decisions.Area(Text(late, "area"));
        var measure = world.Decisions.Indicator(TestSet.Code, indicator).Measures[0].Code;
        yield return new("kpi-tong-quan", "Việc phải xử lý", set, IsTakenOn(title));
        yield return new("kpi-tong-quan", "Cảnh báo nghiêm trọng", set, (was, now) => Assert.Equal(was.Number - 1, now.Number));
        yield return new(
            "kpi-tong-quan",
            "Cảnh báo theo tình trạng",
            set,
            (was, now) =>
            {
                Assert.Equal(was.NumberOf("Đang mở", kind) - 1, now.NumberOf("Đang mở", kind));
                Assert.Equal(was.NumberOf("Đã tiếp nhận", kind) + 1, now.NumberOf("Đã tiếp nhận", kind));
            }
        );
        yield return new(
            "kpi-tien-do",
            "Quá hạn chưa đủ",
            [("bo", TestSet.Code), ("ky", "M")],
            IsTakenOn(
                ("Chỉ số", world.Decisions.Indicator(TestSet.Code, indicator).Name),
                ("Địa bàn", area.FullName),
                ("Kỳ", period)
            )
        );
        yield return new("kpi-chat-luong", "Việc phải làm để nâng điểm", set, IsTakenOn(title));
        yield return new(
            "kpi-chi-so",
            "Cảnh báo của chỉ tiêu",
            new ChosenSeries(TestSet.Code, measure, "_T", area.Id, "M").Choices,
            IsTakenOn(title)
        );
        (string, string)[] ofSet = [kind, ("Bộ chỉ số", TestSet.Code)];
        yield return new(
            "kpi-van-hanh",
            "Cảnh báo theo loại",
            [],
            (was, now) => Assert.Equal(was.NumberOf("Số cảnh báo", ofSet) - 1, now.NumberOf("Số cảnh báo", ofSet))
        );
    }

    private IEnumerable<Witness> OfFound(BoardWorld world)
    {
        (string, string)[] set = [("bo", Reform)];
        (string, string) title = ("Nội dung", Text(found, "title"));
        var home = world.Decisions.Home(Reform).Id;
        var series = new ChosenSeries(Reform, Text(found, "measure"), "_T", home, Text(found, "freq")).Choices;
        yield return new("kpi-tong-quan", "Việc phải xử lý", set, IsTakenOn(title));
        yield return new("kpi-chat-luong", "Việc phải làm để nâng điểm", set, IsTakenOn(title));
        yield return new("kpi-chat-luong", "Số liệu mâu thuẫn, bất thường", set, IsTakenOn(title));
        yield return new("kpi-chi-so", "Cảnh báo của chỉ tiêu", series, IsTakenOn(title));
        yield return new(
            "kpi-chi-so",
            "Điều cần xem lại",
            series,
            IsTakenOn(("Điều cần xem lại", Text(found, "title")), ("Kỳ", Text(found, "period")))
        );
    }

    private IEnumerable<Witness> OfExplained()
    {
        (string, string) title = ("Nội dung", Text(explained, "title"));
        var holder = Text(explained, "acknowledged_by");
        yield return new(
            "kpi-khan-cap",
            "Cảnh báo khẩn cấp",
            [],
            (was, now) =>
            {
                Assert.Equal(("acknowledged", holder, "-"), Dealt(was, title));
                Assert.Equal(("explained", holder, Explanation), Dealt(now, title));
            }
        );
    }

    // The oldest of a commune that nothing else happens to: late for good.
    private static async Task<JsonElement> LateAsync(BoardWorld world)
    {
        var alerts = await AlertsAsync(world, "--set", TestSet.Code, "--state", "firing", "--kind", "missing");
        return alerts
            .Where(alert => (Text(alert, "indicator"), Text(alert, "area")) == ("TN-A02", TestSet.Communes[20]))
            .OrderBy(alert => Text(alert, "period"), StringComparer.Ordinal)
            .First();
    }

    // Of the province as a whole and of no breakdown, with a sentence that no other has.
    private static async Task<JsonElement> FoundAsync(BoardWorld world)
    {
        var alerts = await AlertsAsync(world, "--set", Reform, "--state", "firing", "--kind", "contradiction");
        var home = world.Decisions.Home(Reform).Id;
        return alerts.First(alert =>
            world.Decisions.AreaOf(Reform, Text(alert, "indicator"), Text(alert, "area"), Text(alert, "period")).Id == home
            && world.Decisions.Measure(Reform, Text(alert, "measure")).Measure.Subjects.Count == 0
            && alerts.Count(other => Text(other, "title") == Text(alert, "title")) == 1
        );
    }

    private static async Task<IReadOnlyList<JsonElement>> AlertsAsync(BoardWorld world, params string[] which) =>
        [.. (await world.Roads.AskAsync(["alerts", "list", .. which])).EnumerateArray()];

    // A table that is cut may not have shown it before: many others wait as long.
    private static Action<Picture, Picture> IsTakenOn(params (string, string)[] row) =>
        (was, now) =>
        {
            Assert.Contains(Dealt(was, row), Open);
            Assert.Equal(("acknowledged", Holder, "-"), Dealt(now, row));
        };

    private static (string State, string Holder, string Explanation) Dealt(Picture picture, params (string, string)[] row) =>
        (picture.Cell("Xử lý", row), picture.Cell("Người phụ trách", row), picture.Cell("Giải trình", row));

    private static string Text(JsonElement alert, string name) => alert.GetProperty(name).GetString() ?? "";
}
