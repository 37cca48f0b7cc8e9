using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using KpiMetrics.Core.Figures;

namespace KpiMetrics.Tests.Figures;

public sealed class NumberTextTests
{
    private static readonly Gen<decimal> AnyDecimal = Gen.Choose(int.MinValue, int.MaxValue)
        .Three()
        .SelectMany(parts => Gen.Choose(0, 28), (parts, scale) => (parts, scale))
        .SelectMany(
            known => Gen.Elements(0, 1, 2, 3),
            (known, words) =>
                new decimal(
                    known.parts.Item1,
                    words > 1 ? known.parts.Item2 : 0,
                    words > 2 ? known.parts.Item3 : 0,
                    known.parts.Item1 % 2 == 0 && words > 0,
                    (byte)known.scale
                )
        );

    [Theory]
    [InlineData("1.155.106", "1155106")]
    [InlineData("1.155.106,5", "1155106.5")]
    [InlineData("1,155,106.5", "1155106.5")]
    [InlineData("1,234.5", "1234.5")]
    [InlineData("1 155 106", "1155106")]
    [InlineData("1\u00A0155\u202F106,50", "1155106.50")]
    [InlineData("1\u2009155\u2007106.50", "1155106.50")]
    [InlineData("1 234,567", "1234.567")]
    [InlineData("0.125", "0.125")]
    [InlineData("0,125", "0.125")]
    [InlineData("012.345", "12.345")]
    [InlineData("1234.567", "1234.567")]
    [InlineData("99.61", "99.61")]
    [InlineData("1.1555", "1.1555")]
    [InlineData("1.10", "1.10")]
    [InlineData(" 12 ", "12")]
    [InlineData("+5,0", "5.0")]
    [InlineData("-5,0", "-5.0")]
    [InlineData("\u22121.155.106", "-1155106")]
    [InlineData("-0,00", "0.00")]
    [InlineData("2026", "2026")]
    [InlineData("9999999999999999999999999999", "9999999999999999999999999999")]
    [InlineData("0,0000000000000000000000000001", "0.0000000000000000000000000001")]
    public void NumberText_OnePossibleReading_IsReadDigitForDigit(string text, string expected)
    {
        Assert.True(NumberText.TryParse(text, null, out var number, out var percent, out var why), why);
        Assert.Equal(expected, number.ToString(CultureInfo.InvariantCulture));
        Assert.False(percent);
        Assert.Empty(why);
    }

    [Theory]
    [InlineData("99,61%", "99.61")]
    [InlineData("99.61 %", "99.61")]
    [InlineData("-5%", "-5")]
    [InlineData("1.155.106\u00A0%", "1155106")]
    public void NumberText_PercentSign_IsSaidAndTheNumberStays(string text, string expected)
    {
        Assert.True(NumberText.TryParse(text, null, out var number, out var percent, out var why), why);
        Assert.Equal(expected, number.ToString(CultureInfo.InvariantCulture));
        Assert.True(percent);
    }

    [Theory]
    [InlineData("1.234", "'1.234' could be 1234 or 1.234; write 1234 or 1.2340, or declare the locale")]
    [InlineData("1,234", "'1,234' could be 1234 or 1.234; write 1234 or 1.2340, or declare the locale")]
    [InlineData("12.345%", "'12.345%' could be 12345% or 12.345%; write 12345% or 12.3450%, or declare the locale")]
    [InlineData("-123.456", "'-123.456' could be -123456 or -123.456; write -123456 or -123.4560, or declare the locale")]
    public void NumberText_TwoReadings_IsRefusedNamingBoth(string text, string expected)
    {
        Assert.False(NumberText.TryParse(text, null, out var number, out var percent, out var why));
        Assert.Equal(expected, why);
        Assert.Equal(0m, number);
        Assert.False(percent);
    }

    [Theory]
    [InlineData("1.234", NumberLocale.Vi, "1234")]
    [InlineData("1.234", NumberLocale.En, "1.234")]
    [InlineData("1,234", NumberLocale.Vi, "1.234")]
    [InlineData("1,234", NumberLocale.En, "1234")]
    [InlineData("1 234,5", NumberLocale.Vi, "1234.5")]
    [InlineData("12.345%", NumberLocale.Vi, "12345")]
    public void NumberText_LocaleDeclared_IsReadThatWay(string text, NumberLocale declared, string expected)
    {
        Assert.True(NumberText.TryParse(text, declared, out var number, out _, out var why), why);
        Assert.Equal(expected, number.ToString(CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("0.125", NumberLocale.Vi)]
    [InlineData("99.61", NumberLocale.Vi)]
    [InlineData("1,155,106", NumberLocale.Vi)]
    [InlineData("99,61", NumberLocale.En)]
    [InlineData("1.155.106", NumberLocale.En)]
    public void NumberText_WrittenInTheOtherLocale_IsRefusedNamingTheDeclaredOne(string text, NumberLocale declared)
    {
        Assert.False(NumberText.TryParse(text, declared, out _, out _, out var why));
        Assert.Contains($"'{text}'", why, StringComparison.Ordinal);
        Assert.Contains(declared == NumberLocale.Vi ? "locale vi" : "locale en", why, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("  \u00A0")]
    [InlineData("1.15.106")]
    [InlineData("1.155.10")]
    [InlineData("0.155.106")]
    [InlineData("1.155 106")]
    [InlineData("1  155")]
    [InlineData("1,155.106,5")]
    [InlineData("1.155,106.5")]
    [InlineData(".5")]
    [InlineData("5.")]
    [InlineData(",")]
    [InlineData("-")]
    [InlineData("%")]
    [InlineData("--5")]
    [InlineData("5-")]
    [InlineData("5%%")]
    [InlineData("(5)")]
    [InlineData("1e5")]
    [InlineData("0x1F")]
    [InlineData("NaN")]
    [InlineData("12 ha")]
    [InlineData("\u0661\u0662")]
    [InlineData("\uFF11\uFF12")]
    [InlineData("99999999999999999999999999999")]
    [InlineData("0,00000000000000000000000000001")]
    public void NumberText_NotANumber_IsRefusedInBothLocalesToo(string text)
    {
        Assert.False(NumberText.TryParse(text, null, out var number, out _, out var why));
        Assert.NotEmpty(why);
        Assert.Equal(0m, number);
        Assert.False(NumberText.TryParse(text, NumberLocale.Vi, out _, out _, out _));
        Assert.False(NumberText.TryParse(text, NumberLocale.En, out _, out _, out _));
    }

    [Fact]
    public void NumberText_HugeText_IsRefusedInOneShortLine()
    {
        Assert.False(NumberText.TryParse(new string('9', 1_000_000) + "\n", null, out _, out _, out var why));
        Assert.True(why.Length < 300);
        Assert.DoesNotContain('\n', why);
    }

    [Fact]
    public void NumberText_AnyDecimalPrintedInVietnamese_ComesBackDigitForDigit()
    {
        var vietnamese = new NumberFormatInfo { NumberGroupSeparator = ".", NumberDecimalSeparator = "," };
        Prop.ForAll(
                AnyDecimal.ToArbitrary(),
                given =>
                {
                    var digits = given.ToString(CultureInfo.InvariantCulture);
                    var scale = digits.Contains('.') ? digits.Length - digits.IndexOf('.') - 1 : 0;
                    var text = given.ToString("N" + scale.ToString(CultureInfo.InvariantCulture), vietnamese);
                    return NumberText.TryParse(text, NumberLocale.Vi, out var number, out _, out _)
                        && number.ToString(CultureInfo.InvariantCulture) == digits;
                }
            )
            .QuickCheckThrowOnFailure();
    }

    [Fact]
    public void NumberText_Undeclared_NeverDisagreesWithTheOnlyPossibleLocale()
    {
        var texts = Gen.Elements("0", "1", "12", "123", "155", "9", ".", ",", ".", ",", " ", "-", "%")
            .ListOf()
            .Select(string.Concat);
        Prop.ForAll(
                texts.ToArbitrary(),
                text =>
                {
                    var isVi = NumberText.TryParse(text, NumberLocale.Vi, out var vi, out _, out _);
                    var isEn = NumberText.TryParse(text, NumberLocale.En, out var en, out _, out _);
                    var isRead = NumberText.TryParse(text, null, out var read, out _, out var why);
                    return (isVi, isEn) switch
                    {
                        (true, true) when vi != en => !isRead && why.Contains("could be", StringComparison.Ordinal),
                        (true, _) => isRead && read == vi,
                        (_, true) => isRead && read == en,
                        _ => !isRead,
                    };
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(2000));
    }
}
