using System.Globalization;
using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Quality.Checks;

namespace KpiMetrics.Tests.Quality.Checks;

public sealed class PrintedNumberTests
{
    [Theory]
    [InlineData("98.60", "%", 2, "0.01", "98.595", "98.61")]
    [InlineData("100", "%", 0, "1", "99.5", "101")]
    [InlineData("-2.5", "Tỷ đồng", 1, "0.1", "-2.6", "-2.45")]
    [InlineData("0.0", "mm", 1, "0.1", "-0.1", "0.1")]
    [InlineData("12", null, 0, "1", "11.5", "13")]
    [InlineData("12", "quả trứng", 0, "1", "11.5", "13")]
    [InlineData("12", "Nghìn Con", 0, "1", "11.5", "13")]
    [InlineData("12.5", "Người", 1, "0.1", "12.45", "12.6")]
    public void Of_AMeasuredUnit_StandsForWhatRoundsOrIsCutToIt(
        string text,
        string? unit,
        int places,
        string step,
        string lower,
        string upper
    )
    {
        var number = PrintedNumber.Of(Decimal(text), unit);

        Assert.False(number.IsExact);
        Assert.Equal(places, number.Places);
        Assert.Equal((Decimal(step), Decimal(lower), Decimal(upper)), (number.Step, number.Lower, number.Upper));
    }

    [Theory]
    [InlineData("153771", "Hồ sơ")]
    [InlineData("12.0", "NGƯỜI")]
    [InlineData("0", "Cơ quan, đơn vị")]
    [InlineData("1", "Có = 1; Không = 0")]
    public void Of_AWholeNumberOfACountedUnit_StandsForItselfAlone(string text, string unit)
    {
        var number = PrintedNumber.Of(Decimal(text), unit);

        Assert.True(number.IsExact);
        Assert.Equal((number.Value, number.Value, 0m), (number.Lower, number.Upper, number.Step));
    }

    [Fact]
    public void Of_ARateInACountedUnit_IsNotExact() =>
        Assert.False(PrintedNumber.Of(4m, Rows.Dossiers with { Kind = MeasureKind.Ratio }).IsExact);

    [Theory]
    [InlineData("98.600450670022", "0.000000000001")]
    [InlineData("98.600450670022699", "0.0000000000001")]
    [InlineData("0.000000000000000012345678901234", "0.00000000000000000000000000000")]
    [InlineData("1234567890123456789.25", "1")]
    public void Step_MoreDigitsThanASpreadsheetKeeps_IsThatOfTheFifteenth(string text, string step)
    {
        var number = PrintedNumber.Measured(Decimal(text));

        Assert.True(number.Step > 0m);
        if (Decimal(step) > 0m)
            Assert.Equal(Decimal(step), number.Step);
        Assert.True(number.Lower > 0m);
    }

    [Fact]
    public void Upper_BeyondADecimal_Throws() =>
        Assert.Throws<OverflowException>(() => PrintedNumber.Measured(decimal.MaxValue).Upper);

    private static decimal Decimal(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);
}
