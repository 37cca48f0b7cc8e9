using System.Globalization;
using KpiMetrics.Core.Catalog;
using KpiMetrics.ServerTests.Support;

namespace KpiMetrics.ServerTests.Boards.Oracles;

/// <summary>The emergency board, all from the hours and days that are exported and from <c>emergency list</c>.</summary>
internal static class EmergencyOracles
{
    private const string Uid = "kpi-khan-cap";
    private const string Set = "lao-cai";
    private const string Road = "export, emergency list --json, areas";
    private const int MostAlerts = 200;

    private static readonly string[] Harm = ["LC-C02", "LC-C03", "LC-C04", "LC-C05"];

    public static IEnumerable<(string Key, Oracle Oracle)> All =>
        [
            Of(
                "Lệnh khẩn cấp",
                async (sight, values) => await sight.NumberIsAsync(values, (await sight.Roads.EmergenciesAsync()).Count)
            ),
            Of("Xã quá 2 giờ chưa báo cáo", SilentAsync),
            Of("Xã có thiệt hại", AffectedAsync),
            ($"{Uid}: Số liệu minh họa", Reporting.Demo),
            (
                $"{Uid}: Cảnh báo khẩn cấp",
                new(ExpectedAlert.Road, async sight => await AlertsAsync(sight, await sight.OpenAsync()))
            ),
            Of("Mưa theo xã (mm)", RainOracle.TableAsync),
            Of("Xã vượt ngưỡng mưa 12 giờ", (sight, values) => RainOracle.ExceededAsync(sight, values, 12)),
            Of("Xã vượt ngưỡng mưa 24 giờ", (sight, values) => RainOracle.ExceededAsync(sight, values, 24)),
            Of("Mưa từng giờ (mm)", RainOracle.HourlyAsync),
            Of("Thiệt hại theo xã", DamageAsync),
            Of("Toàn vùng", TotalsAsync),
            Of("Báo cáo gần nhất của từng xã", AgesAsync),
        ];

    /// <summary>The communes of the emergencies in force; where there is none, all.</summary>
    public static async Task<IReadOnlyList<Area>> ConcernedAsync(Sight sight)
    {
        var declared = (await sight.Roads.EmergenciesAsync()).SelectMany(one => one.Areas).ToHashSet(StringComparer.Ordinal);
        var all = sight.Decisions.Communes(Set);
        return declared.Count == 0 || declared.Contains(sight.Decisions.Home(Set).Code)
            ? all
            : [.. all.Where(commune => declared.Contains(commune.Code))];
    }

    private static (string Key, Oracle Oracle) Of(string title, Func<Sight, BoardValues, Task> compare) =>
        ($"{Uid}: {title}", new(Road, async sight => await compare(sight, await sight.OpenAsync())));

    private static async Task SilentAsync(Sight sight, BoardValues values)
    {
        var shown = await sight.NumberAsync(values);
        var since = Sight.Now.AddHours(-2);
        var heard = (await NewestOfGroupAsync(sight))
            .Where(figure => ExportedFigures.ReceivedAt(figure) > since)
            .Select(figure => figure["area_id"])
            .ToHashSet(StringComparer.Ordinal);
        var silent = (await ConcernedAsync(sight)).Count(commune => !heard.Contains(commune.Id));
        Assert.Equal(Cells.Text(silent), Cells.Text(shown));
        sight.Counted();
    }

    private static async Task AffectedAsync(Sight sight, BoardValues values)
    {
        var harmed = (await HarmAsync(sight, values)).Where(figure =>
            figure["indicator"] is "LC-C02" or "LC-C03" && ExportedFigures.Number(figure, "value") > 0
        );
        await sight.NumberIsAsync(values, harmed.DistinctBy(figure => figure["area_id"]).Count());
    }

    // Thresholds whenever they were crossed; of the others those since the order.
    private static async Task AlertsAsync(Sight sight, BoardValues values)
    {
        var (order, lately) = (Order(values), Sight.Now.AddHours(-24));
        var alerts = (await ExpectedAlert.OfAsync(sight, Set)).Where(alert =>
            (alert.IsLive || alert.ResolvedAt > lately)
            && (alert.Kind == "threshold" || (IsOfEmergency(alert.Indicator) && (alert.Since is not { } since || since >= order)))
        );
        await AlertRows.CompareAsync(sight, values, alerts, MostAlerts, hasResolved: true);
    }

    private static async Task DamageAsync(Sight sight, BoardValues values)
    {
        var harmed = (await HarmAsync(sight, values)).Where(figure => ExportedFigures.Number(figure, "value") > 0);
        sight.Same(
            harmed.Select(figure =>
                new object?[]
                {
                    sight.Decisions.AreaById(figure["area_id"]).FullName,
                    Name(sight, figure),
                    ExportedFigures.Number(figure, "value"),
                    sight.Decisions.Measure(Set, figure["measure"]).Measure.Unit,
                    figure["period"],
                    ExportedFigures.ReceivedAt(figure),
                    figure["source"] == "demo",
                }
            ),
            await sight.TableAsync(values),
            "Xã, phường",
            "Chỉ tiêu",
            "Số liệu",
            "Đơn vị",
            "Kỳ",
            "Nhận lúc",
            "Ghi chú"
        );
    }

    private static async Task TotalsAsync(Sight sight, BoardValues values)
    {
        var hours = (await HarmAsync(sight, values)).Where(figure => figure["freq"] == "H");
        sight.Same(
            hours
                .GroupBy(figure => (Measure: figure["measure"], Subject: figure["subject"]))
                .Select(of =>
                    new object?[]
                    {
                        Name(sight, of.First()),
                        of.Sum(figure => decimal.Parse(figure["value"], CultureInfo.InvariantCulture)),
                        sight.Decisions.Measure(Set, of.Key.Measure).Measure.Unit,
                        of.Count(),
                    }
                ),
            await sight.TableAsync(values),
            "Chỉ tiêu",
            "Tổng",
            "Đơn vị",
            "Số xã"
        );
    }

    private static async Task AgesAsync(Sight sight, BoardValues values)
    {
        var table = await sight.TableAsync(values);
        var at = Sight.Now;
        var newest = (await NewestOfGroupAsync(sight)).ToLookup(figure => figure["area_id"]);
        var communes = await ConcernedAsync(sight);
        Assert.Equal(
            ["Báo cáo lúc", "Cách đây (giờ)", "Giờ mới nhất có số liệu", "Xã, phường"],
            table.Columns.Order(StringComparer.Ordinal)
        );
        sight.Same(
            [
                .. communes.Select(commune =>
                    Cells.Row(
                        commune.FullName,
                        newest[commune.Id].Max(figure => ExportedFigures.ReceivedAt(figure)),
                        newest[commune.Id]
                            .Where(figure => figure["freq"] == "H")
                            .Select(figure => figure["period"])
                            .Max(StringComparer.Ordinal)
                    )
                ),
            ],
            [.. Sight.Rows(table, "Xã, phường", "Báo cáo lúc", "Giờ mới nhất có số liệu")]
        );
        foreach (var row in table.Records)
        {
            var hours = row["Báo cáo lúc"] is DateTime received ? (at.UtcDateTime - received).TotalHours : (double?)null;
            Assert.Equal(hours is null, row["Cách đây (giờ)"] is null);
            if (hours is { } age)
                Assert.InRange(Convert.ToDouble(row["Cách đây (giờ)"], CultureInfo.InvariantCulture), age - 0.1, age + 0.1);
        }
    }

    // As the board has it: the newest figure of each series, if it is of a day before the order or later.
    private static async Task<IReadOnlyList<ExportedFigure>> HarmAsync(Sight sight, BoardValues values)
    {
        var since = Order(values);
        return
        [
            .. (await NewestOfGroupAsync(sight))
                .Where(figure => Harm.Contains(figure["indicator"]) && ExportedFigures.IsNumber(figure))
                .Where(figure => sight.Decisions.Window(Set, figure["indicator"], figure["period"]).Opens >= since),
        ];
    }

    // A day before it: what a day says is of the time since it began.
    private static DateTimeOffset Order(BoardValues values) =>
        DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(values["tu"][0], CultureInfo.InvariantCulture)).AddDays(-1);

    private static bool IsOfEmergency(string? indicator) => indicator?.StartsWith("LC-C", StringComparison.Ordinal) == true;

    private static async Task<IEnumerable<ExportedFigure>> NewestOfGroupAsync(Sight sight) =>
        ExportedFigures.Newest(
            (await sight.Roads.FiguresAsync(Set)).All.Where(figure => figure.IsReported && IsOfEmergency(figure["indicator"]))
        );

    private static string Name(Sight sight, ExportedFigure figure)
    {
        var measure = sight.Decisions.Measure(Set, figure["measure"]).Measure.Name;
        var part = sight.Decisions.SubjectName(Set, figure["measure"], figure["subject"]);
        return part is null ? measure : $"{measure}: {part}";
    }
}
