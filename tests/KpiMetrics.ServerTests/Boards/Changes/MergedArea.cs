using KpiMetrics.ServerTests.Boards.Oracles;

namespace KpiMetrics.ServerTests.Boards.Changes;

/// <summary>
/// Bắc Giang (24) and the old Bắc Ninh (27) became the new Bắc Ninh (24): what they reported before is added up, and what the new one reports since is compared with it.
/// </summary>
internal sealed class MergedArea : Story
{
    private const string Form = "CC-F101.01";
    private const string Month = "2025-11";
    private const string OfMonth = "BN-10.01";

    // The month stands where its window begins: on 15 October, as months of the set begin.
    private static readonly string MonthAt = Cells.Text(new DateTimeOffset(2025, 10, 15, 0, 0, 0, TimeSpan.FromHours(7)));

    public override Task ChooseAsync(BoardWorld world)
    {
        var area = world.Decisions.Home("cchc").Id;
        var year = new ChosenSeries("cchc", Form, "_T", area, "A").Choices;
        var month = new ChosenSeries("bac-ninh", OfMonth, "_T", area, "M").Choices;
        Witnesses =
        [
            new("kpi-cchc", "Số liệu các biểu mẫu", [], InTable),
            new("kpi-tong-quan", "Các chỉ số chính", [("bo", "cchc")], InTable),
            new(
                "kpi-chi-so",
                "Số liệu mới nhất",
                year,
                (was, now) =>
                {
                    Assert.Equal(("60", "-"), (was.Last("value"), was.Last("yoy")));
                    Assert.Equal(("60", "20"), (now.Last("value"), now.Last("yoy")));
                }
            ),
            new("kpi-chi-so", "So với kế hoạch năm và cùng kỳ (%)", year, (_, now) => Assert.Equal("20", now.Last("yoy"))),
            new(
                "kpi-chi-so",
                "So với kế hoạch năm và cùng kỳ (%)",
                month,
                (_, now) =>
                    Assert.Equal(
                        "10",
                        now.Where(("Time", MonthAt))
                            .Select(row => Cells.Text(row.GetValueOrDefault("yoy")))
                            .First(yoy => yoy != "-")
                    )
            ),
            new("kpi-chi-so", "Số liệu từng kỳ", month, (_, now) => Assert.Equal("165", now.Cell("Giá trị", ("Kỳ", Month)))),
        ];
        return Task.CompletedTask;
    }

    public override async Task HappenAsync(BoardWorld world)
    {
        // 60 against 30 + 20, and 165 against 100 + 50.
        await world.ImportAsync("cchc", WorldEvents.Columns, $"CC-F101,{Form},,24,2024,30", $"CC-F101,{Form},,27,2024,20");
        await world.ImportAsync(
            "bac-ninh",
            WorldEvents.Columns,
            $"BN-10,{OfMonth},,24,2024-11,100",
            $"BN-10,{OfMonth},,27,2024-11,50",
            $"BN-10,{OfMonth},,24,{Month},165"
        );
    }

    public override async Task CheckAsync(BoardWorld world)
    {
        var area = world.Decisions.Home("bac-ninh").Id;
        var figure = (await world.Roads.FiguresAsync("bac-ninh"))
            .Numbers(OfMonth, "_T", area, "M")
            .Single(one => one["period"] == Month);
        Assert.Equal(("165", "10"), (figure["value"], figure["yoy"]));
        var form = (await world.Roads.FiguresAsync("cchc")).Numbers(Form, "_T", area, "A")[^1];
        Assert.Equal(("2025", "60", "20"), (form["period"], form["value"], form["yoy"]));
    }

    private static void InTable(Picture was, Picture now)
    {
        (string, string)[] row = [("Mã", Form), ("Kỳ SDMX", "A")];
        Assert.Equal(("60", "-"), (was.Cell("Giá trị", row), was.Cell("So cùng kỳ", row)));
        Assert.Equal(("60", "20"), (now.Cell("Giá trị", row), now.Cell("So cùng kỳ", row)));
    }
}
