using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using KpiMetrics.Core.Figures;

namespace KpiMetrics.Tests.Figures;

public sealed class MachineNumberTests
{
    [Theory]
    [InlineData("1155106", "1155106", false)]
    [InlineData("-0.10", "-0.10", false)]
    [InlineData("1.234", "1.234", false)]
    [InlineData("1.155106E6", "1155106", false)]
    [InlineData("1.5e-3", "0.0015", false)]
    [InlineData("12E+2", "1200", false)]
    [InlineData("99.61%", "99.61", true)]
    [InlineData("-0", "0", false)]
    public void MachineNumber_InvariantDigits_AreReadDigitForDigit(string text, string expected, bool isPercent)
    {
        Assert.True(MachineNumber.TryParse(text, out var number, out var percent, out var why), why);
        Assert.Equal(expected, number.ToString(CultureInfo.InvariantCulture));
        Assert.Equal(isPercent, percent);
    }

    [Theory]
    [InlineData("")]
    [InlineData("%")]
    [InlineData("1,5")]
    [InlineData("1.155.106")]
    [InlineData(".5")]
    [InlineData("e5")]
    [InlineData("1e")]
    [InlineData("1e999999999999")]
    [InlineData("1e99999")]
    [InlineData("1e300")]
    [InlineData("1e-30")]
    [InlineData("NaN")]
    [InlineData("+1")]
    [InlineData("0.12345678901234567890123456789")]
    public void MachineNumber_AnythingElse_IsRefusedAndSaysWhy(string text)
    {
        Assert.False(MachineNumber.TryParse(text, out _, out var percent, out var why));
        Assert.Contains($"'{text}'", why, StringComparison.Ordinal);
        Assert.False(percent);
    }

    [Fact]
    public void MachineNumber_AnyDoubleExpanded_IsTheSameDouble() =>
        Prop.ForAll<double>(given =>
                !double.IsFinite(given)
                || MachineNumber.TryExpand(given.ToString("R", CultureInfo.InvariantCulture), 0, out var plain)
                    && !plain.Contains('E')
                    && double.Parse(plain, CultureInfo.InvariantCulture) == given
            )
            .QuickCheckThrowOnFailure();
}
