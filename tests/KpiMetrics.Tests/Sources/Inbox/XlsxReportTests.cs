using System.Text;
using KpiMetrics.Core.Figures;
using KpiMetrics.Pipeline.Sources;
using KpiMetrics.Pipeline.Sources.Inbox;
using KpiMetrics.Tests.Support;
using static KpiMetrics.Tests.Sources.Inbox.Reading;
using Cell = KpiMetrics.Tests.Sources.Inbox.XlsxFile.Cell;

namespace KpiMetrics.Tests.Sources.Inbox;

public sealed class XlsxReportTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private string Path => _folder.File("a.xlsx");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Xlsx_HiddenSheet_IsNotReadThoughItComesFirst()
    {
        using (var file = new XlsxFile(Path))
        {
            file.HiddenSheet("cũ", XlsxFile.Header, [new("x"), new("b"), new("c"), new("2025"), XlsxFile.Number(5)]);
            file.Sheet("mới", XlsxFile.Header, [new("x"), new("b"), new("c"), new("2025"), XlsxFile.Number(9)]);
        }

        Assert.Equal("9", Assert.Single(await Read()).Value.Text);
    }

    [Fact]
    public async Task Xlsx_TwoSheetsWithTheHeader_AreRefusedRatherThanOneDropped()
    {
        using (var file = new XlsxFile(Path))
        {
            file.Sheet("tháng 1", XlsxFile.Header, [new("x"), new("b"), new("c"), new("2025"), XlsxFile.Number(5)]);
            file.Sheet("tháng 2", XlsxFile.Header, [new("x"), new("b"), new("c"), new("2025"), XlsxFile.Number(9)]);
        }

        var fault = await Assert.ThrowsAsync<BrokenReportException>(Read);
        Assert.Contains("'tháng 1', 'tháng 2'", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Xlsx_Row_IsReadWithLinesAndAddresses()
    {
        using (var file = new XlsxFile(Path))
        {
            file.Sheet(
                "Số liệu 11",
                null,
                [.. XlsxFile.Header, new("Note", "inlineStr")],
                null,
                [
                    new(" Chỉ số ".Normalize(NormalizationForm.FormD)),
                    new("b", "inlineStr"),
                    Cell.None,
                    XlsxFile.Number(2026),
                    new("1.234"),
                ],
                [Cell.None, new("")],
                [new("x", "str"), new("b"), new("c"), new("2026-11"), XlsxFile.Number(99.610000000000007), new("ghi chú")]
            );
        }
        var rows = await Read();
        Assert.Equal([4, 6], rows.Select(row => row.Line));
        Assert.Equal(new RawCell("Chỉ số", CellKind.Text, "Số liệu 11!A4"), rows[0].Indicator);
        Assert.Equal(new RawCell("b", CellKind.Text, "Số liệu 11!B4"), rows[0].Measure);
        Assert.Equal(new RawCell("", CellKind.Text, "Số liệu 11!C4"), rows[0].Area);
        Assert.Equal(new RawCell("2026", CellKind.Number, "Số liệu 11!D4"), rows[0].Period);
        Assert.Equal(new RawCell("1.234", CellKind.Text, "Số liệu 11!E4"), rows[0].Value);
        Assert.Equal(new RawCell("99.61", CellKind.Number, "Số liệu 11!E6"), rows[1].Value);
        Assert.Equal("ghi chú", rows[1].Note.Text);
        Assert.All(rows, row => Assert.Null(row.Fault));
    }

    [Theory]
    [InlineData("1155106", "1155106")]
    [InlineData("1.155106E6", "1155106")]
    [InlineData("0.1", "0.1")]
    [InlineData("-1E-7", "-0.0000001")]
    [InlineData("1E+20", "100000000000000000000")]
    [InlineData("0.30000000000000004", "0.3")]
    [InlineData("99.610000000000007", "99.61")]
    [InlineData("99.609999999999999", "99.61")]
    [InlineData("0.12345678901234567", "0.12345678901234566")]
    [InlineData("12345678901234567", "12345678901234568")]
    [InlineData("4.4400000000000004", "4.44")]
    public async Task Xlsx_NumericCell_IsTheShortestDecimal(string stored, string expected)
    {
        var value = await Value(new Cell(stored, "n"));
        Assert.Equal((expected, CellKind.Number), (value.Text, value.Kind));
    }

    [Theory]
    [InlineData("0.00%", "99.61%", CellKind.Number)]
    [InlineData("#,##0.00", "0.9961", CellKind.Number)]
    [InlineData("#,##0 \"dong\";[Red]-#,##0 \"dong\"", "0.9961", CellKind.Number)]
    [InlineData("0.0 \"%\"", "0.9961", CellKind.Number)]
    [InlineData("0\\d", "0.9961", CellKind.Number)]
    [InlineData("[$-42A]dd/mm/yyyy", "date 1899-12-30T23:54:23", CellKind.Other)]
    [InlineData("[h]:mm", "date 1899-12-30T23:54:23", CellKind.Other)]
    public async Task Xlsx_NumberFormat_DecidesWhatANumberIs(string format, string expected, CellKind kind)
    {
        var value = await Value(XlsxFile.Number(0.9961, 1), format);
        Assert.Equal((expected, kind), (value.Text, value.Kind));
    }

    [Fact]
    public async Task Xlsx_UnitAndAgency_AreReadWithTheirAddresses()
    {
        using (var file = new XlsxFile(_folder.File("a.xlsx")))
        {
            file.Sheet(
                "Sheet1",
                [.. XlsxFile.Header, new("unit"), new("agency")],
                [new("a"), new("b"), new("c"), new("2026-11"), XlsxFile.Number(1), new("m²"), new("Sở Y tế")]
            );
        }
        var row = Assert.Single(await Read());
        Assert.Equal(new RawCell("m²", CellKind.Text, "Sheet1!F2"), row.Unit);
        Assert.Equal(new RawCell("Sở Y tế", CellKind.Text, "Sheet1!G2"), row.Agency);
    }

    [Fact]
    public async Task Xlsx_PercentCell_IsReadAsThePercentageShown()
    {
        var value = await Value(XlsxFile.Number(0.9961, 1), "0.00%");
        Assert.True(MachineNumber.TryParse(value.Text, out var number, out var percent, out var why), why);
        Assert.Equal((99.61m, true), (number, percent));
    }

    [Theory]
    [InlineData("46327", "n", 1u, "date 2026-11-01")]
    [InlineData("99999999", "n", 1u, "date 99999999")]
    [InlineData("2026-11-01", "d", 0u, "date 2026-11-01")]
    [InlineData("1", "b", 0u, "TRUE")]
    [InlineData("#N/A", "e", 0u, "#N/A")]
    [InlineData("abc", "n", 0u, "abc")]
    [InlineData("NaN", "n", 0u, "NaN")]
    [InlineData("Infinity", "n", 0u, "Infinity")]
    public async Task Xlsx_WhatNoFigureCanBe_IsOther(string stored, string type, uint style, string expected) =>
        Assert.Equal(
            new RawCell(expected, CellKind.Other, "Sheet1!E2"),
            await Value(new Cell(stored, type, style), "yyyy-mm-dd")
        );

    [Theory]
    [InlineData("n", "42")]
    [InlineData("str", "42")]
    [InlineData("e", "#REF!")]
    public async Task Xlsx_Formula_IsSeenWhateverItsValue(string type, string value) =>
        Assert.Equal(
            new RawCell("=SUM(A1:A9)", CellKind.Formula, "Sheet1!E2"),
            await Value(new Cell(value, type, 0, "SUM(A1:A9)"))
        );

    [Fact]
    public async Task Xlsx_HeaderOnALaterSheet_IsFound()
    {
        using (var file = new XlsxFile(Path))
        {
            file.Sheet(
                "Hướng dẫn",
                [
                    [new("Cách điền"), new("value")],
                ]
            );
            file.Sheet("Trống");
            file.Sheet("Nhập", XlsxFile.Header, Row(XlsxFile.Number(5)));
        }
        Assert.Equal("Nhập!E2", Assert.Single(await Read()).Value.Address);
    }

    [Fact]
    public async Task Xlsx_NoSheetWithTheHeader_IsBrokenNamingTheSheets()
    {
        using (var file = new XlsxFile(Path))
            file.Sheet(
                "Hướng dẫn",
                [
                    [new("Cách điền")],
                ]
            );
        var message = await BrokenFile();
        Assert.Contains("'Hướng dẫn'", message, StringComparison.Ordinal);
        Assert.Contains("indicator, measure, area, period, value", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Xlsx_WrongHeader_IsBrokenNamingThePlace()
    {
        using (var file = new XlsxFile(Path))
            file.Sheet("S", null, [new("indicator"), new("measure"), new("khu vực"), new("period"), new("value")]);
        var message = await BrokenFile();
        Assert.StartsWith(
            "a.xlsx: S!2: column 'khu vực' is unknown; column area is missing; allowed are",
            message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Xlsx_CellUnderNoName_IsAFaultOfItsRow()
    {
        using (var file = new XlsxFile(Path))
            file.Sheet("S", XlsxFile.Header, [.. Row(XlsxFile.Number(5)), Cell.None, new("?")], Row(XlsxFile.Number(6)));
        var rows = await Read();
        Assert.Equal("'?' in S!G2 stands under no column name", rows[0].Fault);
        Assert.Null(rows[1].Fault);
    }

    [Fact]
    public async Task Xlsx_LocaleInTheHeader_IsDeclared()
    {
        using (var file = new XlsxFile(Path))
            file.Sheet(
                "S",
                [
                    [.. XlsxFile.Header.SkipLast(1), new("value:vi")],
                ]
            );
        await using var report = await ReportFile.OpenAsync(Path, null, TestContext.Current.CancellationToken);
        Assert.Equal(NumberLocale.Vi, report.Locale);
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(0.5)]
    [InlineData(0.9)]
    [InlineData(0.999)]
    public async Task Xlsx_HalfAFile_IsBroken(double part)
    {
        WriteGood();
        var whole = await File.ReadAllBytesAsync(Path, TestContext.Current.CancellationToken);
        Assert.Equal(
            "a.xlsx: not a whole .xlsx file; was it copied to its end?",
            await Broken(whole[..(int)(whole.Length * part)], "a.xlsx")
        );
    }

    [Fact]
    public async Task Xlsx_NotAWorkbook_IsBrokenInOneClearLine()
    {
        Assert.Equal("a.xlsx: the file is empty", await Broken([], "a.xlsx"));
        Assert.Contains("not an .xlsx file", await Broken(Encoding.UTF8.GetBytes(Header), "a.xlsx"), StringComparison.Ordinal);
        byte[] locked = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, 0, 0];
        Assert.Contains("locked with a password", await Broken(locked, "a.xlsx"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("xl/worksheets/sheet1.xml", "<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><worksheet>&a;</worksheet>")]
    [InlineData("xl/worksheets/sheet1.xml", "<worksheet><sheetData><row r='1'>")]
    [InlineData("xl/worksheets/sheet1.xml", "<worksheet><sheetData><row r='0'/></sheetData></worksheet>")]
    [InlineData("xl/worksheets/sheet1.xml", "<worksheet><sheetData><row r='2'/><row r='1'/></sheetData></worksheet>")]
    [InlineData("xl/worksheets/sheet1.xml", "<worksheet><sheetData><row r='1'><c r='XFE1'/></row></sheetData></worksheet>")]
    [InlineData(
        "xl/worksheets/sheet1.xml",
        "<worksheet><sheetData><row r='1'><c t='s'><v>999</v></c></row></sheetData></worksheet>"
    )]
    [InlineData("xl/sharedStrings.xml", "<sst><si><t>")]
    [InlineData("xl/workbook.xml", "<workbook/>")]
    [InlineData("xl/workbook.xml", "<workbook><sheets><sheet name='a&#10;b'/></sheets></workbook>")]
    [InlineData("xl/styles.xml", "no xml")]
    [InlineData("[Content_Types].xml", "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'/>")]
    [InlineData("_rels/.rels", "")]
    public async Task Xlsx_DamagedPart_IsBroken(string part, string content)
    {
        WriteGood();
        XlsxFile.Replace(Path, part, new MemoryStream(Encoding.UTF8.GetBytes(content)));
        await BrokenFile();
    }

    [Fact]
    public async Task Xlsx_StreamThatCannotSeek_IsTheCallersMistake()
    {
        using var stream = new GeneratedStream("PK", "", 0);
        await Assert.ThrowsAsync<ArgumentException>(() => Rows(stream, "a.xlsx"));
    }

    private static Cell[] Row(Cell value) => [new("a"), new("b"), new("c"), new("2026"), value];

    private void WriteGood()
    {
        using var file = new XlsxFile(Path, "0.0");
        file.Sheet("Sheet1", XlsxFile.Header, Row(XlsxFile.Number(5)));
    }

    private async Task<RawCell> Value(Cell cell, params string[] formats)
    {
        using (var file = new XlsxFile(Path, formats))
            file.Sheet("Sheet1", XlsxFile.Header, Row(cell));
        return Assert.Single(await Read()).Value;
    }

    private async Task<List<RawRow>> Read()
    {
        await using var stream = File.OpenRead(Path);
        return await Rows(stream, "a.xlsx");
    }

    private async Task<string> BrokenFile()
    {
        await using var stream = File.OpenRead(Path);
        return await Broken(stream, "a.xlsx");
    }
}
