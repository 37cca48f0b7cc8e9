using KpiMetrics.Pipeline.Sources;

namespace KpiMetrics.Tests.Sources.Http;

/// <summary>What becomes of a JSON answer.</summary>
public sealed class HttpSourceAnswerTests
{
    [Fact]
    public async Task Ask_PathsAndConstants_FillTheColumns()
    {
        var rows = await Asking.ReadAsync(
            """
            {"data": [
              {"ma": "T-01.01", "so": {"giaTri": 1.10, "lichSu": [7, 8]}, "ghiChu": "  Sở Tài chính  ", "dvt": "Tấn"},
              {"ma": "T-01.02", "so": {"giaTri": 12}}
            ]}
            """,
            options =>
                options.Columns = Asking.Columns(
                    ("measure", "$.ma"),
                    ("area", "=24"),
                    ("value", "$.so.giaTri"),
                    ("note", "ghiChu"),
                    ("vintage", "=estimate"),
                    ("unit", "$.dvt"),
                    ("agency", "=Sở Tài chính")
                )
        );

        Assert.Equal(2, rows.Count);
        Assert.Equal((1, 2), (rows[0].Line, rows[1].Line));
        Assert.Equal(
            ("T-01", "T-01.01", "24", "2026-10"),
            (rows[0].Indicator.Text, rows[0].Measure.Text, rows[0].Area.Text, rows[0].Period.Text)
        );
        Assert.Equal(new RawCell("1.10", CellKind.Number, "data[0].so.giaTri"), rows[0].Value);
        Assert.Equal(("Sở Tài chính", "estimate"), (rows[0].Note.Text, rows[0].Vintage.Text));
        Assert.Equal(("Tấn", "Sở Tài chính"), (rows[0].Unit.Text, rows[1].Agency.Text));
        Assert.True(rows[1].Note.IsEmpty);
        Assert.Equal("data[1]: ghiChu", rows[1].Note.Address);
    }

    [Theory]
    [InlineData("1.10")]
    [InlineData("-0.00")]
    [InlineData("1155106")]
    [InlineData("1.5E-3")]
    [InlineData("79228162514264337593543950335")]
    [InlineData("123456789012345678901234567890")]
    [InlineData("0.123456789012345678901234567890")]
    [InlineData("1e400")]
    public async Task Ask_Number_KeepsItsDigitsAsWritten(string number)
    {
        var row = Assert.Single(await Asking.ReadAsync($$"""{"data": [{"ma": "T-01.01", "giaTri": {{number}}}]}"""));

        Assert.Equal((number, CellKind.Number), (row.Value.Text, row.Value.Kind));
    }

    [Theory]
    [InlineData("null", "", CellKind.Text)]
    [InlineData("\"\"", "", CellKind.Text)]
    [InlineData("\" 1.234,5 \"", "1.234,5", CellKind.Text)]
    [InlineData("\"2026-10-01T00:00:00Z\"", "2026-10-01T00:00:00Z", CellKind.Text)]
    [InlineData("\"\\u0053\\u01A1\\u0309\"", "Sở", CellKind.Text)]
    [InlineData("true", "a JSON boolean", CellKind.Other)]
    [InlineData("[1]", "a JSON array", CellKind.Other)]
    [InlineData("{\"a\": 1}", "a JSON object", CellKind.Other)]
    public async Task Ask_OtherValue_IsTakenForWhatItIs(string value, string text, CellKind kind)
    {
        var row = Assert.Single(await Asking.ReadAsync($$"""{"data": [{"ma": "T-01.01", "giaTri": {{value}}}]}"""));

        Assert.Equal(new RawCell(text, kind, "data[0].giaTri"), row.Value);
    }

    [Fact]
    public async Task Ask_FilterOnNumbers_StillFindsItsItems()
    {
        var rows = await Asking.ReadAsync(
            """{"data": [{"nam": 2025, "ma": "T-01.01", "giaTri": 1}, {"nam": 2026, "ma": "T-01.01", "giaTri": 2}]}""",
            options => options.Rows = "$.data[?(@.nam == 2026)]"
        );

        Assert.Equal("2", Assert.Single(rows).Value.Text);
    }

    [Fact]
    public async Task Ask_ByteOrderMark_IsPassedOver() =>
        Assert.Single(await Asking.ReadAsync("\uFEFF" + """{"data": [{"ma": "T-01.01", "giaTri": 1}]}"""));

    [Fact]
    public async Task Ask_EmptyList_HasNoRows() => Assert.Empty(await Asking.ReadAsync("""{"data": []}"""));

    [Theory]
    [InlineData("""{"data": [{"ma": "T-01.01", "giaTri": 1}""", "the answer is not JSON (line 1)")]
    [InlineData("<!DOCTYPE html>\n<html>Bảo trì hệ thống</html>", "the answer is not JSON (line 1): '<!DOCTYPE html>")]
    [InlineData("", "the answer is not JSON")]
    [InlineData("""{"data": []} x""", "the answer is not JSON")]
    [InlineData("""{"data": [{"giaTri": 010}]}""", "the answer is not JSON")]
    [InlineData("""{"data": [{"giaTri": NaN}]}""", "the answer is not JSON")]
    [InlineData("""{"data": [{"giaTri": 1, "giaTri": 2}]}""", "the answer is not JSON")]
    [InlineData("""{"data": [{"giaTri": "\ud800"}]}""", "the answer holds half a character")]
    [InlineData("""{"error": "hết hạn"}""", "the answer has no list at '$.data[*]'")]
    [InlineData("[1]", "the answer has no list at '$.data[*]'")]
    public async Task Ask_AnswerThatIsNoReport_IsRefusedWhole(string body, string message)
    {
        var fault = await Assert.ThrowsAsync<BrokenReportException>(() => Asking.ReadAsync(body));

        Assert.StartsWith("source so-tai-chinh: ", fault.Message, StringComparison.Ordinal);
        Assert.Contains(message, fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', fault.Message);
    }

    [Fact]
    public async Task Ask_DeepNesting_IsRefusedWhole() =>
        await Assert.ThrowsAsync<BrokenReportException>(() => Asking.ReadAsync(new string('[', 100_000)));

    [Fact]
    public async Task Ask_PathToSeveralValues_SaysThatThePathDoesNotFit()
    {
        var fault = await Assert.ThrowsAsync<BrokenReportException>(() =>
            Asking.ReadAsync("""{"data": [{"ma": "a", "giaTri": [1, 2]}]}""", options => options.Columns["value"] = "$.giaTri[*]")
        );

        Assert.Contains("a JSON path of its settings does not fit", fault.Message, StringComparison.Ordinal);
    }
}
