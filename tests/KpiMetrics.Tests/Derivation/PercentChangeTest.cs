using FsCheck;
using FsCheck.Fluent;
using KpiMetrics.Core.Derivation;

namespace KpiMetrics.Tests.Derivation;

public sealed class PercentChangeTest
{
    [Fact]
    public void Of_AnyTwoFigures_IsDigitForDigitWhatDecimalsGive()
    {
        var cases =
            from scale in Gen.Choose(0, 28)
            from before in Number(scale)
            from value in Gen.OneOf(
                Number(scale),
                Gen.Choose(0, 28).SelectMany(Number),
                Gen.Choose(-3, 3).Select(steps => before + steps * new decimal(1, 0, 0, false, (byte)scale))
            )
            select (value, before);

        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(20_000),
            Prop.ForAll(cases.ToArbitrary(), given => given.before == 0m || IsSame(given.value, given.before))
        );
    }

    [Theory]
    [InlineData("1.50", "1.00")] // ends
    [InlineData("2", "3")] // digits before the point: none, one, two, many
    [InlineData("-5", "3")]
    [InlineData("88", "7")]
    [InlineData("99999999999", "7")]
    [InlineData("79.23", "1.07")] // quotients near the largest number of 96 bits
    [InlineData("555", "70")]
    [InlineData("0.00", "-0.03")]
    [InlineData("3.0", "3.0")]
    [InlineData("1844674407.1", "1844674407.0")] // the longest base of the short way, and longer
    [InlineData("184467440.8", "184467440.7")]
    [InlineData("184467440.9", "184467440.8")]
    [InlineData("922337203685477580.7", "0.3")]
    [InlineData("-922337203685477580.7", "0.3")]
    [InlineData("922337203685477580.8", "-922337203685477580.7")]
    public void Of_WhereItsWaysPart_IsDigitForDigitWhatDecimalsGive(string value, string before) =>
        Assert.True(IsSame(Parse(value), Parse(before)));

    [Fact]
    public void Of_MoreDigitsThanADecimalHolds_Throws() =>
        Assert.Throws<OverflowException>(() => PercentChange.Of(decimal.MaxValue, 0.01m));

    private static bool IsSame(decimal value, decimal before)
    {
        decimal expected;
        try
        {
            expected = (value - before) / Math.Abs(before) * 100m;
        }
        catch (OverflowException)
        {
            return true;
        }
        return decimal.GetBits(expected).SequenceEqual(decimal.GetBits(PercentChange.Of(value, before)));
    }

    private static decimal Parse(string text) => decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    // Of every length: one bit to all 96.
    private static Gen<decimal> Number(int scale) =>
        from bits in Gen.Frequency((4, Gen.Choose(1, 32)), (2, Gen.Choose(33, 64)), (1, Gen.Choose(65, 96)))
        from low in Gen.Choose(int.MinValue, int.MaxValue)
        from mid in Gen.Choose(int.MinValue, int.MaxValue)
        from high in Gen.Choose(int.MinValue, int.MaxValue)
        from isNegative in Gen.Elements(false, false, true)
        select new decimal(Part(low, bits), Part(mid, bits - 32), Part(high, bits - 64), isNegative, (byte)scale);

    private static int Part(int random, int bits) =>
        bits <= 0 ? 0
        : bits >= 32 ? random
        : random & (int)((1L << bits) - 1 & int.MaxValue);
}
