using KpiMetrics.ServerTests.Support;

namespace KpiMetrics.ServerTests.Boards.Oracles;

/// <summary>The five fields of Bắc Ninh: five boards of one kind.</summary>
internal static class FieldOracles
{
    private const string Set = "bac-ninh";

    private static readonly (string Uid, string Title, string Group)[] Boards =
    [
        ("kpi-bn-kinh-te", "Kinh tế", "I"),
        ("kpi-bn-khu-cong-nghiep", "Khu công nghiệp", "II"),
        ("kpi-bn-van-hoa-xa-hoi", "Văn hóa - Xã hội", "III"),
        ("kpi-bn-an-ninh-trat-tu", "An ninh - Trật tự", "IV"),
        ("kpi-bn-nhiem-vu", "Theo dõi nhiệm vụ", "V"),
    ];

    public static IEnumerable<(string Key, Oracle Oracle)> All =>
        Boards.SelectMany(board => Of(board.Title, board.Group).Select(one => ($"{board.Uid}: {one.Title}", one.Oracle)));

    private static IEnumerable<(string Title, Oracle Oracle)> Of(string title, string group) =>
        [
            (
                "Báo cáo quá hạn",
                new(
                    Reporting.Road,
                    async sight =>
                        await Reporting.LateAsync(sight, await sight.OpenAsync(), Set, one => IsOf(sight, one.Indicator, group))
                )
            ),
            (
                "Báo cáo mới nhất",
                new(
                    "export",
                    async sight =>
                    {
                        var values = await sight.OpenAsync();
                        await Reporting.NewestAsync(
                            sight,
                            values,
                            Set,
                            values["dia_ban"][0],
                            indicator => IsOf(sight, indicator, group)
                        );
                    }
                )
            ),
            (
                "Đúng hạn 12 tháng qua (%)",
                new(
                    Reporting.Road,
                    async sight =>
                        await Reporting.OnTimeAsync(
                            sight,
                            await sight.OpenAsync(),
                            Set,
                            at => at.AddYears(-1),
                            one => IsOf(sight, one.Indicator, group)
                        )
                )
            ),
            ("Số liệu minh họa", Reporting.Demo),
            (
                $"{title}: số liệu mới nhất",
                new(
                    LatestFigures.Road,
                    async sight =>
                    {
                        var values = await sight.OpenAsync();
                        await LatestFigures.CompareAsync(
                            sight,
                            values,
                            Set,
                            values["dia_ban"][0],
                            (of, _, _) => of.Code == group
                        );
                    }
                )
            ),
            ("${chi_tieu:text}", new("export; instants from the set's windows", CoursesAsync)),
        ];

    private static bool IsOf(Sight sight, string indicator, string group) =>
        sight.Decisions.Indicator(Set, indicator).Group == group;

    // One panel for each measure that is chosen: all of them.
    private static async Task CoursesAsync(Sight sight)
    {
        var values = await sight.OpenAsync();
        var area = values["dia_ban"][0];
        var figures = (await sight.Roads.FiguresAsync(Set)).OfArea(area).Where(ExportedFigures.IsNumber);
        var exported = figures.ToLookup(figure => figure["measure"]);
        foreach (var measure in values["chi_tieu"])
        {
            var frames = await sight.FramesAsync(values.With("chi_tieu", measure));
            sight.Same(
                [
                    .. exported[measure]
                        .Select(figure => (Figure: figure, At: Opens(sight, figure)))
                        .Where(one => one.At >= values.From && one.At <= values.To)
                        .Select(one =>
                            Cells.Row(
                                one.At,
                                one.Figure["freq"],
                                ExportedFigures.Subject(one.Figure),
                                ExportedFigures.Number(one.Figure, "value")
                            )
                        ),
                ],
                [.. frames.SelectMany(frame => Sight.Rows(frame, "Time", "freq", "subject", "value"))]
            );
        }
    }

    private static DateTimeOffset Opens(Sight sight, ExportedFigure figure) =>
        sight.Decisions.Window(Set, figure["indicator"], figure["period"]).Opens;
}
