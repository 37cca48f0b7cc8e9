using KpiMetrics.Core.Catalog;
using KpiMetrics.ServerTests.Boards.Oracles;

namespace KpiMetrics.ServerTests.Boards.Changes;

/// <summary>A second commune is put under emergency; within the hour it reports heavy rain and somebody dead.</summary>
internal sealed class EmergencyDeclared : Story
{
    private const string Set = "lao-cai";
    private const string Order = "2/CĐ";
    private const string Dead = "Dân cư (bị chết; thương; sơ tán ..): bị chết";
    private const int SinceHours = 6;

    private string commune = "";
    private IReadOnlyList<string> hours = [];

    public override async Task ChooseAsync(BoardWorld world)
    {
        var area = await UnharmedAsync(world);
        commune = area.Code;
        hours = [WorldEvents.Hour(0), WorldEvents.Hour(-1)];
        (string, string) row = ("Xã, phường", area.FullName);
        var hour = hours[0];
        var rain = new ChosenSeries(Set, "LC-C01.01", "luong-mua", area.Id, "H").Choices;
        (string, string)[] byHour = [("bo", Set), ("ky", "H")];
        Witnesses =
        [
            new("kpi-khan-cap", "Lệnh khẩn cấp", [], (was, now) => Assert.Equal(was.Number + 1, now.Number)),
            new("kpi-khan-cap", "Xã có thiệt hại", [], (was, now) => Assert.Equal(was.Number + 1, now.Number)),
            new("kpi-khan-cap", "Mưa theo xã (mm)", [], Appears(row)),
            new("kpi-khan-cap", "Xã vượt ngưỡng mưa 12 giờ", [], Appears(row)),
            new("kpi-khan-cap", "Xã vượt ngưỡng mưa 24 giờ", [], Appears(row)),
            new(
                "kpi-khan-cap",
                "Mưa từng giờ (mm)",
                [],
                (was, now) =>
                {
                    (string, string)[] rained = [("metric", area.FullName), ("value", "70")];
                    Assert.Empty(was.Where(rained));
                    Assert.Equal(hours.Count, now.Where(rained).Count);
                }
            ),
            new("kpi-khan-cap", "Thiệt hại theo xã", [], Appears(row, ("Chỉ tiêu", Dead), ("Số liệu", "2"), ("Kỳ", hour))),
            new(
                "kpi-khan-cap",
                "Toàn vùng",
                [],
                (was, now) => Assert.Equal(was.NumberOf("Tổng", ("Chỉ tiêu", Dead)) + 2, now.NumberOf("Tổng", ("Chỉ tiêu", Dead)))
            ),
            new("kpi-khan-cap", "Báo cáo gần nhất của từng xã", [], Appears(row, ("Giờ mới nhất có số liệu", hour))),
            new("kpi-tong-quan", "Tình trạng khẩn cấp", [], Appears(("Lệnh số", Order), ("Địa bàn", area.FullName))),
            new(
                "kpi-tien-do",
                "Tỷ lệ báo cáo của từng cơ quan",
                byHour,
                (was, now) => Assert.True(Sum(now, "Đến hạn") > Sum(was, "Đến hạn"))
            ),
            new(
                "kpi-tien-do",
                "Ai sắp đến hạn",
                byHour,
                (was, now) =>
                {
                    Assert.Empty(was.Where(("Địa bàn", area.FullName)));
                    Assert.NotEmpty(now.Where(("Địa bàn", area.FullName)));
                }
            ),
            new(
                "kpi-lc-xa-phuong",
                "Tỷ lệ báo cáo của xã, phường",
                [],
                (was, now) => Assert.True(now.NumberOf("Báo cáo đến hạn", row) > was.NumberOf("Báo cáo đến hạn", row))
            ),
            new(
                "kpi-lc-xa-phuong",
                "Số liệu mới nhất của xã, phường",
                [("xa", area.Id)],
                (_, now) =>
                {
                    (string, string)[] of = [("Mã", "LC-C01.01"), ("Phân tổ", "luong-mua"), ("Kỳ SDMX", "H")];
                    Assert.Equal((hour, "70"), (now.Cell("Kỳ báo cáo", of), now.Cell("Giá trị", of)));
                }
            ),
            new("kpi-chi-so", "Số liệu mới nhất", rain, (_, now) => Assert.Equal("70", now.Last("value"))),
            new("kpi-chi-so", "Diễn biến", rain, (_, now) => Assert.Equal("70", now.Last("value"))),
            new("kpi-chi-so", "Số liệu từng kỳ", rain, (_, now) => Assert.Equal("70", now.Cell("Giá trị", ("Kỳ", hour)))),
        ];
    }

    public override async Task HappenAsync(BoardWorld world)
    {
        await WorldEvents.DeclareAsync(world.Installation, commune, Order, -SinceHours);
        await world.ImportAsync(
            Set,
            WorldEvents.Columns,
            [.. hours.Select(hour => WorldEvents.Rain(commune, hour)), $"LC-C02,LC-C02.01,bi-chet,{commune},{hours[0]},2"]
        );
    }

    /// <summary>The worker obliges the commune to report by the hour.</summary>
    public override async Task<bool> HasHappenedAsync(BoardWorld world)
    {
        string[] of = ["obligations", "--set", Set, "--indicator", "LC-C01", "--freq", "H", "--area", commune];
        return (await world.Roads.AskAsync(of)).GetArrayLength() > 0;
    }

    // A commune without an emergency from which no harm was reported last; in the season of storms perhaps there is none.
    private static async Task<Area> UnharmedAsync(BoardWorld world)
    {
        var reported = (await world.Roads.FiguresAsync(Set)).All.Where(figure =>
            figure["indicator"] is "LC-C02" or "LC-C03" && figure.IsReported && ExportedFigures.IsNumber(figure)
        );
        var harmed = ExportedFigures
            .Newest(reported)
            .Where(figure => ExportedFigures.Number(figure, "value") > 0)
            .Select(figure => figure["area"])
            .ToHashSet(StringComparer.Ordinal);
        return world
            .Decisions.Communes(Set)
            .Where(area => area.Code is not (BoardWorld.Commune or BoardWorld.LateCommune))
            .First(area => !harmed.Contains(area.Code));
    }

    private static Action<Picture, Picture> Appears(params (string, string)[] row) =>
        (was, now) =>
        {
            Assert.Empty(was.Where(row));
            Assert.Single(now.Where(row));
        };

    private static double Sum(Picture picture, string column) =>
        picture.Rows.Sum(row => Convert.ToDouble(row[column], System.Globalization.CultureInfo.InvariantCulture));
}
