using System.Buffers;
using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using KpiMetrics.Pipeline.Publishing;

namespace KpiMetrics.Tests.Publishing;

public sealed class LineProtocolTests
{
    [Fact]
    public void Append_EveryNumber_IsOneLineOfFloatsWithAllTagsInSeconds() =>
        Assert.Equal(
            "kpi,area=24@2025-07-01,freq=M,indicator=T-A01,measure=T-A01.01,set=test,subject=_T value=5,pop=-0.5,yoy=12.25,ytd=1234567.891,ytd_yoy=-3,plan=41.5,coverage=0.25 1759251600\n",
            Line(new(At(), 5m, -0.50m, 12.250m, 1234567.891m, -3m, 41.5m, 0.25m))
        );

    [Fact]
    public void Append_MadeUpFigure_SaysSoInAFieldOfItsOwn()
    {
        Assert.EndsWith(" value=5,demo=1 1759251600\n", Line(new(At(), 5m, IsDemo: true)), StringComparison.Ordinal);
        Assert.EndsWith(
            " demo=1,text=\"Mưa\" 1759251600\n",
            Line(new(At(), Text: "Mưa", IsDemo: true)),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Append_UnknownFields_AreNotThere() =>
        Assert.EndsWith(",subject=_T value=0,ytd=3 1759251600\n", Line(new(At(), 0.00m, Ytd: 3m)), StringComparison.Ordinal);

    [Theory]
    [InlineData("lúa nước", @"lúa\ nước")]
    [InlineData("a,b=c", @"a\,b\=c")]
    [InlineData("say \"so\"", "say\\ \"so\"")]
    [InlineData(@"back\slash", @"back\slash")]
    [InlineData("🌾", "🌾")]
    public void Append_HostileTag_IsEscaped(string subject, string expected) =>
        Assert.Contains($",subject={expected} value=1 ", Line(new(At(subject), 1m)), StringComparison.Ordinal);

    [Theory]
    [InlineData("Mưa to", "Mưa to")]
    [InlineData("a, b = c", "a, b = c")]
    [InlineData("\"gió\" \\ bão", "\\\"gió\\\" \\\\ bão")]
    [InlineData("ends with \\", "ends with \\\\")]
    [InlineData("two\nlines", "two\nlines")]
    [InlineData("", "")]
    public void Append_Text_IsQuotedAndEscaped(string text, string expected) =>
        Assert.EndsWith($" text=\"{expected}\" 1759251600\n", Line(new(At(), Text: text)), StringComparison.Ordinal);

    [Theory]
    [InlineData("ends\\")]
    [InlineData("two\nlines")]
    [InlineData("nul\0")]
    public void Fault_TagNoLineCanCarry_IsNamedAndRefused(string subject)
    {
        var point = new Point(At(subject), 1m);

        Assert.Contains("tag subject", point.Address.Tags.Fault, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Line(point));
    }

    [Fact]
    public void Append_NoField_IsRefused() => Assert.Throws<ArgumentException>(() => Line(new(At())));

    [Theory]
    [InlineData("79228162514264337593543950335", "7.922816251426434E+28")]
    [InlineData("0.0000000000000000000000000001", "1E-28")]
    [InlineData("-0.0", "0")]
    [InlineData("100", "100")]
    [InlineData("33.333333333333333333333333333", "33.333333333333336")]
    public void Append_ExtremeNumber_IsTheNearestDoubleInItsShortestText(string number, string expected)
    {
        var value = decimal.Parse(number, CultureInfo.InvariantCulture);

        Assert.Contains($" value={expected} ", Line(new(At(), value)), StringComparison.Ordinal);
    }

    [Fact]
    public void Append_AnyNumber_ReadsBackAsTheDoubleNearestToTheDecimal() =>
        Check.QuickThrowOnFailure(
            Prop.ForAll<decimal>(value =>
            {
                var line = Line(new(At(), value));
                var sent = line[(line.IndexOf("value=", StringComparison.Ordinal) + 6)..line.LastIndexOf(' ')];
                return double.Parse(sent, CultureInfo.InvariantCulture)
                    == double.Parse(value.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
            })
        );

    private static PointAddress At(string subject = "") => new(PointTags.Of(Given.Key(subject: subject)), 1759251600);

    private static string Line(Point point)
    {
        var lines = new ArrayBufferWriter<byte>();
        LineProtocol.Append(lines, point);
        return Encoding.UTF8.GetString(lines.WrittenSpan);
    }
}
