using KpiMetrics.ServerTests.Boards.Oracles;
using KpiMetrics.ServerTests.Support;

namespace KpiMetrics.ServerTests.Boards.Changes;

/// <summary>The newest figure of a measure with a plan is corrected: with all that is derived from it, and what was said before.</summary>
internal sealed class Correction : Story
{
    private const string Set = "bac-ninh";
    private const string Measure = BoardWorld.Planned;
    private const string Value = "98765.4";

    private ExportedFigure? before;

    private ExportedFigure Before => before ?? throw new InvalidOperationException("Not chosen.");

    private string Said => Cells.Text(ExportedFigures.Number(Before, "value"));

    public override async Task ChooseAsync(BoardWorld world)
    {
        var area = world.Decisions.Home(Set).Id;
        before = (await world.Roads.FiguresAsync(Set)).Numbers(Measure, "_T", area, "M")[^1];
        var series = new ChosenSeries(Set, Measure, "_T", area, "M").Choices;
        (string, string)[] ofSet = [("bo", Set)];
        (string, string) period = ("Kỳ", Before["period"]);
        Witnesses =
        [
            new("kpi-bn-kinh-te", "Kinh tế: số liệu mới nhất", [], InTable),
            new("kpi-bn-kinh-te", "Báo cáo mới nhất", [], IsLater),
            new("kpi-bn-kinh-te", "${chi_tieu:text}", [("chi_tieu", Measure)], IsLast),
            new("kpi-tong-quan", "Các chỉ số chính", ofSet, InTable),
            new("kpi-tong-quan", "Báo cáo mới nhất", ofSet, IsLater),
            new("kpi-chi-so", "Số liệu mới nhất", series, Derived),
            new("kpi-chi-so", "Năm nay và hai năm trước, theo kỳ", series, InThisYear),
            new("kpi-chi-so", "Diễn biến", series, IsLast),
            new("kpi-chi-so", "Lũy kế từ đầu năm", series, (was, now) => Assert.NotEqual(was.Last("ytd"), now.Last("ytd"))),
            new(
                "kpi-chi-so",
                "So với kế hoạch năm và cùng kỳ (%)",
                series,
                (was, now) =>
                    Assert.All(
                        ["plan", "yoy", "ytd_yoy"],
                        field => Assert.NotEqual((field, was.Last(field)), (field, now.Last(field)))
                    )
            ),
            new(
                "kpi-chi-so",
                "Số liệu từng kỳ",
                series,
                (was, now) =>
                {
                    Assert.Equal((Said, "demo"), (was.Cell("Giá trị", period), was.Cell("Nguồn", period)));
                    Assert.Equal((Value, "import"), (now.Cell("Giá trị", period), now.Cell("Nguồn", period)));
                }
            ),
            new(
                "kpi-chi-so",
                "Mọi lần báo cáo",
                series,
                (was, now) =>
                {
                    Assert.NotEmpty(was.Where(period, ("Giá trị", Said), ("Đang dùng", "✓")));
                    Assert.NotEmpty(now.Where(period, ("Giá trị", Said), ("Đang dùng", "-")));
                    Assert.Single(now.Where(period, ("Giá trị", Value), ("Đang dùng", "✓")));
                }
            ),
            new(
                "kpi-van-hanh",
                "Nguồn dữ liệu",
                [],
                (was, now) =>
                {
                    (string, string)[] source = [("Nguồn", "import"), ("Bộ chỉ số", Set)];
                    Assert.True(now.NumberOf("Báo cáo", source) > was.NumberOf("Báo cáo", source));
                }
            ),
            new("kpi-van-hanh", "Báo cáo mới nhất", [], IsLater),
        ];
    }

    public override Task HappenAsync(BoardWorld world) =>
        world.ImportAsync(Set, WorldEvents.Columns, $"BN-08,{Measure},,24,{Before["period"]},{Value}");

    public override async Task CheckAsync(BoardWorld world)
    {
        var after = (await world.Roads.FiguresAsync(Set)).Numbers(Measure, "_T", world.Decisions.Home(Set).Id, "M")[^1];
        Assert.Equal((Before["period"], Value), (after["period"], after["value"]));
        Assert.All(["pop", "yoy", "ytd", "ytd_yoy", "plan"], field => Assert.NotEqual(Before[field], after[field]));
    }

    private static void InTable(Picture was, Picture now)
    {
        (string, string) row = ("Mã", Measure);
        Assert.Equal(Value, now.Cell("Giá trị", row));
        Assert.Equal(was.Cell("Số liệu từ", row), now.Cell("Số liệu từ", row));
        Assert.All(
            LatestFigures.Figures.Select(figure => figure.Title).Append("Nhận lúc"),
            title => Assert.NotEqual((title, was.Cell(title, row)), (title, now.Cell(title, row)))
        );
    }

    private static void Derived(Picture was, Picture now) =>
        Assert.All(
            LatestFigures.Figures.Select(figure => figure.Export),
            field => Assert.NotEqual((field, was.Last(field)), (field, now.Last(field)))
        );

    private void InThisYear(Picture was, Picture now)
    {
        (string, string) season = ("season", Before["period"][5..]);
        Assert.Equal((Said, Value), (was.Cell("this", season), now.Cell("this", season)));
    }

    private static void IsLater(Picture was, Picture now) => Assert.True(now.Number > was.Number);

    private static void IsLast(Picture was, Picture now) => Assert.Equal(Value, now.Last("value"));
}
