using System.Text;
using KpiMetrics.Core.Figures;
using KpiMetrics.Pipeline.Sources;
using KpiMetrics.Pipeline.Sources.Inbox;
using KpiMetrics.Tests.Support;
using static KpiMetrics.Tests.Sources.Inbox.Reading;

namespace KpiMetrics.Tests.Sources.Inbox;

public sealed class CsvReportTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Csv_AllColumns_AreReadByNameWhateverTheirOrder()
    {
        var rows = await Csv(
            "NOTE,Value , area,MEASURE,indicator,period,vintage,Unit,agency,status,subject\n"
                + "\"a, \"\"b\"\"\nc\",\"99,61%\",24,LC-A01.03,LC-A01,2026-11,estimate,Tấn,\"Phòng Văn hóa - Xã hội\",P,lua\n"
        );
        var row = Assert.Single(rows);
        Assert.Equal(2, row.Line);
        Assert.Null(row.Fault);
        Assert.Equal("a, \"b\"\nc", row.Note.Text);
        Assert.Equal(new RawCell("99,61%", CellKind.Text, ""), row.Value);
        Assert.Equal(
            ["24", "LC-A01.03", "LC-A01", "2026-11"],
            [row.Area.Text, row.Measure.Text, row.Indicator.Text, row.Period.Text]
        );
        Assert.Equal(
            ["estimate", "P", "lua", "Tấn", "Phòng Văn hóa - Xã hội"],
            [row.Vintage.Text, row.Status.Text, row.Subject.Text, row.Unit.Text, row.Agency.Text]
        );
    }

    [Theory]
    [InlineData(';')]
    [InlineData('\t')]
    [InlineData(',')]
    public async Task Csv_Separator_IsFoundInTheHeader(char separator)
    {
        var rows = await Csv($"{Header}a,b,c,2026,5\n".Replace(',', separator));
        Assert.Equal("5", Assert.Single(rows).Value.Text);
    }

    [Fact]
    public async Task Csv_SemicolonsWithDecimalCommas_AreNotTakenForSeparators() =>
        Assert.Equal(
            "1.155.106,5",
            (await Csv("indicator;measure;area;period;value:vi\na;b;c;2026;1.155.106,5\n"))[0].Value.Text
        );

    [Theory]
    [InlineData("utf-8", true)]
    [InlineData("utf-8", false)]
    [InlineData("utf-16", true)]
    [InlineData("utf-16BE", true)]
    public async Task Csv_Encoding_IsReadWithItsMark(string name, bool hasMark)
    {
        var encoding = Encoding.GetEncoding(name);
        var text = encoding.GetBytes(Header + "Chỉ số,b,Lào Cai,2026,5\n");
        var rows = await Rows(hasMark ? [.. encoding.GetPreamble(), .. text] : text, "a.csv");
        Assert.Equal(("Chỉ số", "Lào Cai"), (rows[0].Indicator.Text, rows[0].Area.Text));
    }

    [Fact]
    public async Task Csv_Text_IsTrimmedAndComposed()
    {
        var rows = await Csv(Header + "\u00A0Lào Cai\u200B , ".Normalize(NormalizationForm.FormD) + ",c,2026,5\n");
        Assert.Equal("Lào Cai", rows[0].Indicator.Text);
        Assert.True(rows[0].Indicator.Text.IsNormalized());
        Assert.True(rows[0].Measure.IsEmpty);
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData("\r")]
    public async Task Csv_Lines_AreCountedAsInTheFile(string lineBreak)
    {
        var text = "\n" + Header + "\na,b,c,2026,1\n\n , ,,,\na,b,c,\"20\n26\",2\na,b,c,2026,3";
        var rows = await Csv(text.Replace("\n", lineBreak, StringComparison.Ordinal));
        Assert.Equal([(4, "1"), (7, "2"), (9, "3")], rows.Select(row => (row.Line, row.Value.Text)));
    }

    [Theory]
    [InlineData("a,b,c,2026", "4 cells; the header has 5")]
    [InlineData("a,b,c,2026,99,61", "6 cells; the header has 5; a value with a separator in it must be in quotes")]
    [InlineData("a,b,c,2026,5\"", "a quote within a cell")]
    public async Task Csv_RowThatIsNone_IsAFaultOfItsOwn(string row, string fault)
    {
        var rows = await Csv(Header + "a,b,c,2026,1\n" + row + "\na,b,c,2026,3\n");
        Assert.Equal([false, true, false], rows.Select(each => each.Fault is not null));
        Assert.StartsWith(fault, rows[1].Fault, StringComparison.Ordinal);
        Assert.Equal([2, 3, 4], rows.Select(each => each.Line));
    }

    [Fact]
    public async Task Csv_NamelessColumns_MayBeEmptyOnly()
    {
        var rows = await Csv("indicator,measure,area,period,value,,\na,b,c,2026,1,,\na,b,c,2026,2,,x\n");
        Assert.Null(rows[0].Fault);
        Assert.Equal("'x' stands under no column name", rows[1].Fault);
    }

    [Theory]
    [InlineData("value", null, null)]
    [InlineData("value", NumberLocale.En, NumberLocale.En)]
    [InlineData("value:vi", null, NumberLocale.Vi)]
    [InlineData("VALUE : EN", NumberLocale.Vi, NumberLocale.En)]
    public async Task Csv_Locale_IsTheHeadersElseTheCallers(string column, NumberLocale? declared, NumberLocale? expected) =>
        Assert.Equal(expected, await Locale($"indicator,measure,area,period,{column}\n", declared));

    [Fact]
    public async Task Csv_WrongHeader_NamesEveryFaultAndWhatIsAllowed()
    {
        var message = await Broken("indicator,giá trị,area,AREA,period,value:fr\na,b,c,d,e,f\n");
        Assert.StartsWith("a.csv:1: ", message, StringComparison.Ordinal);
        Assert.Contains("column 'giá trị' is unknown", message, StringComparison.Ordinal);
        Assert.Contains("column area is there twice", message, StringComparison.Ordinal);
        Assert.Contains("column 'value:fr' is unknown", message, StringComparison.Ordinal);
        Assert.Contains("column measure is missing", message, StringComparison.Ordinal);
        Assert.Contains("optionally subject, status, vintage, note, unit, agency", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n \n\n")]
    [InlineData("\uFEFF")]
    public async Task Csv_Empty_IsBroken(string text) => Assert.Contains("empty", await Broken(text), StringComparison.Ordinal);

    [Fact]
    public async Task Csv_BytesThatAreNotUtf8_AreBrokenNamingTheLine()
    {
        var row = Encoding.Latin1.GetBytes("a,b,L\u00E0o,2026,5\n");
        var good = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("a,b,c,2026,5\r\n", 5000)));
        var message = await Broken([.. Encoding.UTF8.GetBytes(Header), .. good, .. row], "a.csv");
        Assert.Equal("a.csv:5002: bytes that are not UTF-8 text; save it as CSV UTF-8", message);
    }

    [Fact]
    public async Task Csv_HalfACharacterAtTheEnd_IsBroken() =>
        Assert.StartsWith(
            "a.csv:2: bytes",
            await Broken([.. Encoding.UTF8.GetBytes(Header + "a,b,c,2026,"), 0xC3], "a.csv"),
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData("a,b,c,2026,\0\n", "a.csv:3: a NUL byte")]
    [InlineData("a,b,\"c,2026,5\nd,e,f,2026,6\n", "a.csv:3: a quote that is opened here is not closed")]
    [InlineData("a,b,c,2026,\"5", "a.csv:3: a quote that is opened here is not closed")]
    [InlineData("a,\"b,c,2026,5\nd,e,f,2026,6\nd,\"e\",f,2026,6\n", "a.csv:3: a quote that is opened here is not closed")]
    public async Task Csv_BrokenInItsThirdLine_SaysSo(string rest, string expected) =>
        Assert.StartsWith(expected, await Broken(Header + "a,b,c,2026,5\n" + rest), StringComparison.Ordinal);

    [Fact]
    public async Task Csv_Utf16WithoutMark_IsBroken() =>
        Assert.Contains(
            "save it as CSV UTF-8",
            await Broken(Encoding.Unicode.GetBytes(Header), "a.csv"),
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData(65_536, false)]
    [InlineData(65_537, true)]
    public async Task Csv_LineOf64KiB_IsTheLongest(int length, bool isBroken)
    {
        var row = "a,b,c,2026,";
        var text = "indicator,measure,area,period,value\n" + row + new string('5', length - row.Length - 1) + "\na,b,c,2026,6\n";
        if (isBroken)
            Assert.StartsWith(
                "a.csv:2: a line or quoted record of more than 65536 characters",
                await Broken(text),
                StringComparison.Ordinal
            );
        else
            Assert.Equal("6", (await Csv(text))[1].Value.Text);
    }

    [Fact]
    public async Task ReportFile_OfAnotherKind_IsBroken()
    {
        using var folder = new TempFolder();
        var file = folder.Write("a.ods", "x");
        var fault = await Assert.ThrowsAsync<BrokenReportException>(() => ReportFile.OpenAsync(file, null, Token));
        Assert.Equal("a.ods: neither .csv nor .xlsx; save it as one of the two", fault.Message);
    }

    [Fact]
    public async Task ReportFile_FromAPath_IsReadAndLetGo()
    {
        using var folder = new TempFolder();
        var file = folder.Write("Số liệu.CSV", Header + "a,b,c,2026,5\n");
        await using (var report = await ReportFile.OpenAsync(file, NumberLocale.Vi, Token))
        {
            Assert.Equal(NumberLocale.Vi, report.Locale);
            await foreach (var row in report.ReadAsync(Token))
                Assert.Equal("5", row.Value.Text);
        }
        using var alone = new FileStream(file, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
    }
}
