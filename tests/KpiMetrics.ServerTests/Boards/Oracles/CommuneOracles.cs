using KpiMetrics.ServerTests.Support;

namespace KpiMetrics.ServerTests.Boards.Oracles;

/// <summary>One commune beside the others, with the commune of the emergency and another one chosen in turn.</summary>
internal static class CommuneOracles
{
    private const string Uid = "kpi-lc-xa-phuong";
    private const string Set = "lao-cai";

    // Tonnes of a crop by the month, people by the month, rain by the hour.
    private static readonly (string Measure, string Subject, string Freq)[] Compared =
    [
        ("LC-A01.01", "lua", "M"),
        ("LC-A01.02", "ngo", "M"),
        ("LC-C01.01", "luong-mua", "H"),
        ("LC-C01.01", "luong-mua", "D"),
    ];

    public static IEnumerable<(string Key, Oracle Oracle)> All =>
        [
            Of(
                "Báo cáo quá hạn của xã",
                Reporting.Road,
                (sight, values, area) => Reporting.LateAsync(sight, values, Set, one => IsOf(sight, one, area))
            ),
            Of(
                "Đúng hạn 90 ngày qua (%)",
                Reporting.Road,
                (sight, values, area) =>
                    Reporting.OnTimeAsync(sight, values, Set, Reporting.NinetyDays, one => IsOf(sight, one, area))
            ),
            Of(
                "Báo cáo mới nhất của xã",
                "export",
                (sight, values, area) => Reporting.NewestAsync(sight, values, Set, area, _ => true)
            ),
            ($"{Uid}: Số liệu minh họa", Reporting.Demo),
            Of(
                "Số liệu mới nhất của xã, phường",
                LatestFigures.Road,
                (sight, values, area) => LatestFigures.CompareAsync(sight, values, Set, area, (_, _, _) => true)
            ),
            ($"{Uid}: Xếp hạng xã, phường theo chỉ tiêu đã chọn", new("export, areas", RankingAsync)),
            ($"{Uid}: Bản đồ xã, phường theo chỉ tiêu đã chọn", new("export, files of the areas", MapAsync)),
            ($"{Uid}: Tỷ lệ báo cáo của xã, phường", new(Reporting.Road, RatesAsync)),
        ];

    private static (string Key, Oracle Oracle) Of(string title, string road, Func<Sight, BoardValues, string, Task> compare) =>
        (
            $"{Uid}: {title}",
            new(
                road,
                async sight =>
                {
                    foreach (var code in new[] { BoardWorld.Commune, BoardWorld.LateCommune })
                    {
                        var area = sight.Decisions.Area(code).Id;
                        await compare(sight, await sight.OpenAsync(("xa", area)), area);
                    }
                }
            )
        );

    private static bool IsOf(Sight sight, Owed one, string area) => sight.Decisions.Area(one.Area).Id == area;

    private static async Task RankingAsync(Sight sight)
    {
        foreach (var (measure, subject, freq) in Compared)
        {
            var table = await sight.TableAsync(await sight.OpenAsync(("chi_tieu", measure), ("phan_to", subject), ("ky", freq)));
            var newest = await NewestAsync(sight, measure, subject, freq);
            sight.Same(
                sight
                    .Decisions.Communes(Set)
                    .Select(commune => (commune.FullName, Number: newest(commune.Id, false), Reported: newest(commune.Id, true)))
                    .Select(one =>
                        new object?[]
                        {
                            one.FullName,
                            ExportedFigures.Number(one.Number, "value"),
                            ExportedFigures.Number(one.Number, "yoy"),
                            one.Number is null
                                ? null
                                : sight.Decisions.Window(Set, one.Number["indicator"], one.Number["period"]).Opens,
                            one.Reported?["period"],
                            ExportedFigures.ReceivedAt(one.Reported),
                        }
                    ),
                table,
                "Xã, phường",
                "Giá trị",
                "So cùng kỳ",
                "Số liệu từ",
                "Kỳ báo cáo",
                "Nhận lúc"
            );
            var shown = table.Records.Select(row => (double?)row["Giá trị"] ?? double.MinValue).ToList();
            Assert.Equal(shown.OrderDescending(), shown);
        }
    }

    private static async Task MapAsync(Sight sight)
    {
        var communes = sight.Decisions.Communes(Set);
        Assert.Equal(9, communes.Count);
        Assert.All(communes, commune => Assert.True(commune is { Latitude: not null, Longitude: not null }, commune.Code));
        foreach (var (measure, subject, freq) in Compared)
        {
            var table = await sight.TableAsync(await sight.OpenAsync(("chi_tieu", measure), ("phan_to", subject), ("ky", freq)));
            var newest = await NewestAsync(sight, measure, subject, freq);
            string[] figures = ["value", "pop", "yoy", "ytd", "ytd_yoy", "plan"];
            sight.Same(
                [
                    .. communes
                        .Select(commune => (Commune: commune, Figure: newest(commune.Id, false)))
                        .Where(one => one.Figure is not null)
                        .Select(one =>
                            Cells.Row([
                                one.Commune.FullName,
                                one.Commune.Latitude,
                                one.Commune.Longitude,
                                .. figures.Select(field => (object?)ExportedFigures.Number(one.Figure, field)),
                            ])
                        ),
                ],
                [.. Sight.Rows(table, ["name", "latitude", "longitude", .. figures])]
            );
        }
    }

    private static async Task RatesAsync(Sight sight)
    {
        var table = await sight.TableAsync(await sight.OpenAsync());
        var due = await Reporting.DueSinceAsync(sight, Set, Reporting.NinetyDays);
        sight.SameInOrder(
            due.GroupBy(one => one.Area)
                .Select(of =>
                    new object?[]
                    {
                        sight.Decisions.Area(of.Key).FullName,
                        of.Count(),
                        Cells.Percent(of.Count(one => one.IsReceived), of.Count()),
                        Cells.Percent(of.Count(one => one.State == "received"), of.Count()),
                    }
                ),
            table,
            row => Convert.ToDouble(row["Đúng hạn (%)"], System.Globalization.CultureInfo.InvariantCulture),
            "Xã, phường",
            "Báo cáo đến hạn",
            "Đã nhận (%)",
            "Đúng hạn (%)"
        );
    }

    // Of each commune, the newest figure that is a number, or that was reported.
    private static async Task<Func<string, bool, ExportedFigure?>> NewestAsync(
        Sight sight,
        string measure,
        string subject,
        string freq
    )
    {
        var figures = (await sight.Roads.FiguresAsync(Set))
            .All.Where(figure => figure["measure"] == measure && figure["freq"] == freq)
            .Where(figure => ExportedFigures.Subject(figure) == subject)
            .ToLookup(figure => figure["area_id"]);
        return (area, isReported) =>
            figures[area]
                .Where(figure => isReported ? figure.IsReported : ExportedFigures.IsNumber(figure))
                .MaxBy(figure => figure["period"], StringComparer.Ordinal);
    }
}
