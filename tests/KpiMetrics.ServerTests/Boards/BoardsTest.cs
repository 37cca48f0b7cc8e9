using System.Globalization;
using KpiMetrics.ServerTests.Support;

namespace KpiMetrics.ServerTests.Boards;

/// <summary>Every panel of every board on real stores: it answers, and what it shows is what <c>export</c> says.</summary>
[Collection(WorkerTests.Name)]
public sealed class BoardsTest(BoardWorld world) : IClassFixture<BoardWorld>
{
    private static readonly string[] Compared = ["value", "pop", "yoy", "ytd", "ytd_yoy", "plan"];

    /// <summary>Panels that have nothing to show in this world.</summary>
    private static readonly string[] Empty =
    [
        "kpi-chi-so: Điều cần xem lại",
        "kpi-tien-do: Quá hạn chưa đủ",
        "kpi-khan-cap: Xã vượt ngưỡng mưa 6 giờ",
        "kpi-khan-cap: Xã vượt ngưỡng mưa 24 giờ",
        "kpi-lc-xa-phuong: Bản đồ xã, phường theo chỉ tiêu đã chọn", // the demo's communes have no coordinates
        "kpi-van-hanh: Số liệu InfluxDB từ chối",
        "kpi-van-hanh: Thay đổi lịch",
        "kpi-van-hanh: Việc đang làm",
    ];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task EveryPanel_OfEveryBoard_AnswersInTime()
    {
        var folder = Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, "boards")).FullName;
        var empty = new List<string>();
        Assert.NotEmpty(BoardFile.All);
        foreach (var board in BoardFile.All)
        {
            var values = await world.Reader.OpenAsync(board);
            await using var text = new StreamWriter(Path.Combine(folder, board.Uid + ".txt"));
            await text.WriteLineAsync($"# {board.Title}");
            foreach (var panel in board.Panels)
            {
                var own = panel.Repeat is { } variable ? values.With(variable, values[variable][0]) : values;
                var frames = await world.Reader.ReadAsync(panel, own);
                if (frames.Sum(frame => frame.Rows.Count) == 0)
                    empty.Add($"{board.Uid}: {panel.Title}");
                foreach (var frame in frames)
                    await text.WriteLineAsync(TableText.Of(panel.Title, frame, 12));
            }
        }
        var (took, query) = world.Reader.Slowest;
        TestContext.Current.TestOutputHelper?.WriteLine($"slowest {took.TotalMilliseconds:F0} ms: {query}");
        TestContext.Current.TestOutputHelper?.WriteLine(string.Join('\n', empty));
        Assert.Empty(empty.Except(Empty, StringComparer.Ordinal));
        Assert.InRange(took, TimeSpan.Zero, TimeSpan.FromSeconds(10));
    }

    [Theory]
    [InlineData("kpi-bn-kinh-te", "bac-ninh", "dia_ban")]
    [InlineData("kpi-bn-khu-cong-nghiep", "bac-ninh", "dia_ban")]
    [InlineData("kpi-bn-van-hoa-xa-hoi", "bac-ninh", "dia_ban")]
    [InlineData("kpi-bn-an-ninh-trat-tu", "bac-ninh", "dia_ban")]
    [InlineData("kpi-bn-nhiem-vu", "bac-ninh", "dia_ban")]
    [InlineData("kpi-cchc", "cchc", "dia_ban")]
    [InlineData("kpi-lc-xa-phuong", "lao-cai", "xa")]
    [InlineData("kpi-tong-quan", "cchc", "dia_ban", "bo")]
    [InlineData("kpi-tong-quan", "lao-cai", "dia_ban", "bo")]
    public async Task LatestTable_EachRow_IsTheNewestOfTheExport(string uid, string set, string area, string? chooser = null)
    {
        var board = BoardFile.Of(uid);
        var commune = await CommuneAsync();
        var values = await world.Reader.OpenAsync(
            board,
            [
                .. chooser is null ? Array.Empty<(string, string)>() : [(chooser, set)],
                .. area == "xa" ? [(area, commune)] : Array.Empty<(string, string)>(),
            ]
        );
        var panel = board.Panels.First(one => one.Type == "table" && one.Targets.Count == 2 && one.Title.Length > 0);
        var table = await world.Reader.TableAsync(panel, values);
        var exported = new ExportedFigures(await world.Installation.ExportAsync(set)).LatestOf(Assert.Single(values[area]));

        var compared = 0;
        foreach (var row in table.Records)
        {
            var key = (Text(row, "Mã"), Text(row, "Phân tổ"), Text(row, "Kỳ SDMX"));
            Assert.False(string.IsNullOrEmpty(Text(row, "Chỉ tiêu")));
            if (!exported.TryGetValue(key, out var figure))
            {
                // Missing is missing: never a zero.
                Assert.All(["Giá trị", "So cùng kỳ", "Lũy kế", "% kế hoạch"], column => Assert.Null(row[column]));
                continue;
            }
            compared++;
            var shown = new[] { "Giá trị", "So kỳ trước", "So cùng kỳ", "Lũy kế", "Lũy kế so cùng kỳ", "% kế hoạch" };
            foreach (var (column, name) in shown.Zip(Compared))
                Assert.Equal(ExportedFigures.Number(figure, name), (double?)row[column]);
            if (figure.IsReported)
                Assert.Equal(figure["period"], row["Kỳ"]);
        }
        Assert.True(compared > 0, "nothing was compared");
        TestContext.Current.TestOutputHelper?.WriteLine($"{compared} of {table.Rows.Count} rows compared");
    }

    [Fact]
    public async Task Indicators_OfEveryShippedSet_AllReachABoard()
    {
        var shown = new HashSet<string>(StringComparer.Ordinal);
        foreach (var board in BoardFile.All)
        {
            foreach (
                var panel in board.Panels.Where(one =>
                    one.Type == "table" && one.Targets.Count == 2 && board.Uid != "kpi-tong-quan"
                )
            )
            {
                var table = await world.Reader.TableAsync(panel, await world.Reader.OpenAsync(board));
                if (table.Has("Mã"))
                    shown.UnionWith(table.Records.Select(row => Text(row, "Mã")));
            }
        }
        var all = new List<string>();
        foreach (var set in new[] { "bac-ninh", "lao-cai", "cchc" })
        {
            var listed = await world.Installation.JsonAsync("catalog", "list", "--set", set, "--json");
            all.AddRange(
                listed
                    .EnumerateArray()
                    .SelectMany(indicator => indicator.GetProperty("measures").EnumerateArray())
                    .Select(measure => measure.GetProperty("code").GetString() ?? "")
            );
        }
        Assert.NotEmpty(all);
        Assert.Superset(all.ToHashSet(StringComparer.Ordinal), shown);
    }

    [Fact]
    public async Task Indicator_OfTheDemo_ShowsItsHistoryAsExported()
    {
        var board = BoardFile.Of("kpi-chi-so");
        var figures = new ExportedFigures(await world.Installation.ExportAsync("bac-ninh"));
        var values = await world.Reader.OpenAsync(board, ("bo", "bac-ninh"), ("chi_tieu", "BN-05.01"));
        var own = figures
            .Of("BN-05.01", values["phan_to"][0], values["dia_ban"][0], values["ky"][0])
            .Where(ExportedFigures.IsNumber)
            .ToList();
        Assert.True(own.Count > 12, $"{own.Count} figures");

        var latest = Assert.Single((await world.Reader.TableAsync(board.Panel("Số liệu mới nhất"), values)).Records);
        foreach (var column in Compared)
            Assert.Equal(ExportedFigures.Number(own[^1], column), (double?)latest.GetValueOrDefault(column));

        var table = (await world.Reader.TableAsync(board.Panel("Số liệu từng kỳ"), values)).Records.ToList();
        Assert.Equal(
            own.Select(figure => (figure["period"], figure["value"], figure["revision"])).Reverse(),
            table.Select(row => (Text(row, "Kỳ"), Number(row["Giá trị"]), Text(row, "Lần sửa")))
        );

        await CourseIsAsync(board, "Diễn biến", values, own, "value");
        await CourseIsAsync(board, "So với kế hoạch năm và cùng kỳ (%)", values, own, "yoy");
        var years = (await world.Reader.TableAsync(board.Panel("Năm nay và hai năm trước, theo kỳ"), values)).Records.ToList();
        var newest = own[^1]["period"][..4];
        Assert.Equal(
            own.Where(figure => figure["period"].StartsWith(newest, StringComparison.Ordinal)).Select(figure => figure["value"]),
            years.Where(row => row["this"] is not null).Select(row => Number(row["this"]))
        );
    }

    [Fact]
    public async Task Ranking_OfCommunes_IsTheNewestOfEachAsExported()
    {
        var board = BoardFile.Of("kpi-lc-xa-phuong");
        var figures = new ExportedFigures(await world.Installation.ExportAsync("lao-cai"));
        var values = await world.Reader.OpenAsync(board);
        var (measure, subject, freq) = (values["chi_tieu"][0], values["phan_to"][0], values["ky"][0]);
        var expected = figures
            .Of(measure, subject, freq)
            .Where(figure => ExportedFigures.IsNumber(figure) && figure["area"].Length == 5)
            .GroupBy(figure => figure["area_id"])
            .Select(series => series.MaxBy(figure => figure["period"], StringComparer.Ordinal)?["value"] ?? "")
            .OrderDescending(Comparer<string>.Create((one, other) => Double(one).CompareTo(Double(other))))
            .ToList();
        Assert.True(expected.Count > 5, $"{expected.Count} communes");

        var rows = (
            await world.Reader.TableAsync(board.Panel("Xếp hạng xã, phường theo chỉ tiêu đã chọn"), values)
        ).Records.ToList();
        Assert.Equal(
            expected.Select(Double),
            rows.Where(row => row["Giá trị"] is not null).Select(row => (double)row["Giá trị"]!)
        );
        // The others are there, without a figure and last.
        Assert.True(rows.Count >= expected.Count, $"{rows.Count} communes");
        Assert.All(rows.Skip(expected.Count), row => Assert.Null(row["Giá trị"]));

        var map = await world.Reader.TableAsync(board.Panel("Bản đồ xã, phường theo chỉ tiêu đã chọn"), values);
        Assert.All(map.Records, row => Assert.NotNull(row["value"]));
    }

    [Fact]
    public async Task Rain_OfAnEmergency_IsTheSumOfTheHoursExported()
    {
        var board = BoardFile.Of("kpi-khan-cap");
        var figures = new ExportedFigures(await world.Installation.ExportAsync("lao-cai"));
        var values = await world.Reader.OpenAsync(board, []);
        var commune = await CommuneAsync();
        var hours = figures.Of("LC-C01.01", "luong-mua", commune, "H").Where(ExportedFigures.IsNumber).ToList();
        Assert.NotEmpty(hours);

        var table = await world.Reader.TableAsync(board.Panel("Mưa theo xã (mm)"), values);
        var row = Assert.Single(table.Records); // the commune of the emergency alone
        foreach (var (column, length) in new[] { ("1 giờ", 2), ("6 giờ", 7), ("24 giờ", 25) })
            Assert.Equal(SumSince(hours, values.To.AddHours(-length)), (double?)row[column]);

        var rain = figures
            .Of("LC-C01.01", "luong-mua", "H")
            .Where(figure => ExportedFigures.IsNumber(figure) && figure["area"].Length == 5)
            .GroupBy(figure => figure["area_id"])
            .Select(hoursOf => SumSince(hoursOf, values.To.AddHours(-25)))
            .OfType<double>()
            .OrderDescending()
            .ToList();
        foreach (var threshold in new[] { 0, rain[^1], rain[0], rain[0] + 1 })
        {
            var at = values.With("mua_24", threshold.ToString("R", CultureInfo.InvariantCulture));
            var exceeded = await world.Reader.TableAsync(board.Panel("Xã vượt ngưỡng mưa 24 giờ"), at);
            Assert.Equal(rain.Where(one => one >= threshold), exceeded.Records.Select(one => (double)one["Mưa 24 giờ (mm)"]!));
        }
    }

    [Fact]
    public async Task Progress_OfOffices_IsCountedAsTheObligationsAre()
    {
        var board = BoardFile.Of("kpi-tien-do");
        var values = await world.Reader.OpenAsync(board, ("bo", "lao-cai"), ("ky", "M"));
        var listed = await world.Installation.JsonAsync("obligations", "--set", "lao-cai", "--json", "--limit", "1000000");
        var due = listed
            .EnumerateArray()
            .Where(one => one.GetProperty("freq").GetString() == "M" && one.GetProperty("state").GetString() != "waived")
            .Where(one => one.GetProperty("due_at").GetDateTimeOffset() < values.To.AddSeconds(-1))
            .ToList();
        Assert.NotEmpty(due);

        var rates = (await world.Reader.TableAsync(board.Panel("Tỷ lệ báo cáo của từng cơ quan"), values)).Records.ToList();
        Assert.Equal(due.Count, rates.Sum(row => Convert.ToInt32(row["Đến hạn"], CultureInfo.InvariantCulture)));
        Assert.Equal(
            due.Count(one => one.GetProperty("state").GetString() == "received"),
            rates.Sum(row => Convert.ToInt32(row["Đúng hạn"], CultureInfo.InvariantCulture))
        );
        var matrix = await world.Reader.TableAsync(board.Panel("Cơ quan theo kỳ: phần trăm đúng hạn"), values);
        Assert.Equal(rates.Count, matrix.Rows.Count);
    }

    [Theory]
    [InlineData("bac-ninh")]
    [InlineData("lao-cai")]
    [InlineData("cchc")]
    public async Task Lateness_OfASet_IsCountedAsTheObligationsAre(string set)
    {
        var board = BoardFile.Of("kpi-tong-quan");
        var values = await world.Reader.OpenAsync(board, ("bo", set));
        var listed = await world.Installation.JsonAsync("obligations", "--set", set, "--json", "--limit", "1000000");
        var late = listed
            .EnumerateArray()
            .Where(one => one.GetProperty("state").GetString() is "overdue" or "missing" or "partial")
            .Where(one => one.GetProperty("due_at").GetDateTimeOffset() < values.To.AddSeconds(-1))
            .CountBy(one => one.GetProperty("agency").GetString() ?? "")
            .ToDictionary(agency => agency.Key, agency => (long)agency.Value);

        var table = await world.Reader.TableAsync(board.Panel("Cơ quan chậm báo cáo"), values);

        Assert.Equal(
            late.Select(agency => (agency.Key, agency.Value)).Order(),
            table.Records.Select(row => (Text(row, "Cơ quan"), (long)row["Quá hạn"]!)).Order()
        );
        var total = await world.Reader.TableAsync(board.Panel("Báo cáo quá hạn"), values);
        Assert.Equal(late.Values.Sum(), Convert.ToInt64(Assert.Single(total.Rows)[0], CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task Correction_OfTheNewestFigure_ShowsWithWhatIsDerivedAndWhatWasSaidBefore()
    {
        var exported = new ExportedFigures(await world.Installation.ExportAsync("bac-ninh"));
        var field = BoardFile.Of("kpi-bn-kinh-te");
        var area = (await world.Reader.OpenAsync(field))["dia_ban"][0];
        var before = exported.LatestOf(area)[("BN-08.01", "_T", "M")];
        await ImportAsync($"BN-08,BN-08.01,24,{before["period"]},98765.4");

        var table = await world.Reader.TableAsync(
            field.Panels.First(panel => panel.Targets.Count == 2),
            await world.Reader.OpenAsync(field)
        );
        var row = table.Records.Single(one => Text(one, "Mã") == "BN-08.01");
        var after = new ExportedFigures(await world.Installation.ExportAsync("bac-ninh")).LatestOf(area)[("BN-08.01", "_T", "M")];
        Assert.Equal((98765.4, before["period"]), ((double)row["Giá trị"]!, Text(row, "Kỳ")));
        Assert.NotEqual(before["ytd"], after["ytd"]);
        Assert.Equal(ExportedFigures.Number(after, "ytd"), (double?)row["Lũy kế"]);
        Assert.Equal(ExportedFigures.Number(after, "yoy"), (double?)row["So cùng kỳ"]);

        var one = BoardFile.Of("kpi-chi-so");
        var values = await world.Reader.OpenAsync(one, ("bo", "bac-ninh"), ("chi_tieu", "BN-08.01"));
        var said = (await world.Reader.TableAsync(one.Panel("Mọi lần báo cáo"), values))
            .Records.Where(line => Text(line, "Kỳ") == before["period"])
            .ToList();
        Assert.Contains(said, line => Number(line["Giá trị"]) == before["value"] && line["Đang dùng"] is null);
        Assert.Single(said, line => Number(line["Giá trị"]) == "98765.4" && Text(line, "Đang dùng") == "✓");
    }

    [Fact]
    public async Task MergedProvince_ComparedWithTheYearBefore_IsComparedWithTheSumOfBoth()
    {
        // Bắc Giang and the old Bắc Ninh, then the new one: 165 against 100 + 50.
        await ImportAsync("BN-10,BN-10.01,24,2024-11,100", "BN-10,BN-10.01,27,2024-11,50", "BN-10,BN-10.01,24,2025-11,165");
        var board = BoardFile.Of("kpi-chi-so");
        var values = await world.Reader.OpenAsync(board, ("bo", "bac-ninh"), ("chi_tieu", "BN-10.01"));
        var figure = new ExportedFigures(await world.Installation.ExportAsync("bac-ninh"))
            .Of("BN-10.01", "_T", values["dia_ban"][0], "M")
            .Single(one => one["period"] == "2025-11");
        Assert.Equal(("165", "10"), (figure["value"], figure["yoy"]));

        var frames = await world.Reader.ReadAsync(board.Panel("So với kế hoạch năm và cùng kỳ (%)"), values);
        var yoy = frames.Single(frame => frame.Has("yoy"));
        // The point stands where the window begins: on 15 October, as months of this set begin.
        var at = new DateTimeOffset(2025, 10, 15, 0, 0, 0, TimeSpan.FromHours(7)).UtcDateTime;
        Assert.Equal(10.0, yoy.Records.Single(row => (DateTime)row["Time"]! == at)["yoy"]);
    }

    private async Task ImportAsync(params string[] rows)
    {
        var file = world.Installation.Write(
            $"{Guid.NewGuid():N}.csv",
            "indicator,measure,area,period,value\n" + string.Join('\n', rows)
        );
        await world.Installation.DoAsync("import", file, "--set", "bac-ninh");
        await world.PublishAsync();
    }

    private async Task CourseIsAsync(BoardFile board, string title, BoardValues values, List<ExportedFigure> own, string field)
    {
        var frames = await world.Reader.ReadAsync(board.Panel(title), values);
        var frame = frames.Single(one => one.Has(field));
        Assert.Equal(
            own.Select(figure => ExportedFigures.Number(figure, field)).OfType<double>(),
            frame.Records.Select(row => (double?)row[field]).OfType<double>()
        );
    }

    private async Task<string> CommuneAsync() =>
        (await world.Installation.ExportAsync("lao-cai")).First(figure => figure["area"] == BoardWorld.Commune)["area_id"];

    private static double? SumSince(IEnumerable<ExportedFigure> hours, DateTimeOffset from)
    {
        var of = hours.Where(figure => Start(figure) >= from).ToList();
        return of.Count == 0 ? null : of.Sum(figure => Double(figure["value"]));
    }

    private static DateTimeOffset Start(ExportedFigure figure) =>
        new(DateTime.ParseExact(figure["period"], "yyyy-MM-ddTHH", CultureInfo.InvariantCulture), TimeSpan.FromHours(7));

    private static double Double(string printed) => double.Parse(printed, CultureInfo.InvariantCulture);

    private static string Number(object? cell) =>
        Convert.ToDecimal(cell, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture);

    private static string Text(IReadOnlyDictionary<string, object?> row, string column) => Frame.Text(row[column]) ?? "";
}
