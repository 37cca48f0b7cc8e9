using DocumentFormat.OpenXml.Spreadsheet;
using KpiMetrics.Tests.Catalog;
using KpiMetrics.Tests.Support;

namespace KpiMetrics.Tests.Commands;

public sealed class ExportXlsxTests : IDisposable
{
    private const string Group = "SO sánh (2)";
    private const string Comparison = "So sánh";

    private readonly Cli cli = new();

    private string Target => cli.Folder.File("out.xlsx");

    public void Dispose() => cli.Dispose();

    [Fact]
    public async Task Xlsx_TheReportOf2025_IsLaidOutLikeItsForms()
    {
        var forms = Path.Combine(Repository.Root, "seeds", "observations", "cchc-2025-forms.csv");
        Assert.Equal(0, (await cli.RunAsync("import", forms, "--set", "cchc")).Exit);
        Assert.Equal(new(0, "", ""), await cli.RunAsync("export", "--set", "cchc", "--format", "xlsx", "--out", Target));

        using var book = Workbook.Open(Target);

        Assert.Equal(8, book.SheetNames.Count);
        Assert.Equal("F1 Biểu mẫu 1. Công tác chỉ đạo", book.SheetNames[0]);
        var rows = book.Rows("F3 Biểu mẫu 3. Cải cách thủ tục");
        Assert.Equal(
            [
                "Ủy ban nhân dân tỉnh Bắc Ninh",
                "Kết quả công tác cải cách hành chính năm 2025; nhệm vụ, giải pháp năm 2026",
                "Văn bản số …/BC-UBND, tháng 12/2025",
                "Biểu mẫu 3. Cải cách thủ tục hành chính",
                "Số liệu tính đến 14:00 ngày 20/11/2026",
                "Địa bàn: Tỉnh Bắc Ninh (mã 24)",
                "",
                "STT|Chỉ tiêu|Đơn vị tính|Năm 2025",
                "1.|Thống kê TTHC||",
            ],
            rows.Take(9)
        );
        Assert.Contains("3.1.1.|Tổng số hồ sơ TTHC đã giải quyết xong|Hồ sơ|<153771>", rows);
        var share = book.CellOf("F3 Biểu mẫu 3. Cải cách thủ tục", "<99.61>");
        Assert.Equal("#,##0.00", book.NumberFormatOf(share));
        var last = book.Rows(book.SheetNames[6]);
        Assert.Contains(
            "5.1|Thực hiện kết nối, liên thông các Hệ thống quản lý văn bản điều hành từ cấp tỉnh đến cấp xã||",
            last
        );
        Assert.Equal(1, last.Count(row => row.StartsWith("5.1|", StringComparison.Ordinal)));
        Assert.Single(
            last,
            row => row.StartsWith("5.2|", StringComparison.Ordinal) && row.EndsWith("|%|", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task Xlsx_SeveralAreas_AreBlocksInOrderOfTheirCodes()
    {
        await FormSets.ImportAsync(
            cli,
            "HX-SO01,HX-SO01.01,09001,2026-Q1,9,lua,,",
            "HX-SO01,HX-SO01.01,09001,2026-04,4.50,ngo,,",
            "HX-SO01,HX-SO01.01,09001,2026-03,3,ngo,,",
            "HX-SO01,HX-SO01.02,08999,2026-03,-0.5,,,",
            "HX-SO02,HX-SO02.01,08999,2026-04,0,,,"
        );

        using var book = await ExportAsync();

        Assert.Equal([Group, FormSets.Hours, Comparison], book.SheetNames);
        Assert.Contains("STT|Chỉ tiêu|Đơn vị tính|Tháng 3/2026|Quý I/2026|Tháng 4/2026", book.Rows(Group));
        Assert.Equal(
            [
                "Xã Giáp (mã 08999)|||||",
                "1|Cây trồng||||",
                "|Sản lượng|Tấn|||",
                "|Cây lúa|Tấn|||",
                "|Cây ngô|Tấn|||",
                "1.2|Kết quả||||",
                "1.2.1|Tỷ lệ|%|<-0.5>||",
                "2|Số hộ|Nghìn hộ|||<0>",
                "|Bản tin||||",
                "Xã Ất (mã 09001)|||||",
                "1|Cây trồng||||",
                "|Sản lượng|Tấn|||",
                "|Cây lúa|Tấn||<9>|",
                "|Cây ngô|Tấn|<3>||<4.50>",
                "1.2|Kết quả||||",
                "1.2.1|Tỷ lệ|%|||",
                "2|Số hộ|Nghìn hộ|||",
                "|Bản tin||||",
            ],
            book.Table(Group)
        );
        Assert.DoesNotContain(book.Rows(Group), row => row.StartsWith("Địa bàn", StringComparison.Ordinal));
        Assert.Equal(["1|Mưa|", "|Lượng mưa|mm"], book.Table(FormSets.Hours));
        Assert.Contains("Chưa có số liệu", book.Rows(FormSets.Hours));
    }

    [Fact]
    public async Task Xlsx_Comparison_HasEachSeriesLastFigure()
    {
        await FormSets.ImportAsync(
            cli,
            "HX-SO01,HX-SO01.01,09001,2025-02,2,ngo,,",
            "HX-SO01,HX-SO01.01,09001,2026-01,4,ngo,,",
            "HX-SO01,HX-SO01.01,09001,2026-02,3,ngo,E,estimate",
            "HX-SO01,HX-SO01.01,09001,2026-Q1,9,ngo,,",
            "HX-SO01,HX-SO01.02,09001,2026-01,40,,,",
            "HX-SO01,HX-SO01.02,09001,2026-02,41.5,,B,preliminary",
            "HX-SO02,HX-SO02.01,08999,2026-04,0,,,"
        );

        using var book = await ExportAsync();

        Assert.Equal(
            [
                "sánh – Xã Giáp (mã 08999)|||||||||||",
                "2|Số hộ|Nghìn hộ|Tháng 4/2026|<0>|||||||Chính thức",
                "sánh – Xã Ất (mã 09001)|||||||||||",
                "1|Cây trồng||||||||||",
                "|Sản lượng|Tấn|||||||||",
                "|Cây ngô|Tấn|Tháng 2/2026|<3>|<-25.00>|<50.0>|<7>|2/2|||Ước tính; số ước lượng (E)",
                "|Cây ngô|Tấn|Quý I/2026|<9>|||<9>|1/1|||Chính thức",
                "1.2|Kết quả||||||||||",
                "1.2.1|Tỷ lệ|%|Tháng 2/2026|<41.5>|<1.5>||||||Sơ bộ; đứt đoạn chuỗi số liệu (B)",
            ],
            book.Table(Comparison)
        );
        Assert.Equal("+#,##0.00\"%\";-#,##0.00\"%\";0.00\"%\"", book.NumberFormatOf(book.CellOf(Comparison, "<-25.00>")));
        Assert.Equal(
            "+#,##0.00\" điểm %\";-#,##0.00\" điểm %\";0.00\" điểm %\"",
            book.NumberFormatOf(book.CellOf(Comparison, "<1.5>"))
        );
    }

    [Fact]
    public async Task Xlsx_FiguresThatAreNotFinal_AreItalicAndSaidSo()
    {
        await FormSets.ImportAsync(
            cli,
            "HX-SO02,HX-SO02.01,08999,2026-03,11,,,",
            "HX-SO02,HX-SO02.01,08999,2026-04,12,,,estimate"
        );

        using var book = await ExportAsync();

        Assert.False(book.IsItalic(book.CellOf(Group, "<11>")));
        Assert.True(book.IsItalic(book.CellOf(Group, "<12>")));
        Assert.Contains("Số in nghiêng: ước tính, sơ bộ hoặc có mã trạng thái; xem trang “So sánh”", book.Rows(Group));
    }

    [Fact]
    public async Task Xlsx_LongNumbers_KeepAllTheirDigits()
    {
        await FormSets.ImportAsync(cli, "HX-SO02,HX-SO02.01,08999,2026-03,12345678901234567890.125,,,");

        using var book = await ExportAsync();

        var cell = book.CellOf(Group, "<12345678901234567890.125>");
        Assert.Null(cell.DataType);
        Assert.Equal("#,##0.000", book.NumberFormatOf(cell));
    }

    [Theory]
    [InlineData("=HYPERLINK(\"http://x\")", "=HYPERLINK(\"http://x\")")]
    [InlineData("Mưa <to> & gió_x0041_", "Mưa <to> & gió_x005F_x0041_")]
    [InlineData("một\u0001hai", "một\uFFFDhai")]
    [InlineData("lá cờ \U0001F1FB\U0001F1F3", "lá cờ \U0001F1FB\U0001F1F3")]
    public async Task Xlsx_Texts_AreNeverComputed(string text, string kept)
    {
        await FormSets.ImportAsync(
            cli,
            $"HX-SO02,HX-SO02.02,08999,2026-03,\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\",,,"
        );

        using var book = await ExportAsync();

        var cell = book.CellOf(Group, kept);
        Assert.Equal(CellValues.InlineString, cell.DataType?.Value);
        Assert.True(book.FormatOf(cell).QuotePrefix?.Value);
        Assert.Empty(book.Sheet(Group).Descendants<CellFormula>());
    }

    [Fact]
    public async Task Xlsx_TextTooLongForACell_IsCut()
    {
        var name = new string('a', 40_000);
        cli.Folder.Write("long/demo.yaml", CatalogFolder.With(2, $"name: {name}"));
        string[] options = ["--set", "demo", "--sets", cli.Folder.File("long"), "--format", "xlsx", "--out", Target];
        Assert.Equal(new(0, "", ""), await cli.RunAsync(["export", .. options]));

        using var book = Workbook.Open(Target);

        Assert.Equal(name[..32_766] + "…", book.Rows("A NHÓM A")[1]);
    }

    [Fact]
    public async Task Xlsx_OneIndicator_IsOnlyItsSheetAndRows()
    {
        await FormSets.ImportAsync(cli, "HX-SO02,HX-SO02.01,08999,2026-03,11,,,");

        using var book = await ExportAsync("--measure", "HX-SO02.01", "--as-of", "2026-11-20T13:59");

        Assert.Equal([Group, Comparison], book.SheetNames);
        Assert.Equal(["2|Số hộ|Nghìn hộ"], book.Table(Group));
        Assert.Contains("Số liệu tính đến 13:59 ngày 20/11/2026", book.Rows(Group));
        Assert.Contains("Chưa có số liệu", book.Rows(Comparison));
    }

    [Fact]
    public async Task Xlsx_ASetWithoutIndicators_IsStillAWorkbook()
    {
        Assert.Equal(0, (await cli.RunAsync("export", "--set", "tay-ninh", "--format", "xlsx", "--out", Target)).Exit);

        using var book = Workbook.Open(Target);

        Assert.Equal([Comparison], book.SheetNames);
    }

    [Fact]
    public async Task Xlsx_OnScreenAndPaper_KeepsItsHeadersAndFitsTheWidth()
    {
        await FormSets.ImportAsync(cli, "HX-SO02,HX-SO02.01,08999,2026-03,11,,,", "HX-SO02,HX-SO02.01,09001,2026-03,12,,,");

        using var book = await ExportAsync();

        var sheet = book.Sheet(Group);
        var pane = sheet.Descendants<Pane>().Single();
        var header = sheet.Descendants<Row>().Single(row => row.InnerText.StartsWith("STT", StringComparison.Ordinal));
        Assert.Equal(header.RowIndex?.Value, (uint?)pane.VerticalSplit?.Value);
        Assert.Equal($"D{header.RowIndex?.Value + 1}", pane.TopLeftCell?.Value);
        Assert.Equal($"'{Group}'!${header.RowIndex}:${header.RowIndex}", book.PrintTitles(Group));
        var page = sheet.Descendants<PageSetup>().Single();
        Assert.Equal(OrientationValues.Landscape, page.Orientation?.Value);
        Assert.Equal((1u, 0u), (page.FitToWidth?.Value, page.FitToHeight?.Value));
        Assert.True(book.FormatOf(book.CellOf(FormSets.Hours, "Mưa")).Alignment?.WrapText?.Value);
        Assert.Equal(16, sheet.Descendants<Row>().Count(row => row.OutlineLevel?.Value == 1));
    }

    private async Task<Workbook> ExportAsync(params string[] options)
    {
        Assert.Equal(new(0, "", ""), await FormSets.ExportAsync(cli, ["--format", "xlsx", "--out", Target, .. options]));
        return Workbook.Open(Target);
    }
}
