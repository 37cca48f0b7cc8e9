using System.Globalization;
using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Quality.Thresholds;
using KpiMetrics.ServerTests.Support;

namespace KpiMetrics.ServerTests.Boards.Oracles;

/// <summary>The board of one indicator, with several series chosen in turn.</summary>
internal static class IndicatorOracles
{
    public const string Uid = "kpi-chi-so";

    private const int MostAlerts = 200;

    private static readonly string[] Latest = ["value", "pop", "yoy", "ytd", "ytd_yoy", "plan"];

    public static IEnumerable<(string Key, Oracle Oracle)> All =>
        [
            Of("Chỉ tiêu", "set files", AboutAsync),
            Of("Số liệu mới nhất", "export", LatestAsync),
            ($"{Uid}: Số liệu minh họa", Reporting.Demo),
            Of("Năm nay và hai năm trước, theo kỳ", "export", YearsAsync),
            Of("Diễn biến", Course, (sight, values, series) => CourseAsync(sight, values, series, "value")),
            Of("Lũy kế từ đầu năm", Course, (sight, values, series) => CourseAsync(sight, values, series, "ytd")),
            Of(
                "So với kế hoạch năm và cùng kỳ (%)",
                Course,
                (sight, values, series) => CourseAsync(sight, values, series, "plan", "yoy", "ytd_yoy")
            ),
            Of("Số liệu từng kỳ", "export", FiguresAsync),
            Of("Mọi lần báo cáo", "export; explain --json of some periods", RevisionOracle.CompareAsync),
            Of("Cảnh báo của chỉ tiêu", ExpectedAlert.Road, AlertsAsync),
            Of("Ngưỡng khẩn cấp của chỉ tiêu", "set files", LevelsAsync),
            Of("Điều cần xem lại", $"check --json, {KeptAlert.Road}", FindingsAsync),
        ];

    private const string Course = "export; instants from the set's windows";

    /// <summary>The figures of a series that an office reported, numbers and texts, within the time that is shown; newest first.</summary>
    public static async Task<IReadOnlyList<ExportedFigure>> ReportedAsync(Sight sight, BoardValues values, ChosenSeries series) =>
        [
            .. (await OfAsync(sight, series))
                .Where(figure => figure.IsReported && IsWithin(Opens(sight, series, figure), values))
                .OrderByDescending(figure => figure["period"], StringComparer.Ordinal),
        ];

    private static (string Key, Oracle Oracle) Of(
        string title,
        string road,
        Func<Sight, BoardValues, ChosenSeries, Task> compare
    ) =>
        (
            $"{Uid}: {title}",
            new(
                road,
                async sight =>
                {
                    foreach (var series in ChosenSeries.All(sight.Decisions))
                        await compare(sight, await sight.OpenAsync(series.Choices), series);
                }
            )
        );

    private static async Task AboutAsync(Sight sight, BoardValues values, ChosenSeries series)
    {
        var (indicator, measure) = sight.Decisions.Measure(series.Set, series.Measure);
        sight.Same(
            [
                [
                    indicator.Name,
                    measure.Name,
                    measure.Unit,
                    measure.Agency ?? indicator.Agency,
                    indicator.FrequencyPrinted,
                    indicator.Source,
                    measure.Derived is null ? "cơ quan báo cáo" : "hệ thống tính",
                ],
            ],
            await sight.TableAsync(values),
            "Chỉ số",
            "Chỉ tiêu",
            "Đơn vị",
            "Cơ quan báo cáo",
            "Tần suất",
            "Nguồn dữ liệu",
            "Cách có số liệu"
        );
    }

    private static async Task LatestAsync(Sight sight, BoardValues values, ChosenSeries series)
    {
        var frames = await sight.FramesAsync(values);
        var newest = (await OfAsync(sight, series))
            .Where(ExportedFigures.IsNumber)
            .MaxBy(figure => figure["period"], StringComparer.Ordinal);
        if (newest is null)
        {
            Assert.Empty(frames.SelectMany(frame => frame.Rows));
            return;
        }
        var row = Assert.Single(frames.SelectMany(frame => frame.Records));
        Assert.Empty(row.Keys.Except(Latest, StringComparer.Ordinal));
        foreach (var field in Latest)
            Assert.Equal((field, ExportedFigures.Number(newest, field)), (field, (double?)row.GetValueOrDefault(field)));
        sight.Counted();
    }

    private static async Task YearsAsync(Sight sight, BoardValues values, ChosenSeries series)
    {
        var table = await sight.TableAsync(values);
        var reported = (await OfAsync(sight, series)).Where(figure => figure.IsReported).ToList();
        var newest = reported.Max(figure => Year(figure));
        sight.Same(
            reported
                .Where(figure => ExportedFigures.IsNumber(figure) && Year(figure) >= newest - 2)
                .GroupBy(figure => Season(sight, series, figure))
                .Select(season =>
                    new object?[] { season.Key, In(season, newest - 2), In(season, newest - 1), In(season, newest) }
                ),
            table,
            "season",
            "before_last",
            "last",
            "this"
        );

        static double? In(IEnumerable<ExportedFigure> season, int year) =>
            season.Where(figure => Year(figure) == year).Max(figure => ExportedFigures.Number(figure, "value"));
    }

    private static async Task CourseAsync(Sight sight, BoardValues values, ChosenSeries series, params string[] fields)
    {
        var frames = await sight.FramesAsync(values);
        var points =
            from figure in (await OfAsync(sight, series)).Where(ExportedFigures.IsNumber)
            let at = Opens(sight, series, figure)
            where IsWithin(at, values)
            from field in fields
            let number = ExportedFigures.Number(figure, field)
            where number is not null
            select Cells.Row(at, field, number);
        var shown =
            from frame in frames
            from field in fields
            where frame.Has(field)
            from row in frame.Records
            where row[field] is not null
            select Cells.Row(row["Time"], field, row[field]);
        sight.Same([.. points], [.. shown]);
        Assert.All(frames, frame => Assert.Equal(2, frame.Columns.Count));
    }

    private static async Task FiguresAsync(Sight sight, BoardValues values, ChosenSeries series)
    {
        var table = await sight.TableAsync(values);
        var reported = await ReportedAsync(sight, values, series);
        sight.Same(
            reported.Select(figure =>
                new object?[]
                {
                    figure["period"],
                    ExportedFigures.IsNumber(figure) ? ExportedFigures.Number(figure, "value") : null,
                    ExportedFigures.IsNumber(figure) ? null : figure["value"],
                    Words.Status(figure["status"]),
                    Words.Vintage(figure["vintage"]),
                    ExportedFigures.Number(figure, "revision"),
                    ExportedFigures.ReceivedAt(figure),
                    figure["source"],
                    null, // nobody took a figure back
                    figure["source"] == "demo",
                    figure["note"].Length == 0 ? null : figure["note"],
                }
            ),
            table,
            "Kỳ",
            "Giá trị",
            "Nội dung",
            "Tình trạng",
            "Vòng",
            "Lần sửa",
            "Nhận lúc",
            "Nguồn",
            "Rút",
            "Ghi chú",
            "Người gửi ghi"
        );
        Assert.Equal(reported.Select(figure => figure["period"]), table.Records.Select(row => Cells.Text(row["Kỳ"])));
    }

    private static async Task AlertsAsync(Sight sight, BoardValues values, ChosenSeries series)
    {
        var indicator = sight.Decisions.Measure(series.Set, series.Measure).Indicator.Code;
        var alerts = (await ExpectedAlert.OfAsync(sight, series.Set)).Where(alert =>
            alert.Area == series.Area && alert.Indicator == indicator && (alert.Measure ?? series.Measure) == series.Measure
        );
        await AlertRows.CompareAsync(sight, values, alerts, MostAlerts, hasResolved: true);
    }

    private static async Task LevelsAsync(Sight sight, BoardValues values, ChosenSeries series)
    {
        var measure = sight.Decisions.Measure(series.Set, series.Measure).Measure;
        var subject = series.Subject == "_T" ? "" : series.Subject;
        var table = await sight.TableAsync(values);
        string[] columns = ["Ngưỡng", "Mức", "Từ", "Đơn vị", "Loại cảnh báo", "Hết khi dưới", "Số liệu liền", "Căn cứ"];
        List<object?[]> expected =
        [
            .. from threshold in SeriesThresholds.For(measure, sight.Decisions.AreaById(series.Area), subject)
            let unit = threshold.Unit ?? measure.Unit
            from level in threshold.Levels
            select new object?[]
            {
                threshold.Name,
                level.Name,
                level.At,
                threshold.Kind == ThresholdKind.Rise ? unit + "/giờ" : unit,
                Vocabularies.Severities.Word(level.Severity),
                level.At - threshold.Margin,
                threshold.Readings,
                threshold.Origin,
            },
        ];
        sight.Same(expected, table, columns);
        Assert.Equal(expected.Select(cells => Cells.Row(cells)), Sight.Rows(table, columns));
    }

    private static async Task FindingsAsync(Sight sight, BoardValues values, ChosenSeries series)
    {
        var table = await sight.TableAsync(values);
        var found = (await ExpectedAlert.OfAsync(sight, series.Set)).Where(alert =>
            alert is { IsFound: true, IsLive: true } && alert.Measure == series.Measure && alert.Area == series.Area
        );
        string[] compared = ["Kỳ", "Điều cần xem lại", "Xử lý", "Người phụ trách", "Giải trình"];
        Assert.Equal(
            compared.Append("Phát hiện lúc").Append("Hết lúc").Order(StringComparer.Ordinal),
            table.Columns.Order(StringComparer.Ordinal)
        );
        var over = table.Columns.ToList().IndexOf("Hết lúc");
        sight.Same(
            [.. found.Select(alert => Cells.Row(alert.Period, alert.Title, alert.State, alert.Holder, alert.Explanation))],
            [.. Sight.Rows(table with { Rows = [.. table.Rows.Where(row => row[over] is null)] }, compared)]
        );
        Assert.All(
            table.Records,
            row =>
            {
                Assert.InRange((DateTime)row["Phát hiện lúc"]!, sight.World.Began.UtcDateTime, Sight.Now.UtcDateTime);
                Assert.Equal(row["Hết lúc"] is not null, Cells.Text(row["Xử lý"]) == "resolved");
            }
        );
    }

    private static async Task<IEnumerable<ExportedFigure>> OfAsync(Sight sight, ChosenSeries series) =>
        (await sight.Roads.FiguresAsync(series.Set))
            .OfArea(series.Area)
            .Where(figure => figure["measure"] == series.Measure && figure["freq"] == series.Freq)
            .Where(figure => ExportedFigures.Subject(figure) == series.Subject);

    private static DateTimeOffset Opens(Sight sight, ChosenSeries series, ExportedFigure figure) =>
        sight.Decisions.Window(series.Set, figure["indicator"], figure["period"]).Opens;

    private static bool IsWithin(DateTimeOffset at, BoardValues values) => at >= values.From && at <= values.To;

    private static int Year(ExportedFigure figure) => int.Parse(figure["period"].AsSpan(0, 4), CultureInfo.InvariantCulture);

    private static string Season(Sight sight, ChosenSeries series, ExportedFigure figure) =>
        series.Freq switch
        {
            "A" => "cả năm",
            "D" or "H" => Opens(sight, series, figure).ToString("dd/MM HH:mm", CultureInfo.InvariantCulture),
            _ => figure["period"][5..],
        };
}
